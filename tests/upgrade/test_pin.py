"""A pin is edited where it stands, and every other byte stays as it is."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from trimtab.upgrade.pin import edit_pin

ROOK = ("components", "rook", "version")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("components: {rook: {version: v1.19.10}}\n", "components: {rook: {version: v1.20.6}}\n"),
        (
            "components:\n  rook:\n    version: 'v1.19.10' # why\n",
            "components:\n  rook:\n    version: 'v1.20.6' # why\n",
        ),
        (
            'components:\n  rook:\n    a: ä\n    version: "x"\n',
            'components:\n  rook:\n    a: ä\n    version: "v1.20.6"\n',
        ),
        ("\ufeffcomponents: {rook: {version: a}}\r\n# end", "\ufeffcomponents: {rook: {version: v1.20.6}}\r\n# end"),
        ("components: {rook: {}}\n", "components: {rook: {version: v1.20.6}}\n"),
        ("components: {rook: {a: 1}} # b\n", "components: {rook: {version: v1.20.6, a: 1}} # b\n"),
        (
            "components:\n  rook:\n    # why\n    a: 1\n",
            "components:\n  rook:\n    # why\n    version: v1.20.6\n    a: 1\n",
        ),
        ("components:\r\n  rook:\r\n    a: 1\r\n", "components:\r\n  rook:\r\n    version: v1.20.6\r\n    a: 1\r\n"),
    ],
)
def test_exactly_the_version_changes(before: str, after: str) -> None:
    """Quotes, comments, line ends and marks stay; a pin that is not there yet becomes the first key."""
    assert edit_pin(before, ROOK, "v1.20.6") == after


@pytest.mark.parametrize(
    "text",
    [
        "components:\n  rook: {version: &v v1.19.10}\n  other: {version: *v}\n",
        "components: {rook:}\n",
        "components: {}\n",
        "a: 1\n---\nb: 2\n",
        "components: {rook: {version: [\n",
        "",
    ],
)
def test_what_cannot_be_edited_alone_is_not(text: str) -> None:
    """A value that an anchor shares, a mapping that is not there, several documents, a file that is no YAML."""
    assert edit_pin(text, ROOK, "v1.20.6") is None


def test_a_version_that_looks_like_a_number_is_quoted() -> None:
    """`1.36` bare is a number, and 1.30 would become 1.3; 10.1.1 bare is text."""
    assert (
        edit_pin("kubernetes: {a: 1}\n", ("kubernetes", "version"), "1.30") == 'kubernetes: {version: "1.30", a: 1}\n'
    )
    assert edit_pin("kubernetes: {version: x}", ("kubernetes", "version"), "10.1.1") == "kubernetes: {version: 10.1.1}"


KEYS = st.sampled_from(["version", "a", "b", "rook", "kubernetes"])
VALUES = st.recursive(
    st.integers() | st.text("abc #:'\"\\é", max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=10,
)


@pytest.mark.unmeasured
@given(
    st.dictionaries(KEYS, VALUES, max_size=3),
    st.dictionaries(KEYS, VALUES, max_size=3),
    st.sampled_from([None, True, False]),
    st.sampled_from(["v1.2.3", "1.36", "10.1.1", "0.16.1"]),
)
def test_any_settings_file_reads_as_before_but_for_the_version(
    outer: dict[str, Any], rook: dict[str, Any], flow: bool | None, version: str
) -> None:
    """Whatever style a file is written in; an old version is text or a number, never a list or a mapping."""
    assume(not isinstance(rook.get("version"), list | dict))
    value = {**outer, "components": {"rook": rook, **{key: 1 for key in outer if key != "rook"}}}
    text = yaml.safe_dump(value, default_flow_style=flow, allow_unicode=True, sort_keys=False)
    edited = edit_pin(text, ROOK, version)
    assert edited is not None
    assert yaml.safe_load(edited) == {
        **value,
        "components": {**value["components"], "rook": {**rook, "version": version}},
    }
