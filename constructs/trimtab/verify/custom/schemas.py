"""A definition's schema as JSON Schema, as strict as the API server's strict field validation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trimtab.verify.custom.definitions import Schema, Version
from trimtab.verify.custom.formats import FORMATS, normal_name
from trimtab.verify.custom.patterns import is_readable, translate_pattern

Built = dict[str, Any]

LIST_KEYS = "x-list-map-keys"
_KEEP = "x-kubernetes-preserve-unknown-fields"
FORMAT_MARK = "kubernetes-"
"""Stands before a format's name, so that the engine's own formats are never meant."""

_KEPT = (
    "type", "enum", "minimum", "maximum", "multipleOf", "minLength", "maxLength",
    "minItems", "maxItems", "minProperties", "maxProperties", "required",
)  # fmt: skip
_JUNCTORS = ("allOf", "anyOf", "oneOf")
_SIZES = {"int32": 2**31, "int64": 2**63}
_EITHER = [{"type": "integer"}, {"type": "string"}]
_OWN: Built = {"apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {"type": "object"}}


def build_object_schema(version: Version) -> Built:
    """Build the schema of a whole object, once its nulls are pruned and its defaults are in.

    What Kubernetes makes of `metadata` is looked at elsewhere; here it is only what the definition asks of it.

    Args:
        version: The version that the object is of.
    """
    schema = build_schema(version.schema)
    properties = version.schema.get("properties")
    metadata = properties.get("metadata") if isinstance(properties, Mapping) else None
    own = {**_OWN, "metadata": _open(build_schema(metadata))} if isinstance(metadata, Mapping) else _OWN
    schema["properties"] = {**schema.get("properties", {}), **own}
    if version.has_status:
        schema["properties"]["status"] = {}
    schema["required"] = sorted({*schema.get("required", ()), "apiVersion", "kind", "metadata"})
    return schema


def build_schema(node: Schema) -> Built:
    """Build one node: fields that are not declared are refused unless it says that they are kept."""
    schema = _build_validations(node)
    if isinstance(node.get("properties"), Mapping):
        properties = node["properties"].items()
        schema["properties"] = {name: build_schema(child) for name, child in properties if isinstance(child, Mapping)}
    if isinstance(node.get("items"), Mapping):
        schema["items"] = build_schema(_hand_down(node))
    if isinstance(node.get("additionalProperties"), Mapping):
        schema["additionalProperties"] = build_schema(node["additionalProperties"])
    elif is_closed(node):
        schema.setdefault("properties", {})  # without any, the engine does not name the fields that are too many
        schema["additionalProperties"] = False
    if node.get("x-kubernetes-embedded-resource"):
        _embed(schema)
    if node.get("x-kubernetes-list-type") == "set":
        schema["uniqueItems"] = True
    if node.get("x-kubernetes-list-type") == "map":
        keys = node.get("x-kubernetes-list-map-keys")
        schema[LIST_KEYS] = [key for key in keys if isinstance(key, str)] if isinstance(keys, list) else []
    return _allow_null(schema) if node.get("nullable") else schema


def _hand_down(node: Schema) -> Schema:
    """A list that keeps unknown fields keeps those of its items (API server 1.35.4); an object's fields do not."""
    items: Schema = node["items"]
    return {**items, _KEEP: True} if node.get(_KEEP) else items


def is_closed(node: Schema) -> bool:
    """Say whether an object keeps only the fields that its schema declares."""
    return node.get("type") == "object" and not (node.get(_KEEP) or node.get("additionalProperties"))


def _build_validations(node: Schema) -> Built:
    """Build what holds of the value itself; parts of `anyOf` and its like name no type, so they close nothing."""
    schema: Built = {key: node[key] for key in _KEPT if key in node}
    if node.get("x-kubernetes-int-or-string"):
        schema["type"] = ["integer", "string"]
    for bound in ("minimum", "maximum"):
        if node.get(exclusive := f"exclusive{bound.capitalize()}") is True and bound in schema:
            schema[exclusive] = schema.pop(bound)
    if node.get("type") == "integer" and node.get("format") in _SIZES:
        _limit(schema, _SIZES[node["format"]])
    elif normal_name(str(node.get("format", ""))) in FORMATS:
        schema["format"] = FORMAT_MARK + normal_name(node["format"])
    if isinstance(pattern := node.get("pattern"), str) and is_readable(translate_pattern(pattern)):
        schema["pattern"] = translate_pattern(pattern)
    for junctor in _JUNCTORS:
        parts = node.get(junctor)
        if isinstance(parts, list) and not (parts == _EITHER and node.get("x-kubernetes-int-or-string")):
            schema[junctor] = [build_schema(part) for part in parts]
    if isinstance(node.get("not"), Mapping):
        schema["not"] = build_schema(node["not"])
    return schema


def _limit(schema: Built, size: int) -> None:
    """Keep to the size of Go's type: the API server takes more, and then nothing that is written in Go can read it."""
    if "exclusiveMinimum" not in schema:
        schema["minimum"] = max(schema.get("minimum", -size), -size)
    if "exclusiveMaximum" not in schema:
        schema["maximum"] = min(schema.get("maximum", size - 1), size - 1)


def _embed(schema: Built) -> None:
    """An embedded object has a type and metadata of its own, whether its schema declares them or not."""
    schema["properties"] = {**schema.get("properties", {}), **_OWN}
    schema["required"] = sorted({*schema.get("required", ()), "apiVersion", "kind"})


def _allow_null(schema: Built) -> Built:
    """Kubernetes asks nothing more of a null where one is allowed, save for choices (API server 1.35.4)."""
    if "type" not in schema or any(junctor in schema for junctor in (*_JUNCTORS, "not")):
        choices = {"enum": schema["enum"]} if "enum" in schema else {}
        return {"anyOf": [{"type": "null"}, schema], **choices}
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return {**schema, "type": [*types, "null"]}


def _open(schema: Built) -> Built:
    return {key: value for key, value in schema.items() if key != "additionalProperties"}
