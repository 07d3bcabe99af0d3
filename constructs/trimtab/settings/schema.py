"""The JSON Schemas of settings: of a whole cluster, and of what one file may hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from trimtab.settings.component import ComponentSettings
from trimtab.settings.model_schema import model_definitions
from trimtab.settings.root import Settings
from trimtab.settings.schemas import WHOLE_FILE
from trimtab.settings.subschema import REF, Schema

DRAFT = "https://json-schema.org/draft/2020-12/schema"
LAYER_FILE = "layer.schema.json"

_ITEM = "Item"


def settings_schema(components: Mapping[str, type[ComponentSettings]]) -> Schema:
    """Give the schema of a cluster's settings once its layers are merged (draft 2020-12).

    Args:
        components: The settings model of every component, by the component's name.
    """
    names, definitions = model_definitions([Settings, *components.values()])
    root = definitions.pop(names[0])
    of_component = {
        component: {"$ref": REF + name} for component, name in sorted(zip(components, names[1:], strict=True))
    }
    root["properties"]["components"] = {
        "description": root["properties"]["components"]["description"],
        "type": "object",
        "properties": of_component,
        "additionalProperties": False,
    }
    return {"$schema": DRAFT, "title": "The settings of a cluster", **root, "$defs": definitions}


def layer_schema(components: Mapping[str, type[ComponentSettings]]) -> Schema:
    """Give the schema of one settings file: nothing is required, and null removes what a lower layer sets."""
    whole = settings_schema(components)
    definitions = whole.pop("$defs")
    layered = {name: _to_layer(definition) for name, definition in definitions.items()}
    items = {name + _ITEM: _to_item(definition) for name, definition in definitions.items()}
    root = {**_to_layer(whole), "title": "A settings file"}
    return _without_unused({**root, "$defs": {**layered, **items}})


def file_schemas() -> dict[str, Schema]:
    """Give the small schemas that editors use, by file name: one for each kind of settings file."""
    return {
        "cluster.schema.json": _file_schema("A cluster: apps/clusters/<cluster>.yaml", (), required=["cluster"]),
        "platform.schema.json": _file_schema("What all clusters share: apps/platform.yaml", ("cluster",)),
        "profile.schema.json": _file_schema("A profile: apps/profiles/<name>.yaml", ("cluster", "profiles")),
    }


def render_schemas(components: Mapping[str, type[ComponentSettings]]) -> dict[str, str]:
    """Give the text of every file in `schemas/`, by file name; the same models give the same bytes."""
    schemas = {WHOLE_FILE: settings_schema(components), LAYER_FILE: layer_schema(components), **file_schemas()}
    return {name: json.dumps(schema, indent=1, ensure_ascii=False) + "\n" for name, schema in sorted(schemas.items())}


def _file_schema(title: str, without: tuple[str, ...], required: list[str] | None = None) -> Schema:
    schema: Schema = {"$schema": DRAFT, "title": title, "$ref": LAYER_FILE}
    if required:
        schema["required"] = required
    if without:
        schema["properties"] = dict.fromkeys(without, False)
    return schema


def _to_layer(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    layered = {key: value for key, value in node.items() if key not in ("required", "minProperties")}
    if "properties" in node:
        layered["properties"] = {key: _or_null(_to_layer(child)) for key, child in node["properties"].items()}
    if isinstance(node.get("additionalProperties"), dict):
        layered["additionalProperties"] = _or_null(_to_layer(node["additionalProperties"]))
    if "items" in node:
        layered["items"] = _to_item(node["items"])
    if "anyOf" in node:
        layered["anyOf"] = [_to_layer(branch) for branch in node["anyOf"]]
    return layered


def _or_null(node: Schema) -> Schema:
    if "anyOf" in node:
        return {**node, "anyOf": [*node["anyOf"], {"type": "null"}]}
    if "$ref" in node:
        return {
            **{key: value for key, value in node.items() if key != "$ref"},
            "anyOf": [{"$ref": node["$ref"]}, {"type": "null"}],
        }
    if "const" in node:
        node = {**_but(node, "const"), "enum": [node["const"]]}
    if "enum" in node:
        node = {**node, "enum": [*node["enum"], None]}
    return {**node, "type": [node["type"], "null"]} if isinstance(node.get("type"), str) else node


def _but(node: Schema, left_out: str) -> Schema:
    return {key: value for key, value in node.items() if key != left_out}


def _to_item(node: Any) -> Any:
    """Point every reference at the whole definition: inside a list nothing merges, so all of an item stands there."""
    if isinstance(node, list):
        return [_to_item(child) for child in node]
    if not isinstance(node, dict):
        return node
    changed = {key: _to_item(child) for key, child in node.items()}
    return {**changed, "$ref": node["$ref"] + _ITEM} if isinstance(node.get("$ref"), str) else changed


def _without_unused(schema: Schema) -> Schema:
    definitions, used = schema["$defs"], set[str]()
    waiting = list(_refs(_but(schema, "$defs")))
    while waiting:
        name = waiting.pop()
        if name not in used:
            used.add(name)
            waiting.extend(_refs(definitions[name]))
    return {**schema, "$defs": {name: definitions[name] for name in sorted(used)}}


def _refs(node: Any) -> list[str]:
    if isinstance(node, list):
        return [name for child in node for name in _refs(child)]
    if not isinstance(node, dict):
        return []
    own = [node["$ref"].removeprefix(REF)] if isinstance(node.get("$ref"), str) else []
    return own + [name for child in node.values() for name in _refs(child)]
