"""Whether what a definition calls a schema is one, before anything is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NoReturn

from jsonschema_rs import Draft202012Validator

_NUMBERS = ("minimum", "maximum", "multipleOf")
_COUNTS = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
_TEXTS = ("pattern", "format", "x-kubernetes-list-type", "x-kubernetes-map-type")
_LISTS = ("required", "x-kubernetes-list-map-keys")
_TYPES = ("string", "integer", "number", "boolean", "object", "array", "")


def is_schema(schema: Mapping[str, Any]) -> bool:
    """Say whether every keyword of a schema holds what it must; the API server refuses a definition otherwise.

    Source: apiextensions-apiserver pkg/apis/apiextensions/v1/types_jsonschema.go (JSONSchemaProps).
    """
    try:
        return _validator().is_valid(schema)
    except ValueError:  # no JSON, such as a key that is a number, or nested too deep
        return False


@cache
def _validator() -> Draft202012Validator:
    node: dict[str, Any] = {"$ref": "#/$defs/node"}
    nodes = {"type": ["array", "null"], "items": node}
    words = {
        "type": {"enum": _TYPES},
        "properties": {"type": ["object", "null"], "additionalProperties": node},
        "items": {"anyOf": [node, {"type": "null"}]},
        "not": {"anyOf": [node, {"type": "null"}]},
        "additionalProperties": {"anyOf": [node, {"type": ["boolean", "null"]}]},
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
