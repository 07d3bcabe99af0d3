"""Keys of a manifest have one order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trimtab.documents.canonical import order_manifest

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=10,
)


def keys_of(manifest: dict[str, object]) -> list[str]:
    """Give a manifest's keys in their order."""
    return list(order_manifest(manifest))


def test_the_keys_that_name_an_object_come_first():
    """A reader of a diff sees at the top which object it is."""
    assert keys_of({"spec": 1, "data": 2, "metadata": {}, "kind": "A", "apiVersion": "v1"}) == [
        "apiVersion",
        "kind",
        "metadata",
        "data",
        "spec",
    ]


def test_name_and_namespace_lead_the_metadata():
    """All else in the metadata is in order of its key."""
    ordered = order_manifest(
        {"metadata": {"labels": {"b": 1, "a": 2}, "annotations": {}, "namespace": "x", "name": "y"}}
    )
    assert str(ordered["metadata"]) == "{'name': 'y', 'namespace': 'x', 'annotations': {}, 'labels': {'a': 2, 'b': 1}}"


def test_lists_keep_their_order():
    """What comes first in a list may be used first; mappings in it are ordered."""
    assert str(order_manifest({"a": [3, 1, {"c": 1, "b": 2}]})) == "{'a': [3, 1, {'b': 2, 'c': 1}]}"


@given(st.dictionaries(st.sampled_from(["apiVersion", "kind", "metadata", "spec", "a"]), VALUES))
def test_ordering_changes_nothing_else_and_is_done_once(manifest: dict[str, object]):
    """The object is the same, and ordering it again changes no byte."""
    ordered = order_manifest(manifest)
    assert ordered == manifest
    assert str(order_manifest(dict(reversed(ordered.items())))) == str(ordered)
