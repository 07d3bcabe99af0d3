"""The values that a chart's schema names, and where it forbids all others."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_DEEPEST = 30
_TYPES = {"object": "map", "array": "list", "integer": "int", "boolean": "bool", "number": "number", "string": "string"}
_ALTERNATIVES = ("allOf", "anyOf", "oneOf")


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaKey:
    """A key that a schema names."""

    path: tuple[str, ...]
    type: str
    """`map`, `list`, `string`, `int`, `bool`, `number`, or `any` where it says none or several."""
    is_closed: bool
    """Whether it forbids keys that it does not name."""
    is_free: bool
    """Whether it may hold keys, names none and forbids none."""


def iter_schema_keys(content: bytes | None, prefix: tuple[str, ...]) -> Iterator[SchemaKey]:
    """Give the keys of a `values.schema.json`, the top itself too; a broken schema has none."""
    try:
        schema = json.loads(content or b"null")
    except (ValueError, RecursionError):
        return
    if isinstance(schema, dict):
        yield from _iter_keys(schema, schema, prefix, 0)


def _iter_keys(
    schema: Mapping[str, Any], top: Mapping[str, Any], at: tuple[str, ...], depth: int
) -> Iterator[SchemaKey]:
    schema = _follow(schema, top)
    closed = schema.get("additionalProperties") is False
    named = any(keyword in schema for keyword in ("properties", *_ALTERNATIVES))
    yield SchemaKey(
        path=at, type=_type(schema, top), is_closed=closed, is_free=not closed and not named and _may_hold(schema)
    )
    if depth >= _DEEPEST:
        return
    properties = schema.get("properties")
    for name, inner in properties.items() if isinstance(properties, dict) else ():
        if isinstance(inner, dict):
            yield from _iter_keys(inner, top, (*at, str(name)), depth + 1)
    for keyword in _ALTERNATIVES:
        for choice in schema.get(keyword) or ():
            if isinstance(choice, dict):
                inside = [key for key in _iter_keys(choice, top, at, depth + 1) if key.path != at]
                yield from inside


def _follow(schema: Mapping[str, Any], top: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow a reference within the schema; one to the outside says nothing."""
    for _ in range(_DEEPEST):
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return schema
        found: Any = top if reference.startswith("#") else {}
        for step in reference.removeprefix("#").split("/")[1:]:
            name = step.replace("~1", "/").replace("~0", "~")
            found = found.get(name) if isinstance(found, Mapping) else None
        rest = {key: value for key, value in schema.items() if key != "$ref"}
        schema = {**found, **rest} if isinstance(found, Mapping) else rest
    return schema


def _may_hold(schema: Mapping[str, Any]) -> bool:
    said = _said(schema)
    return not said or bool({"object", "array"} & said)


def _type(schema: Mapping[str, Any], top: Mapping[str, Any]) -> str:
    """Give the one type a schema allows beside null, said by itself or by alternatives that say nothing else."""
    said = _said(schema)
    for keyword in () if said else ("anyOf", "oneOf"):
        choices = [_follow(one, top) for one in schema.get(keyword) or () if isinstance(one, dict)]
        if choices and all(_said(one) for one in choices):
            said = set().union(*map(_said, choices))
    real = said - {"null"}
    return _TYPES.get(next(iter(real)), "any") if len(real) == 1 else "any"


def _said(schema: Mapping[str, Any]) -> set[str]:
    said = schema.get("type")
    return {str(one) for one in said} if isinstance(said, list) else {said} if isinstance(said, str) else set()
