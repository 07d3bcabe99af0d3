"""Where the values of a small example stand: every leaf that a schema knows, with the way to it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from trimtab.findings.path import Path, get_value
from trimtab.settings.subschema import Schema, resolve

_DEEPEST = 12


def iter_leaves(schema: Schema, node: Schema, path: Path = ()) -> Iterator[tuple[Path, Schema]]:
    """Give every leaf below a part of a schema, with a key or position for each mapping and list on the way.

    Args:
        schema: The whole schema.
        node: The part.
        path: Where the part stands.
    """
    node = resolve(schema, node)
    children = list(_iter_children(schema, node))
    if len(path) > _DEEPEST:
        return
    if not children:
        yield path, node
    for key, child in children:
        yield from iter_leaves(schema, child, (*path, key))


def _iter_children(schema: Schema, node: Schema) -> Iterator[tuple[str | int, Schema]]:
    for branch in node.get("anyOf", ())[:1]:
        yield from _iter_children(schema, resolve(schema, branch))
    yield from node.get("properties", {}).items()
    if isinstance(node.get("additionalProperties"), dict):
        yield key_of(schema, node), node["additionalProperties"]
    if isinstance(node.get("items"), dict):
        yield 0, node["items"]


def key_of(schema: Schema, node: Schema) -> str:
    """Give a key that a mapping may have."""
    names = resolve(schema, node.get("propertyNames", {}))
    return str(next(iter(names.get("enum", [*names.get("examples", ()), names.get("const", "any")]))))


def iter_paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Give the path of every value in a value, its own first."""
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from iter_paths(child, (*path, key))


def put(value: Any, path: Path, new: Any) -> Any:
    """Put something at a path in a copy; mappings and lists on the way are made where they are missing."""
    if not path:
        return new
    key = path[0]
    changed = copy.copy(value) if isinstance(value, dict | list) else ([] if isinstance(key, int) else {})
    if isinstance(changed, list):
        assert isinstance(key, int)
        below = changed[key] if key < len(changed) else None
        changed[key : key + 1] = [put(below, path[1:], new)]
    else:
        changed[key] = put(changed.get(key), path[1:], new)
    return changed


def complete(schema: Schema, value: Any, path: Path) -> Any:
    """Give each mapping on the way to a path what its schema requires, as small as it can be."""
    node = resolve(schema, schema)
    for depth, key in enumerate(path):
        here = path[:depth]
        for name in node.get("required", ()):
            if name not in get_value(value, here):
                value = put(value, (*here, name), smallest(schema, node["properties"][name]))
        child = node.get("items") if isinstance(key, int) else node.get("properties", {}).get(key)
        child = child if child is not None else node.get("additionalProperties")
        node = resolve(schema, child) if isinstance(child, dict) else {}
        node = resolve(schema, node["anyOf"][0]) if "anyOf" in node else node
    return value


def smallest(schema: Schema, node: Schema) -> Any:
    """Make a value that a part of a schema accepts, with nothing in it that may be left out."""
    node = resolve(schema, node)
    if "anyOf" in node:
        return smallest(schema, node["anyOf"][0])
    if "const" in node or "enum" in node:
        return node.get("const", next(iter(node.get("enum", [None]))))
    kind = node.get("type")
    if kind == "object":
        needed = {name: smallest(schema, node["properties"][name]) for name in node.get("required", ())}
        more = {key_of(schema, node): smallest(schema, node["additionalProperties"])} if "minProperties" in node else {}
        return {**needed, **more}
    if kind == "array":
        return [smallest(schema, node["items"])] * node.get("minItems", 0)
    if kind == "string":
        return next(iter(node.get("examples", ())), "some text")
    return {"integer": max(1, node.get("minimum", 1)), "number": 0.5, "boolean": True}.get(str(kind), {})
