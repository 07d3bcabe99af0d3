"""Schemas and rules of definitions that the API server refuses."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from trimtab.catalogue.kinds import is_namespaced
from trimtab.verify.complaint import Complaint
from trimtab.verify.custom.defining import check_definition_schemas
from trimtab.verify.entry import make_entry
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

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
        ("type: string, default: 3", "default", "has a default that is no string"),
        ("type: string, enum: [a, b], default: c", "default", "the default 'c', which its own schema refuses"),
        ("type: integer, minimum: 1, default: 0", "default", "the default 0, which its own schema refuses"),
        ("type: object, properties: {a: {type: string}}, default: {b: x}", "default.b", "a field that its schema does"),
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
    ],
)
def test_what_the_api_server_takes_is_left_in_peace(field: str) -> None:
    """As real definitions have it; a rule that only the engine here cannot compile, too."""
    assert found(field) == []
