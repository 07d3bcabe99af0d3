"""Chart values: merging as Helm does, and older forms of the newest values."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from trimtab.findings.path import get_value
from trimtab.kube.release import Adaptation, adapt_values, drop_value, merge_values, set_value

KEYS = st.text("abc", min_size=1, max_size=2)
VALUES = st.dictionaries(
    KEYS,
    st.recursive(st.integers(0, 9), lambda inner: st.dictionaries(KEYS, inner, max_size=3), max_leaves=6),
    max_size=4,
)
PATHS = st.lists(KEYS, min_size=1, max_size=3).map(tuple)


@given(low=VALUES, high=VALUES)
def test_higher_values_win(low: dict[str, Any], high: dict[str, Any]) -> None:
    """Merging the higher ones again changes nothing, and nothing of them is lost."""
    merged = merge_values(low, high)
    assert merge_values(merged, high) == merged
    assert merged.keys() == low.keys() | high.keys()


@given(low=VALUES, high=VALUES, highest=VALUES)
def test_merging_changes_neither_side(low: dict[str, Any], high: dict[str, Any], highest: dict[str, Any]) -> None:
    """What is merged is a value of its own."""
    before = (repr(low), repr(high))
    merge_values(merge_values(low, high), highest)
    assert (repr(low), repr(high)) == before


def test_lists_are_replaced_and_maps_are_merged() -> None:
    """As Helm merges values files."""
    assert merge_values({"a": [1], "b": {"c": 1}}, {"a": [2], "b": {"d": 2}}) == {"a": [2], "b": {"c": 1, "d": 2}}


@given(values=VALUES, path=PATHS, value=st.integers())
def test_what_is_set_is_got(values: dict[str, Any], path: tuple[str, ...], value: int) -> None:
    """The maps on the way are made, whatever stood there."""
    assert get_value(set_value(values, path, value), path) == value


@given(values=VALUES, path=PATHS)
def test_what_is_dropped_is_gone(values: dict[str, Any], path: tuple[str, ...]) -> None:
    """And only that: dropping what is not there changes nothing."""
    dropped = drop_value(values, path)
    assert get_value(dropped, path) is None
    assert drop_value(dropped, path) == dropped


def test_older_chart_gets_every_change_walked_backwards_newest_first() -> None:
    """A version gets the adaptations of all changes above it, and none of those below."""

    def note(word: str) -> Adaptation:
        return Adaptation(
            below=word, adapt=lambda values: {**values, "seen": [*values["seen"], word]}, why="a test", source="here"
        )

    steps = [note("1.2.0"), note("1.10.0"), note("1.9.0")]
    assert adapt_values({"seen": []}, "1.9.5", steps) == {"seen": ["1.10.0"]}
    assert adapt_values({"seen": []}, "1.1.0", steps) == {"seen": ["1.10.0", "1.9.0", "1.2.0"]}
    assert adapt_values({"seen": []}, "1.10.0", steps) == {"seen": []}
