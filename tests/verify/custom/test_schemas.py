"""Schemas of definitions are read as the API server reads them."""

from __future__ import annotations

from typing import Any

import pytest

from custom_support.made import NUMBER, TEXT, Schema, codes, complaints, definition, listed, mapping, say, widget
from trimtab.verify.complaint import Complaint, Unchecked

EITHER: Schema = {"x-kubernetes-int-or-string": True, "anyOf": [{"type": "integer"}, {"type": "string"}]}
PORTS = listed(
    mapping(port=NUMBER, protocol={**TEXT, "default": "TCP"}),
    **{"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["port", "protocol"]},
)
ONE_OF = {**mapping(a=TEXT, b=TEXT), "oneOf": [{"required": ["a"]}, {"required": ["b"]}]}
KEPT = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
EMBEDDED = {**KEPT, "x-kubernetes-embedded-resource": True}


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        (EITHER, 80),
        (EITHER, "80%"),
        (NUMBER, 3.0),
        ({**TEXT, "nullable": True}, None),
        (TEXT, None),
        ({**KEPT, "properties": {"known": TEXT}}, {"known": "x", "anything": [1, {}]}),
        ({**listed({"type": "object"}), "x-kubernetes-preserve-unknown-fields": True}, [{"anything": 1}]),
        (EMBEDDED, {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}, "data": {}}),
        (PORTS, [{"port": 80}, {"port": 80, "protocol": "UDP"}]),
        ({"type": "object", "additionalProperties": TEXT}, {"any": "name"}),
        (ONE_OF, {"a": "x"}),
        ({**NUMBER, "minimum": 1, "exclusiveMinimum": True}, 2),
        ({**TEXT, "format": "no-format-of-theirs"}, "anything"),
        ({**TEXT, "pattern": "^a(?i)b$"}, "aB"),
    ],
)
def test_what_the_api_server_takes_is_taken(schema: Schema, value: object) -> None:
    """Nothing is said of a value that fits its schema."""
    assert codes(mapping(field=schema), {"field": value}) == []


@pytest.mark.parametrize(
    ("schema", "value", "code"),
    [
        ({**TEXT, "nullable": True, "enum": ["a"]}, None, "value-not-allowed"),
        ({**NUMBER, "multipleOf": 2}, 3, "field-out-of-range"),
        (EITHER, True, "wrong-field-type"),
        (EITHER, 1.5, "wrong-field-type"),
        (NUMBER, "3", "wrong-field-type"),
        (NUMBER, True, "wrong-field-type"),
        (listed(TEXT), "x", "wrong-field-type"),
        (listed(TEXT), [None], "wrong-field-type"),
        (mapping(known=TEXT), [], "wrong-field-type"),
        (mapping(known=TEXT), {"Known": "x"}, "unknown-field"),
        ({"type": "object"}, {"any": 1}, "unknown-field"),
        ({**KEPT, "properties": {"known": mapping()}}, {"known": {"x": 1}}, "unknown-field"),
        (EMBEDDED, {"kind": "Secret"}, "missing-field"),
        (PORTS, [{"port": 80}, {"port": 80, "protocol": "TCP"}], "duplicate-entry"),
        (listed(TEXT, **{"x-kubernetes-list-type": "set"}), ["a", "b", "a"], "duplicate-entry"),
        ({"type": "object", "additionalProperties": TEXT}, {"any": 1}, "wrong-field-type"),
        ({**mapping(a=TEXT), "required": ["a"]}, {}, "missing-field"),
        ({**mapping(a=TEXT), "required": ["a"]}, {"a": None}, "missing-field"),
        (ONE_OF, {}, "contradicting-fields"),
        (ONE_OF, {"a": "x", "b": "y"}, "contradicting-fields"),
        ({**mapping(a=TEXT), "not": {"required": ["a"]}}, {"a": "x"}, "contradicting-fields"),
        ({**TEXT, "enum": ["Always", "Never"]}, "always", "value-not-allowed"),
        ({**TEXT, "pattern": "^[a-z]+$"}, "A", "wrong-field-form"),
        ({**TEXT, "maxLength": 2}, "abc", "wrong-field-form"),
        ({**TEXT, "format": "date-time"}, "yesterday", "wrong-field-form"),
        ({**NUMBER, "format": "int32"}, 2**31, "field-out-of-range"),
        ({**NUMBER, "minimum": 1, "exclusiveMinimum": True}, 1, "field-out-of-range"),
        ({**NUMBER, "maximum": 5}, 6, "field-out-of-range"),
    ],
)
def test_what_the_api_server_refuses_is_found(schema: Schema, value: object, code: str) -> None:
    """One fault gives one finding, with the code that Kubernetes' own kinds have for it."""
    assert codes(mapping(field=schema), {"field": value}) == [code]


