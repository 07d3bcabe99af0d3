"""Patches of kustomizations: what an object says after them, and which paths they wrote."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.verify.kustomize.patches import GoneError, Patch, apply_patch, iter_wanted
from trimtab.verify.kustomize.pointers import NotFollowedError, apply_operations

WEB: dict[str, Any] = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {"name": "web", "labels": {"a": "b"}},
    "spec": {"replicas": 1, "containers": [{"name": "one", "image": "x", "args": ["a"]}, {"name": "two"}]},
}
KEYS = st.sampled_from(["metadata", "spec", "replicas", "containers", "0", "1", "-", "name", "labels", "x"])
OPERATIONS = st.fixed_dictionaries(
    {
        "op": st.sampled_from(["add", "replace", "remove", "test"]),
        "path": st.lists(KEYS, min_size=1, max_size=4).map(lambda keys: "/" + "/".join(keys)),
        "value": st.one_of(st.integers(), st.text(max_size=3), st.just({"name": "z"})),
    }
)


def merge(change: Any) -> tuple[Any, Any]:
    """Lay a part of an object over the Deployment."""
    return apply_patch(WEB, Patch(target={}, change=change))


def test_mappings_merge_and_null_removes():
    """Each path that was written is told."""
    made, written = merge({"spec": {"replicas": 3}, "metadata": {"labels": {"a": None}}})
    assert (made["spec"]["replicas"], made["metadata"]["labels"]) == (3, {})
    assert written == [("spec", "replicas"), ("metadata", "labels", "a")]


def test_lists_merge_by_name():
    """As containers do; a new one comes last, and other lists are replaced."""
    change = [{"name": "two", "image": "y"}, {"name": "three"}, {"name": "one", "args": ["b"]}]
    made, written = merge({"spec": {"containers": change}})
    assert [one["name"] for one in made["spec"]["containers"]] == ["one", "two", "three"]
    assert made["spec"]["containers"][0] == {"name": "one", "image": "x", "args": ["b"]}
    at = ("spec", "containers")
    assert written == [(*at, 1, "image"), (*at, 2), (*at, 0, "args")]


def test_list_of_a_custom_kind_is_replaced():
    """Nobody tells kustomize how it merges."""
    custom = {**WEB, "apiVersion": "example.org/v1"}
    made, written = apply_patch(custom, Patch(target={}, change={"spec": {"containers": [{"name": "two"}]}}))
    assert made["spec"]["containers"] == [{"name": "two"}]
    assert written == [("spec", "containers")]


def test_name_of_the_object_is_no_change():
    """It says whom the patch is for."""
    assert merge({"apiVersion": "v2", "kind": "X", "metadata": {"name": "y"}}) == (WEB, [])


def test_deleted_object_is_gone():
    """Unless labels choose who is."""
    with pytest.raises(GoneError):
        merge({"$patch": "delete"})
    chosen = Patch(target={"labelSelector": "a=b"}, change={"$patch": "delete"})
    assert apply_patch(WEB, chosen) == (WEB, None)


TARGETS = [
    ({"kind": "Deployment"}, True),
    ({"kind": "Deploy.*", "name": "w.b"}, True),
    ({"kind": "Deploy"}, False),
    ({"group": "apps", "version": "v1"}, True),
    ({"group": "batch"}, False),
    ({"name": "web-2"}, False),
    ({"namespace": "shop"}, True),
    ({"name": "("}, True),
]


@pytest.mark.parametrize(("target", "fits"), TARGETS)
def test_target_is_a_pattern(target, fits):
    """Whole names; a namespace that the object does not name may be its own."""
    assert bool(list(iter_wanted([Patch(target=target, change={})], WEB))) is fits


def test_insertion_moves_what_comes_after():
    """So the list counts as written, and not one place in it."""
    made, written = apply_operations(WEB, [{"op": "add", "path": "/spec/containers/0", "value": {"name": "new"}}])
    assert [one["name"] for one in made["spec"]["containers"]] == ["new", "one", "two"]
    assert written == [("spec", "containers")]


def test_key_with_a_slash_is_escaped():
    """As RFC 6901 says."""
    made, written = apply_operations(WEB, [{"op": "add", "path": "/metadata/labels/a~1b~0c", "value": "x"}])
    assert made["metadata"]["labels"]["a/b~c"] == "x"
    assert written == [("metadata", "labels", "a/b~c")]


@pytest.mark.parametrize(
    "operation", [{"op": "move", "path": "/spec"}, {"op": "remove", "path": "/x"}, "x", {"op": "add"}]
)
def test_operation_that_cannot_be_followed_is_refused(operation):
    """What the object says then is not known."""
    with pytest.raises(NotFollowedError):
        apply_operations(WEB, [operation])


@given(st.lists(OPERATIONS, max_size=4))
def test_operations_leave_their_object_as_it_is(operations):
    """Whatever they are; and all that differs afterwards was told."""
    before = deepcopy(WEB)
    try:
        made, written = apply_operations(WEB, operations)
    except NotFollowedError:
        made, written = WEB, []
    assert before == WEB
    changed = {key for key in {*WEB, *made} if WEB.get(key) != made.get(key)}
    assert changed <= {str(path[0]) for path in written}
