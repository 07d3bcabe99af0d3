"""Schemas and rules of definitions that the API server refuses."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from trimtab.catalogue.kinds import is_namespaced
from trimtab.verify.complaint import Complaint
from trimtab.verify.custom.defining import check_definition_schemas
from trimtab.verify.custom.selectable import iter_selectable_faults
from trimtab.verify.entry import make_entry
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

POINTED = "type: object, %s, x-kubernetes-validations: [{rule: 'true', fieldPath: %s}]"
ITEMS = "type: array, items: {type: object, required: [name], properties: {name: {type: string}, n: {type: integer}}}"


def found(field: str) -> list[Complaint]:
    """Give what is said of a definition whose spec has one field; its schema is YAML in flow style."""
    schema: dict[str, Any] = {"type": "object", "properties": {"f": yaml.safe_load(f"{{{field}}}")}}
    version = {"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}}
    spec = {"group": "example.org", "names": {"kind": "W", "plural": "ws"}, "scope": "Cluster", "versions": [version]}
    raw = {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": "w"}}
    entry = make_entry({**raw, "spec": spec}, is_namespaced)
    return list(check_definition_schemas(Tree([entry]), World(kubernetes=(1, 35))))


@pytest.mark.parametrize(
    ("field", "place", "said"),
    [
        ("type: text", "type", "what 'type' cannot be: the text"),
        ("type: object, properties: {a: {type: 3}}", "properties.a.type", "what 'type' cannot be: the number 3"),
        ("type: array", "type", "has a list without 'items'"),
        ("type: array, items: [{type: string}]", "items", "what 'items' cannot be"),
        ("type: array, uniqueItems: true, items: {type: string}", "uniqueItems", "asks for unique items"),
        (f"{ITEMS}, x-kubernetes-list-type: sett", "x-kubernetes-list-type", "x-kubernetes-list-type: sett"),
        ("type: string, x-kubernetes-list-type: set", "x-kubernetes-list-type", "on what is no array"),
        ("type: string, x-kubernetes-map-type: atomic", "x-kubernetes-map-type", "on what is no object"),
        (f"{ITEMS}, x-kubernetes-list-type: map", "x-kubernetes-list-type", "is a map and has no keys"),
        (f"{ITEMS}, x-kubernetes-list-map-keys: [name]", "x-kubernetes-list-map-keys", "on a list that is no map"),
        (
            f"{ITEMS}, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [nam]",
            "x-kubernetes-list-map-keys.0",
            "a key of a list that its items do not have: 'nam'",
        ),
        (
            f"{ITEMS}, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [n]",
            "x-kubernetes-list-map-keys.0",
            "a key of a list that an item may lack: 'n'",
        ),
        ("type: object, x-kubernetes-preserve-unknown-fields: false", "x-kubernetes-preserve-unknown-fields", "false"),
        ("type: string, default: 3", "default", "it has the number 3 in default, where a text belongs"),
        ("type: string, enum: [a, b], default: c", "default", 'its own schema refuses: it has "c" in default'),
        ("type: integer, minimum: 1, default: 0", "default", "its own schema refuses: it has 0 in default"),
        (
            "type: object, properties: {a: {type: string}}, default: {b: x}",
            "default.b",
            "an unknown field 'b' in default",
        ),
        ("type: string, pattern: ^a, default: b", "default", "does not have the form that is wanted"),
        (
            "type: object, default: {}, required: [a], properties: {a: {type: string, default: b}}",
            "default",
            "it lacks the field 'a' in default",
        ),
        ("type: array, items: {type: string}, default: [null]", "default.0", "it has nothing in default[0]"),
        ("type: object, default: {a: b}", "default.a", "an unknown field 'a' in default"),
        ("type: object, default: {1: b}", "default.1", "it has the key 1, which is no text"),
        ("type: string, anyOf: [{type: string}]", "anyOf.0.type", "uses 'type' within 'anyOf'"),
        (
            "type: object, not: {required: [a], properties: {a: {}}}",
            "not.properties.a",
            "does not declare within 'not'",
        ),
        ("type: string, pattern: '^(?!a)b'", "pattern", "has a pattern that Go cannot read"),
        (
            "type: string, x-kubernetes-validations: [{rule: 'self =='}]",
            "x-kubernetes-validations.0.rule",
            "a rule that cannot be compiled: mismatched input '<EOF>'",
        ),
        (
            "type: string, x-kubernetes-validations: [{rule: 'sef.size() > 1'}]",
            "x-kubernetes-validations.0.rule",
            "a rule that cannot be compiled: there is no 'sef'",
        ),
        (
            "type: string, x-kubernetes-validations: [{rule: self.size()}]",
            "x-kubernetes-validations.0.rule",
            "it gives a number, where true or false belongs",
        ),
        (
            "type: string, x-kubernetes-validations: [{rule: self != '', messageExpression: self == ''}]",
            "x-kubernetes-validations.0.messageExpression",
            "it gives true or false, where a text belongs",
        ),
        (
            POINTED % ("properties: {a: {type: string}}", ".b"),
            "x-kubernetes-validations.0.fieldPath",
            "about a field that is not there: '.b': there is no field 'b'",
        ),
        (
            "type: string, x-kubernetes-validations: [{rule: self != '', reason: Invalid}]",
            "x-kubernetes-validations.0.reason",
            "has a rule with the reason 'Invalid'",
        ),
    ],
)
def test_what_the_api_server_refuses_is_told_at_its_place(field: str, place: str, said: str) -> None:
    """One fault, one finding."""
    (one,) = found(field)
    assert one.code == "invalid-definition"
    assert ".".join(map(str, one.path[7:])) == place
    assert said in one.message


@pytest.mark.parametrize(
    "field",
    [
        f"{ITEMS}, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name]",
        "type: array, items: {type: string, default: a}, x-kubernetes-list-type: set",
        "x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}], default: 3",
        "x-kubernetes-int-or-string: true, allOf: [{anyOf: [{type: integer}, {type: string}]}]",
        "type: object, properties: {a: {type: string}}, oneOf: [{required: [a], properties: {a: {enum: [b]}}}]",
        "type: object, additionalProperties: {type: string}, default: {a: b}",
        "type: object, x-kubernetes-preserve-unknown-fields: true, default: {a: b}",
        "type: string, default: a, enum: [a], pattern: '^(?:a)$'",
        "type: array, items: {type: integer}, x-kubernetes-validations: [{rule: 'self.all(i, v, v > 1)'}]",
        "type: string, x-kubernetes-validations: [{rule: '!format.dns1123Label().validate(self).hasValue()'}]",
        "type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true",
        "type: integer, default: 1.0",
        "type: object, enum: [{1: 2}], default: {}",
        "type: string, nullable: true, default: null",
        "type: array, items: {type: string}, x-kubernetes-list-type: set, default: [a, a]",
        POINTED % ("properties: {a: {type: string}}", ".a"),
        POINTED % ("additionalProperties: {type: string}", "\"['a.b/c']\""),
    ],
)
def test_what_the_api_server_takes_is_left_in_peace(field: str) -> None:
    """As real definitions have it; a rule that only the engine here cannot compile, too."""
    assert found(field) == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (".spec.color", ""),
        (".spec.count", ""),
        ("spec.color", "'spec' does not begin with a point"),
        (".spec.colour", "there is no field 'colour'"),
        (".spec.", "it ends too early"),
        (".spec.color.name", "there is nothing below which 'name' could be"),
        (".spec['color']", "'[' does not begin with a point"),
        (".spec", "selects by a field that is no single value"),
        (".metadata.name", "selects by a field of the metadata"),
    ],
)
def test_fields_that_objects_are_chosen_by(path: str, said: str) -> None:
    """They are there, in the schema, and hold one value (API server 1.35.4)."""
    fields = {"color": {"type": "string"}, "count": {"type": "integer"}}
    metadata = {"type": "object", "properties": {"name": {"type": "string"}}}
    properties = {"spec": {"type": "object", "properties": fields}, "metadata": metadata}
    schema = {"openAPIV3Schema": {"type": "object", "properties": properties}}
    faults = list(iter_selectable_faults({"schema": schema, "selectableFields": [{"jsonPath": path}]}))
    assert [said in fault.message for fault in faults] == [True] * bool(said)
