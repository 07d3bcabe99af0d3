"""Schemas of definitions: structural, as the API server wants them since apiextensions.k8s.io/v1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NoReturn

from jsonschema_rs import Draft202012Validator

from trimtab.findings.path import Path
from trimtab.verify.kubernetes.fault import Fault

_FORBIDDEN = (
    "definitions",
    "dependencies",
    "deprecated",
    "discriminator",
    "id",
    "patternProperties",
    "readOnly",
    "writeOnly",
    "xml",
    "$ref",
)
_UNTYPED = ("x-kubernetes-int-or-string", "x-kubernetes-preserve-unknown-fields")
_CODE = "invalid-definition"


def is_structural(schema: Mapping[str, Any]) -> bool:
    """Say quickly that a schema is structural; where it does not, `iter_schema_faults` has the last word."""
    try:
        return _validator().is_valid(schema)
    except ValueError:  # no JSON, such as a key that is a number
        return False


def iter_schema_faults(schema: Mapping[str, Any]) -> Iterator[Fault]:
    """Give all that keeps a version's schema from being structural.

    Source: apiextensions-apiserver v0.35.4 pkg/apiserver/schema/validation.go (ValidateStructural:79).
    """
    if schema.get("type") != "object" and (schema.get("type") or not schema.get(_UNTYPED[1])):
        yield _fault((), "has a schema that is not of type object", "write type: object")
    for part, inner in _iter_parts(schema):
        yield from _iter_node_faults(inner, part)
    yield from _iter_key_faults(schema, ())


def _iter_node_faults(schema: Mapping[str, Any], path: Path) -> Iterator[Fault]:
    if not schema.get("type") and not any(schema.get(key) for key in _UNTYPED):
        yield _fault(path, f"has a schema without a type at '{path[-1]}'", "write its type, as everywhere in a schema")
    yield from _iter_key_faults(schema, path)
    for part, inner in _iter_parts(schema):
        yield from _iter_node_faults(inner, (*path, *part))


def _iter_key_faults(schema: Mapping[str, Any], path: Path) -> Iterator[Fault]:
    for key in _FORBIDDEN:
        if schema.get(key):
            help_text = "leave it away: structural schemas do not have it"
            yield _fault((*path, key), f"uses '{key}' in its schema", help_text, on_key=True)
    if schema.get("properties") and schema.get("additionalProperties"):
        what = "has properties and additionalProperties in one place of its schema"
        yield _fault(path, what, "leave one of them away")


def _fault(path: Path, message: str, help_text: str, *, on_key: bool = False) -> Fault:
    return Fault(code=_CODE, path=path, message=message, help=help_text, on_key=on_key)


def _iter_parts(schema: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    properties = schema.get("properties")
    if isinstance(properties, Mapping):
        for key, value in properties.items():
            if isinstance(value, Mapping):
                yield ("properties", key), value
    for key in ("items", "additionalProperties"):
        value = schema.get(key)
        if isinstance(value, Mapping) and value:
            yield (key,), value


@cache
def _validator() -> Draft202012Validator:
    node = {"$ref": "#/$defs/node"}
    named = {"type": "object", "additionalProperties": node}
    parts = {"items": node, "additionalProperties": {"anyOf": [{"type": "boolean"}, node]}, "properties": named}
    named_type = {"required": ["type"], "properties": {"type": {"type": "string"}}}
    typed = {
        "anyOf": [named_type, *({"required": [key]} for key in _UNTYPED)],
        "properties": {"type": {"minLength": 1}},
    }
    rules = {
        "properties": {**parts, **dict.fromkeys(_FORBIDDEN, False)},
        "not": {"required": ["properties", "additionalProperties"]},
    }
    schema = {
        "properties": {"type": {"const": "object"}},
        "required": ["type"],
        "allOf": [rules],
        "$defs": {"node": {"allOf": [typed, rules]}},
    }
    return Draft202012Validator(schema, retriever=_refuse_fetch)


def _refuse_fetch(uri: str) -> NoReturn:
    raise ValueError(f"a schema refers to {uri}, and nothing is fetched")
