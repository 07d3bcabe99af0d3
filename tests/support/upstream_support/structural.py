"""Turns a CRD's structural schema into JSON Schema as strict as the API server's strict field validation."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

_KEPT = (
    "type", "format", "pattern", "enum", "minimum", "maximum", "multipleOf", "minLength", "maxLength",
    "minItems", "maxItems", "minProperties", "maxProperties", "required",
)  # fmt: skip
_JUNCTORS = ("allOf", "anyOf", "oneOf")
_WHOLE_NUMBERS = {"int32": 2**31, "int64": 2**63}
_TEXTS: Schema = {"type": "object", "additionalProperties": {"type": "string"}}
_META_TEXT = ("name", "generateName", "namespace", "uid", "resourceVersion", "creationTimestamp", "deletionTimestamp")
METADATA: Schema = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        **{name: {"type": "string"} for name in _META_TEXT},
        "labels": _TEXTS,
        "annotations": _TEXTS,
        "finalizers": {"type": "array", "items": {"type": "string"}},
        "ownerReferences": {"type": "array", "items": {"type": "object"}},
        "managedFields": {"type": "array", "items": {"type": "object"}},
        "generation": {"type": "integer"},
        "deletionGracePeriodSeconds": {"type": "integer"},
    },
}


def to_object_schema(root: Schema) -> Schema:
    """Convert the schema of a whole object: apiVersion and kind are needed, metadata is what Kubernetes makes of it."""
    schema = to_json_schema(root)
    own = schema.get("properties", {}).get("metadata", {})
    metadata = {"allOf": [METADATA, _open_metadata(own)]} if own else METADATA
    schema["properties"] = {
        **schema.get("properties", {}),
        "apiVersion": {"type": "string"},
        "kind": {"type": "string"},
        "metadata": metadata,
    }
    schema["required"] = sorted({*schema.get("required", []), "apiVersion", "kind", "metadata"})
    return schema


def to_json_schema(node: Schema) -> Schema:
    """Convert one node: fields that are not declared are refused unless it says that they are kept."""
    schema = _to_validations(node)
    if "properties" in node:
        schema["properties"] = {name: to_json_schema(child) for name, child in node["properties"].items()}
    if isinstance(node.get("items"), dict):
        schema["items"] = to_json_schema(node["items"])
    if isinstance(node.get("additionalProperties"), dict):
        schema["additionalProperties"] = to_json_schema(node["additionalProperties"])
    elif _is_closed(node):
        schema["additionalProperties"] = False
    if node.get("x-kubernetes-embedded-resource"):
        _embed(schema)
    if node.get("x-kubernetes-list-type") == "set":
        schema["uniqueItems"] = True
    if node.get("x-kubernetes-list-type") == "map":
        schema["x-list-map-keys"] = node["x-kubernetes-list-map-keys"]
    return _allow_null(schema) if node.get("nullable") else schema


def _to_validations(node: Schema) -> Schema:
    """Convert what holds of the value itself; parts of `anyOf` and its like name no type, so they close nothing."""
    schema = {key: node[key] for key in _KEPT if key in node}
    if node.get("x-kubernetes-int-or-string"):
        schema["type"] = ["integer", "string"]
    for bound in ("minimum", "maximum"):
        exclusive = f"exclusive{bound.capitalize()}"
        if node.get(exclusive) is True:
            schema[exclusive] = schema.pop(bound)
    if node.get("format") in _WHOLE_NUMBERS:
        _bound(schema, _WHOLE_NUMBERS[node["format"]])
    for junctor in _JUNCTORS:
        if junctor in node:
            schema[junctor] = [to_json_schema(part) for part in node[junctor]]
    if "not" in node:
        schema["not"] = to_json_schema(node["not"])
    return schema


def _is_closed(node: Schema) -> bool:
    return node.get("type") == "object" and not (
        node.get("x-kubernetes-preserve-unknown-fields") or node.get("additionalProperties") is True
    )


def _bound(schema: Schema, limit: int) -> None:
    """Keep to the size of Go's type: a number beyond it does not decode."""
    lower, upper = schema.get("minimum", -limit), schema.get("maximum", limit - 1)
    if "exclusiveMinimum" not in schema:
        schema["minimum"] = max(lower, -limit)
    if "exclusiveMaximum" not in schema:
        schema["maximum"] = min(upper, limit - 1)


def _embed(schema: Schema) -> None:
    """An embedded object has a type and metadata of its own, whether its schema declares them or not."""
    own = {"apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": METADATA}
    schema["properties"] = {**schema.get("properties", {}), **own}
    schema["required"] = sorted({*schema.get("required", []), "apiVersion", "kind"})


def _allow_null(schema: Schema) -> Schema:
    """Kubernetes asks nothing more of a null where one is allowed."""
    if "type" not in schema or any(junctor in schema for junctor in (*_JUNCTORS, "not")):
        return {"anyOf": [{"type": "null"}, schema]}
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return {**schema, "type": [*types, "null"], **({"enum": [*schema["enum"], None]} if "enum" in schema else {})}


def _open_metadata(schema: Schema) -> Schema:
    return {key: value for key, value in schema.items() if key != "additionalProperties"}
