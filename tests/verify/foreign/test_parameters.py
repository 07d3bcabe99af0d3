"""Parameters of a Helm source, read as Helm reads `--set`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.verify.files.parameters import (
    nest_parameter,
    parse_parameter_name,
    parse_parameter_value,
    set_parameter,
)

NAMES = [
    ("a", ("a",)),
    ("a.b", ("a", "b")),
    (r"a\.b.c", ("a.b", "c")),
    ("a[0].b", ("a", 0, "b")),
    ("a[1][2]", ("a", 1, 2)),
    ("", None),
    ("a..b", None),
    ("a.", None),
    ("a[x]", None),
    ("a]", None),
    ("a[99999]", None),
]


@pytest.mark.parametrize(("name", "path"), NAMES)
def test_name_is_split(name, path):
    """Dots part keys, brackets hold positions, a backslash keeps a dot."""
    assert parse_parameter_name(name) == path


VALUES = [
    ("true", True),
    ("false", False),
    ("null", None),
    ("12", 12),
    ("0", 0),
    ("012", "012"),
    ("1.5", "1.5"),
    ("{a,1}", ["a", 1]),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_type_is_guessed_unless_text_is_forced(text, value):
    """Numbers with a point stay text, as do those that begin with a zero."""
    assert parse_parameter_value(text, is_string=False) == value
    assert parse_parameter_value(text, is_string=True) == text


def test_list_keeps_its_other_items():
    """One item is set, and nothing of what was given is changed."""
    before = {"a": [{"b": 1}, 2]}
    assert set_parameter(before, ("a", 0, "c"), 3) == {"a": [{"b": 1, "c": 3}, 2]}
    assert before == {"a": [{"b": 1}, 2]}


KEYS = st.one_of(st.text(alphabet="ab.\\", min_size=1, max_size=4), st.integers(0, 3))


@given(st.lists(KEYS, min_size=1, max_size=5).filter(lambda path: isinstance(path[0], str)))
def test_name_that_is_written_is_read_back(path):
    """Whatever is in a key; Helm's way of writing them is its own inverse."""
    name = ""
    for key in path:
        escaped = key.replace("\\", "\\\\").replace(".", "\\.") if isinstance(key, str) else f"[{key}]"
        name += escaped if isinstance(key, int) or not name else f".{escaped}"
    assert parse_parameter_name(name) == tuple(path)


@given(st.lists(KEYS, min_size=1, max_size=5))
def test_nested_parameter_is_what_setting_it_makes(path):
    """On nothing at all, both are the same."""
    assert set_parameter(None, tuple(path), 1) == nest_parameter(tuple(path), 1)


@given(st.text(max_size=30))
def test_any_name_is_read_or_refused(name):
    """Nothing that somebody writes there raises."""
    path = parse_parameter_name(name)
    assert path is None or all(isinstance(key, int | str) for key in path)
