"""Finds its way in a schema: the part that refused, and where else a key is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from trimtab.findings.path import Path

Schema = dict[str, Any]

REF = "#/$defs/"

_DEEPEST = 12
"""Deeper than any setting; what ends the walk of a model that holds itself."""


def follow(schema: Schema, steps: Sequence[str | int]) -> Any:
    """Give what stands at a schema path."""
    node: Any = schema
    for step in steps:
        node = node[step]
    return node


def resolve(schema: Schema, node: Schema) -> Schema:
    """Give a node with what it refers to; what stands beside the reference wins."""
    while isinstance(reference := node.get("$ref"), str):
        beside = {key: value for key, value in node.items() if key != "$ref"}
        node = {**schema["$defs"][reference.removeprefix(REF)], **beside}
    return node


def at_path(schema: Schema, path: Path) -> Schema:
    """Give the schema of the value at a settings path; an empty one where the path is unknown or has several."""
    node = resolve(schema, schema)
    for key in path:
        child = node.get("items") if isinstance(key, int) else node.get("properties", {}).get(key)
        child = node.get("additionalProperties") if child is None else child
        node = resolve(schema, child) if isinstance(child, dict) else {}
    return node


def iter_settings(schema: Schema) -> Iterator[tuple[Path, Schema]]:
    """Give every setting there is, with `*` for any key and any list item."""
    yield from _iter_below(schema, resolve(schema, schema), (), 0)


def _iter_below(schema: Schema, node: Mapping[str, Any], path: Path, depth: int) -> Iterator[tuple[Path, Schema]]:
    if depth > _DEEPEST:
        return
    for key, child in _children(schema, node):
        found = resolve(schema, child)
        yield (*path, key), found
        yield from _iter_below(schema, found, (*path, key), depth + 1)


def _children(schema: Schema, node: Mapping[str, Any]) -> Iterator[tuple[str, Schema]]:
    yield from node.get("properties", {}).items()
    for keyword in ("additionalProperties", "items"):
        if isinstance(node.get(keyword), dict):
            yield "*", node[keyword]
    for branch in node.get("anyOf", ()):
        yield from _children(schema, resolve(schema, branch))
