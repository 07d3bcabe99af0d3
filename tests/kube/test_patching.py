"""Patches do what RFC 7386 and RFC 6902 say, and refuse what does not fit."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.kube.json_patch import PatchRefusedError, apply_step
from trimtab.kube.patching import is_target, merge_patch, patch_manifest
from trimtab.settings.ways_out import JsonPatchStep, Patch, Target

SERVICE: dict[str, Any] = {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {"name": "web", "namespace": "shop"},
    "spec": {"ports": [{"port": 80}, {"port": 443}]},
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text("ab/~", max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab/~", max_size=2), inner, max_size=3),
    max_leaves=8,
)
WITHOUT_NULL = st.recursive(
    st.booleans() | st.integers(-9, 9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=3),
    max_leaves=8,
)


def step(op: str, path: str, **parts: Any) -> JsonPatchStep:
    """Make a step."""
    return JsonPatchStep.model_validate({"op": op, "path": path, **parts})


@pytest.mark.parametrize(
    ("target", "fits"),
    [
        ({"kind": "Service"}, True),
        ({"kind": "Pod"}, False),
        ({"kind": "Service", "group": ""}, True),
        ({"kind": "Service", "group": "apps"}, False),
        ({"kind": "Service", "name": "web", "namespace": "shop", "application": "own"}, True),
        ({"kind": "Service", "name": "other"}, False),
        ({"kind": "Service", "namespace": "other"}, False),
        ({"kind": "Service", "application": "other"}, False),
    ],
)
def test_target_fits_when_all_that_it_says_is_so(target: dict[str, str], fits: bool) -> None:
    """What a target leaves out does not matter."""
    assert is_target(Target.model_validate(target), "own", SERVICE) is fits


@pytest.mark.parametrize(
    ("value", "patch", "result"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": None}}, {"a": {"c": 2}}),
        ({"a": [1]}, {"a": [2, None]}, {"a": [2, None]}),
        ({"a": 1}, {"a": {"b": {"c": None, "d": 1}}}, {"a": {"b": {"d": 1}}}),
        ([1], {"a": 1}, {"a": 1}),
    ],
)
def test_merge_patch_is_that_of_the_standard(value: Any, patch: Any, result: Any) -> None:
    """Cases in the manner of RFC 7386's own."""
    assert merge_patch(value, patch) == result


@given(value=JSON, patch=WITHOUT_NULL)
def test_merge_patch_without_null_may_be_repeated(value: Any, patch: Any) -> None:
    """Twice is once."""
    once = merge_patch(value, patch)
    assert merge_patch(once, patch) == once


@pytest.mark.parametrize(
    ("given", "one", "result"),
    [
        ({"a": 1}, step("add", "/b", value=2), {"a": 1, "b": 2}),
        ({"a": [1, 3]}, step("add", "/a/1", value=2), {"a": [1, 2, 3]}),
        ({"a": [1]}, step("add", "/a/-", value=2), {"a": [1, 2]}),
        ({"a": [1, 2]}, step("remove", "/a/0"), {"a": [2]}),
        ({"a": [1, 2]}, step("replace", "/a/1", value=None), {"a": [1, None]}),
        ({"a": {"x": 1}}, step("move", "/b", **{"from": "/a/x"}), {"a": {}, "b": 1}),
        ({"a": {"x": 1}}, step("copy", "/b", **{"from": "/a"}), {"a": {"x": 1}, "b": {"x": 1}}),
        ({"a/b": {"~": 1}}, step("replace", "/a~1b/~0", value=2), {"a/b": {"~": 2}}),
        ({"": 1}, step("replace", "/", value=2), {"": 2}),
        ({"a": 1.0}, step("test", "/a", value=1), {"a": 1.0}),
        ({"a": 1}, step("replace", "", value={"b": 1}), {"b": 1}),
    ],
)
def test_step_does_what_the_standard_says(given: Any, one: JsonPatchStep, result: Any) -> None:
    """Cases in the manner of RFC 6902's appendix."""
    assert apply_step(given, one) == result


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (step("remove", "/spec/none"), "there is nothing at /spec/none"),
        (step("replace", "/spec/none", value=1), "there is nothing at /spec/none"),
        (step("add", "/none/a", value=1), "there is nothing at /none/a"),
        (step("add", "/spec/ports/3", value=1), "no place '3'"),
        (step("add", "/spec/ports/01", value=1), "no place '01'"),
        (step("add", "/spec/ports/²", value=1), "no place '²'"),
        (step("remove", "/spec/ports/-"), "there is nothing at"),
        (step("add", "/kind/a", value=1), "nothing can be set at /kind/a"),
        (step("test", "/spec/ports/0/port", value=True), "the test at /spec/ports/0/port fails"),
        (step("test", "/spec", value={}), "the test at /spec fails"),
        (step("add", "/spec/a"), "has no value"),
        (step("move", "/spec/a"), "has no 'from'"),
        (step("move", "/spec/ports/0", **{"from": "/spec"}), "cannot move into itself"),
        (step("remove", ""), "it removes the whole object"),
        (step("add", "/a~2", value=1), "is no JSON pointer"),
    ],
)
def test_step_that_does_not_fit_is_refused(one: JsonPatchStep, words: str) -> None:
    """The message says what is in the way, and the object is as it was."""
    before = deepcopy(SERVICE)
    with pytest.raises(PatchRefusedError) as refused:
        patch_manifest(SERVICE, Patch(target=Target(kind="Service"), json_=[one], reason="a test"))
    assert words in str(refused.value)
    assert before == SERVICE


def test_true_is_not_one() -> None:
    """JSON's true and 1 are two values, though Python's are equal."""
    with pytest.raises(PatchRefusedError):
        apply_step({"a": [1]}, step("test", "/a", value=[True]))


@given(
    document=st.dictionaries(st.text("ab/~", max_size=2), JSON, max_size=4), value=JSON, key=st.text("ab/~", max_size=3)
)
def test_what_was_added_is_there(document: dict[str, Any], value: Any, key: str) -> None:
    """Any key can be written as a pointer; after `add`, `test` of the same value holds, and `remove` takes it out."""
    pointer = "/" + key.replace("~", "~0").replace("/", "~1")
    added = apply_step(deepcopy(document), step("add", pointer, value=value))
    assert added[key] == value
    apply_step(added, step("test", pointer, value=value))
    assert key not in apply_step(added, step("remove", pointer))


@given(merge=JSON)
def test_patched_object_is_an_object_or_refused(merge: Any) -> None:
    """Whatever a merge patch does, what comes out can be laid out as a file."""
    if not isinstance(merge, dict):
        return
    for patch in (merge, {"metadata": merge}, {"kind": merge}):
        try:
            patched = patch_manifest(SERVICE, Patch(target=Target(kind="Service"), merge=patch, reason="a test"))
        except PatchRefusedError:
            continue
        assert all(isinstance(one, str) and one for one in (patched["kind"], patched["metadata"]["name"]))
