"""Whether what a definition calls a schema is one, before anything is made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NoReturn

from jsonschema_rs import Draft202012Validator

from trimtab.findings.path import Path, get_value
from trimtab.verify.kubernetes.fault import Fault
from trimtab.verify.kubernetes.words import describe

_NUMBERS = ("minimum", "maximum", "multipleOf")
_COUNTS = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
_TEXTS = ("pattern", "format", "x-kubernetes-list-type", "x-kubernetes-map-type")
_LISTS = ("required", "x-kubernetes-list-map-keys")
_HELP = {
    "type": "write string, integer, number, boolean, object or array",
    "enum": "list at least one value",
    "required": "list names of fields, each once",
    "items": "write one schema, not a list of them",
}
_TYPES = ("string", "integer", "number", "boolean", "object", "array", "")


def is_schema(schema: Mapping[str, Any]) -> bool:
    """Say whether every keyword of a schema holds what it must; the API server refuses a definition otherwise.

    Source: apiextensions-apiserver pkg/apis/apiextensions/v1/types_jsonschema.go (JSONSchemaProps).
    """
    try:
        return _validator().is_valid(schema)
    except ValueError:  # no JSON, such as a key that is a number, or nested too deep
        return False


def iter_misfits(schema: Mapping[str, Any]) -> Iterator[Fault]:
    """Say what of a schema is none, each at its place; nothing where it is one."""
    try:
        for error in _validator().iter_errors(schema):
            path = tuple(error.instance_path)
            if _is_taken(error.kind.name, path, get_value(schema, path)):
                continue
            word = next((str(key) for key in reversed(path) if isinstance(key, str)), "")
            yield Fault(
                code="invalid-definition",
                path=path,
                message=f"has in its schema what '{word}' cannot be: {describe(get_value(schema, path), hidden=False)}",
                help=_HELP.get(word, "write what OpenAPI has there"),
            )
    except ValueError as error:  # no JSON
        message = f"has a schema that is no JSON: {error}"
        yield Fault(code="invalid-definition", path=(), message=message, help="write its keys as text")


def _is_taken(keyword: str, path: Path, value: object) -> bool:
    """Say whether an API server 1.35.4 takes it all the same: null, no choices at all, a name that stands twice."""
    is_field = len(path) > 1 and path[-2] == "properties"
    return (value is None and not is_field) or keyword == "uniqueItems" or (keyword == "minItems" and value == [])


def _where_object(node: dict[str, Any]) -> dict[str, Any]:
    """Ask something of a value where it is an object: an error within it keeps its place."""
    return {"if": {"type": "object"}, "then": node}


@cache
def _validator() -> Draft202012Validator:
    node: dict[str, Any] = {"$ref": "#/$defs/node"}
    nodes = {"type": ["array", "null"], "items": node}
    words = {
        "type": {"enum": _TYPES},
        "properties": {"type": ["object", "null"], "additionalProperties": node},
        "items": {"type": ["object", "null"], **_where_object(node)},
        "not": {"type": ["object", "null"], **_where_object(node)},
        "additionalProperties": {"type": ["object", "boolean", "null"], **_where_object(node)},
        "enum": {"type": "array", "minItems": 1},
        "allOf": nodes,
        "anyOf": nodes,
        "oneOf": nodes,
        **{word: {"type": "number"} for word in _NUMBERS},
        **{word: {"type": "integer", "minimum": 0} for word in _COUNTS},
        **{word: {"type": "string"} for word in _TEXTS},
        **{word: {"type": "array", "items": {"type": "string"}, "uniqueItems": True} for word in _LISTS},
    }
    words["multipleOf"] = {"type": "number", "exclusiveMinimum": 0}
    schema = {**node, "$defs": {"node": {"type": "object", "properties": words}}}
    return Draft202012Validator(schema, retriever=_refuse_fetch)


def _refuse_fetch(uri: str) -> NoReturn:
    raise ValueError(f"a schema refers to {uri}, and nothing is fetched")