def test_a_fault_points_at_its_place() -> None:
    """The path leads into the object, to the key where that is what is wrong."""
    schema = mapping(items=listed(mapping(replicas=NUMBER)))
    (one,) = complaints(schema, {"items": [{"replicas": 1}, {"replica": 1}]})
    assert (one.path, one.on_key) == (("spec", "items", 1, "replica"), True)
    assert one.help == "did you mean 'replicas'?"


def test_metadata_is_kubernetes_own() -> None:
    """A definition says nothing of labels, and yet they must be texts."""
    (one,) = complaints(mapping(), {}, metadata={"name": "w", "labels": {"a": 1}})
    assert (one.code, one.path) == ("wrong-field-type", ("metadata", "labels", "a"))


def test_status_is_dropped_where_the_server_keeps_it() -> None:
    """A manifest with a status says nothing that counts, so nothing is said of it."""
    wrong = widget({}, status={"phase": 1})
    assert say(definition(mapping(), status=True), wrong) == []
    assert len(say(definition(mapping()), wrong)) == 1


def test_a_version_that_is_not_served_is_refused() -> None:
    """The definition names the versions there are."""
    (one,) = say(definition(mapping()), {**widget({}), "apiVersion": "example.org/v1beta1"})
    assert isinstance(one, Complaint)
    assert (one.code, one.help) == ("kind-not-served", "write example.org/v1")


def test_without_a_definition_it_is_said_that_nothing_was_checked() -> None:
    """Kinds whose definition is not at hand are named, and each object counts."""
    said = say(definition(mapping()), *[{**widget({}), "kind": "Gadget"}] * 2)
    assert [one.reason.partition(":")[0] for one in said if isinstance(one, Unchecked)] == [
        "no schema at hand for Gadget.example.org"
    ] * 2


def test_a_definition_of_the_tree_goes_before_one_at_hand() -> None:
    """What the tree applies is what the cluster will have."""
    at_hand = definition(mapping(field=NUMBER))
    assert say(definition(mapping(field=TEXT)), widget({"field": "x"}), definitions=(at_hand,)) == []


def test_a_definition_at_hand_is_enough() -> None:
    """Charts and the user bring definitions that do not stand in the tree."""
    other: Any = {**widget({}), "apiVersion": "v1", "kind": "ConfigMap"}
    (one,) = say(other, widget({"field": "x"}), definitions=(definition(mapping(field=NUMBER)),))
    assert isinstance(one, Complaint)


def test_a_key_that_is_no_text_is_refused_without_a_crash() -> None:
    """YAML has keys that JSON has not."""
    assert codes(mapping(field=TEXT), {1: "x"})


def test_a_pattern_that_nobody_can_read_is_named() -> None:
    """Look-around is refused by Go too; the rest of the schema still holds."""
    schema = mapping(field={**TEXT, "pattern": "^(?=a)"}, other=NUMBER)
    said = say(definition(schema), widget({"field": "x", "other": "y"}))
    assert [type(one) for one in said] == [Complaint, Unchecked]
