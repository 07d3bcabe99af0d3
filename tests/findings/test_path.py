"""Paths are written as people say them and read back the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.findings.path import Path, get_value, has_value, parse_path, render_path


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("components", "rook", "blockPools"), "components.rook.blockPools"),
        (("nodes", "a.b", 0), 'nodes["a.b"][0]'),
        (("0",), '["0"]'),
        ((0, "a"), "[0].a"),
        (("",), '[""]'),
    ],
)
def test_render_path(path: Path, text: str) -> None:
    """A key that is a plain word follows a dot; any other is quoted in brackets; positions are bare."""
    assert render_path(path) == text


def test_a_quoted_key_may_follow_a_dot() -> None:
    """Who writes `nodes."a.b"` in a file means the key `a.b`."""
    assert parse_path('nodes."a.b".ip') == ("nodes", "a.b", "ip")


@pytest.mark.parametrize("text", [".a", "a.", "a..b", "a[", "a[x]", "a[-1]", 'a"b"', 'a["b"', '"a"]', "a b", '["\\q"]'])
def test_what_is_no_path_is_refused(text: str) -> None:
    """Half a path is never read as a shorter one."""
    with pytest.raises(ValueError, match=r"not a path|escape"):
        parse_path(text)


@given(st.lists(st.text() | st.integers(min_value=0)).map(tuple))
def test_paths_read_back(path: Path) -> None:
    """What is rendered parses to the same path, whatever the keys are."""
    assert parse_path(render_path(path)) == path


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ((), {"a": [{"b": None}, "text"]}),
        (("a", 0), {"b": None}),
        (("a", 0, "b"), None),
        (("a", 0, "b", "c"), "missing"),
        (("a", 2), "missing"),
        (("a", "0"), "missing"),
        (("a", 1, 0), "missing"),
        (("c",), "missing"),
    ],
)
def test_a_path_is_followed_through_mappings_and_lists(path: Path, found: object) -> None:
    """A null that stands there is given; a text has no items, and a list has no keys."""
    value = {"a": [{"b": None}, "text"]}
    assert get_value(value, path, "missing") == found
    assert has_value(value, path) == (found != "missing")
