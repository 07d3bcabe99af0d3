"""Layers: how they merge, and where each value stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.documents.document import Value
from trimtab.documents.reader import parse_yaml
from trimtab.settings.layers import Layer, Node, _build_node, _finish, compose, is_free_form, merge_layers

KEYS = st.sampled_from(["a", "b", "c"])
VALUES = st.recursive(
    st.none() | st.integers(0, 3) | st.lists(st.integers(0, 1), max_size=2),
    lambda inner: st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
MAPPINGS = st.dictionaries(KEYS, VALUES, max_size=3)
EMPTY = parse_yaml("{}", file="x.yaml").documents[0]


def node(value: Value) -> Node:
    """Make a node of one layer's value."""
    return _build_node(value, (), Layer(file="x.yaml", document=EMPTY))


def finish(one: Node) -> Value:
    """Give the plain value of a node."""
    return _finish(one, (), [])


def merge_patch(lower: Value, upper: Value) -> Value:
    """RFC 7386, section 2, in its own shape."""
    if not isinstance(upper, dict):
        return upper
    result = dict(lower) if isinstance(lower, dict) else {}
    for key, value in upper.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merge_patch(result.get(key), value)
    return result


@pytest.mark.unmeasured
@given(MAPPINGS, MAPPINGS, MAPPINGS)
def test_layers_may_be_grouped_in_any_way(one, two, three):
    """Merging is associative, even where null removes and a scalar turns back into a mapping."""
    left = compose(compose(node(one), node(two)), node(three))
    right = compose(node(one), compose(node(two), node(three)))
    assert finish(left) == finish(right)


@pytest.mark.unmeasured
@given(st.lists(MAPPINGS, max_size=4))
def test_layers_merge_as_json_merge_patches_do(layers):
    """Laying layers over each other gives what RFC 7386 gives, patch after patch."""
    expected: Value = {}
    for layer in layers:
        expected = merge_patch(expected, layer)
    merged = Node((), children={})
    for layer in layers:
        merged = compose(merged, node(layer))
    assert finish(merged) == expected


def test_lists_replace(merge):
    """A list takes the place of the whole list below it."""
    assert merge("a: [1, 2]", "a: [3]").value == {"a": [3]}


def test_null_removes_what_a_lower_layer_sets(merge):
    """Null takes a setting back, and says nothing about it."""
    merged = merge("a: {b: 1, c: 2}", "a: {b: null}")
    assert merged.value == {"a": {"c": 2}}
    assert merged.useless_nulls == ()


def test_a_null_over_nothing_is_told(merge):
    """`metallb:` with nothing behind it is null, and most likely meant as an empty mapping."""
    ((path, place),) = merge("components:\n  metallb:\n").useless_nulls
    assert path == ("components", "metallb")
    assert (place.line, place.column) == (2, 3)


def test_null_below_chart_values_is_a_value(merge):
    """Helm reads null as the removal of a chart's default, so it must arrive there."""
    text = "components: {shop: {values: {shop: {tolerations: null}}}}"
    assert merge(text).value == {"components": {"shop": {"values": {"shop": {"tolerations": None}}}}}


def test_null_in_a_merge_patch_is_a_value(merge):
    """RFC 7386 patches remove by null."""
    merged = merge("patches: {p: {merge: {spec: {a: null}}}}")
    assert merged.value["patches"]["p"]["merge"] == {"spec": {"a": None}}


def test_a_mapping_in_a_list_has_no_null_keys(merge):
    """Inside a list nothing merges, and a key with null is as if it were not there."""
    assert merge("disks: [{name: sdb, size: null}]").value == {"disks": [{"name": "sdb"}]}


def test_the_winning_layer_comes_first(merge):
    """A value's places begin with the layer that holds, then those it replaced."""
    merged = merge("a: {b: 1}", "x: 1\na: {b: 2}")
    assert [(place.file, place.line) for place in merged.places(("a", "b"))] == [("layer1.yaml", 2), ("layer0.yaml", 1)]


def test_list_items_stand_in_the_layer_of_their_list(merge):
    """A replaced list has no part in the places of the items."""
    merged = merge("a: [1, 2, 3]", "a: [4]")
    assert [place.file for place in merged.places(("a", 0))] == ["layer1.yaml"]
    assert merged.places(("a", 2)) == ()


def test_what_is_put_anew_after_a_removal_has_no_older_place(merge):
    """Below a mapping that was removed and written again, only the new layer speaks."""
    merged = merge("a: {b: 1}", "a: null", "a: {b: 2}")
    assert [place.file for place in merged.places(("a", "b"))] == ["layer2.yaml"]


def test_a_default_takes_the_place_of_its_nearest_ancestor(merge):
    """A path that no file has stands at the key of the nearest ancestor, and it says so."""
    merged = merge("network:\n  mtu: 1500\n")
    place, exact = merged.place_of(("network", "kubeProxy", "mode"))
    assert place is not None
    assert (place.line, place.column, place.end_column, exact) == (1, 1, 8, False)


def test_a_path_without_any_ancestor_stands_at_the_start_of_the_file(merge):
    """The root has no key, so its first line is shown and not all of it."""
    place, exact = merge("a: 1\nb: 2\n").place_of(("zone",))
    assert place is not None
    assert (place.line, place.end_line, exact) == (1, 1, False)


def test_keys_have_places_of_their_own(merge):
    """An unknown key is marked where the key stands, not its value."""
    place = merge("a: {bb: 1}").key_place_of(("a", "bb"))
    assert place is not None
    assert (place.column, place.end_column) == (5, 7)


def test_free_form_begins_below_the_application():
    """The name of an application in `values` may still be removed; what is below it is the chart's."""
    assert not is_free_form(("components", "rook", "values"))
    assert is_free_form(("components", "rook", "values", "rook-operator"))


def test_no_layers_are_an_empty_cluster():
    """Nothing merged is an empty mapping."""
    assert merge_layers([]).value == {}
