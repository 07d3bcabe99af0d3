"""Values that go through Node come back as they were, except for what the user changed."""

from __future__ import annotations

import json
import math
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.synth.crossing import build_plain, is_same, iter_rounded, restore

SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=3)
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=4),
    max_leaves=12,
)


class Size(StrEnum):
    """A string that is more than a string."""

    SMALL = "small"


def mangle(value: Any) -> Any:
    """What Node does to a value: absent members for None, rounded integers."""
    if isinstance(value, dict):
        return {key: mangle(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [mangle(item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2**53:
        return int(float(value)) if abs(value) < 2**1000 else 0
    return value


@given(JSON)
def test_what_nobody_touched_is_the_very_same(value: Any) -> None:
    """However Node mangled it, an object without changes is ours itself."""
    assert restore(value, mangle(value), mangle(value)) is value


@given(JSON, JSON)
def test_what_cdk8s_holds_exactly_is_taken_as_it_is(value: Any, changed: Any) -> None:
    """With nothing mangled on the way there, the result is what cdk8s gives back."""
    assert is_same(restore(value, value, changed), changed)


@given(st.dictionaries(st.sampled_from("abcd"), JSON), JSON)
def test_change_of_one_member_keeps_all_others_exact(value: dict[str, Any], new: Any) -> None:
    """A patch of `e` leaves what Node mangled elsewhere as ours was."""
    assert repr(restore(value, mangle(value), {**mangle(value), "e": new})) == repr({**value, "e": new})


def test_list_that_grows_keeps_its_other_items_exact() -> None:
    """An item put in front moves the big number behind it without rounding it."""
    rounded = int(float(2**63 - 1))
    assert restore([2**63 - 1, "b"], [rounded, "b"], ["new", rounded, "b"]) == ["new", 2**63 - 1, "b"]


def test_what_the_user_took_away_stays_away() -> None:
    """A member removed is gone, one that cdk8s had dropped by itself is not."""
    assert restore({"a": 1, "b": None, "c": 2}, {"a": 1, "c": 2}, {"c": 2}) == {"b": None, "c": 2}


def test_what_cdk8s_added_by_itself_is_taken_off() -> None:
    """The chart's namespace is not ours, unless the user set it to something else."""
    assert restore({"a": 1}, {"a": 1, "namespace": "x"}, {"a": 2, "namespace": "x"}) == {"a": 2}
    assert restore({"a": 1}, {"a": 1, "namespace": "x"}, {"a": 1, "namespace": "y"}) == {"a": 1, "namespace": "y"}


def test_true_is_not_one() -> None:
    """A patch from 1 to true is a change, although Python calls them equal."""
    assert restore({"a": 1}, {"a": 1}, {"a": True})["a"] is True  # type: ignore[index]
    assert not is_same([0], [False])


@given(JSON)
def test_plain_json_is_left_as_it_is(value: Any) -> None:
    """Making plain values plain changes nothing."""
    assert json.dumps(build_plain(value)) == json.dumps(value)


def test_tuples_and_string_enums_become_plain() -> None:
    """What JSON has a word for in another type takes that type."""
    made: Any = build_plain({"a": (1, Size.SMALL)})
    assert made == {"a": [1, "small"]}
    assert type(made["a"][1]) is str


@pytest.mark.parametrize("value", [{1: "a"}, {"__proto__": 1}, {"a": {1, 2}}, b"x", math.nan, object()])
def test_what_json_has_no_word_for_is_refused(value: object) -> None:
    """A set, bytes, not-a-number, and keys that JavaScript changes or swallows are errors."""
    with pytest.raises(TypeError):
        build_plain(value)


def test_large_numbers_are_found_with_their_path() -> None:
    """From 2^53 on, on both sides of zero, and in floats too."""
    assert list(iter_rounded({"a": [1, 2**53], "b": -1e300, "c": 2**53 - 1, "d": True})) == [
        (("a", 1), 2**53),
        (("b",), -1e300),
    ]
