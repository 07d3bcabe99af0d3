"""Every setting there is: a wrong type at each leaf, an unknown key at each level."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from trimtab.components.registry import COMPONENTS
from trimtab.findings.path import Path
from trimtab.settings.construct import construct_model
from trimtab.settings.schema import settings_schema
from trimtab.settings.subschema import Schema, resolve

WRONG = {"string": {"x": 1}, "integer": "many", "number": "many", "boolean": 3, "array": "one", "object": 3}
"""A value of another type, by the type that is wanted."""


def example(schema: Schema, node: Schema) -> Any:
    """Make the smallest value that a schema accepts, with one entry in every list and mapping."""
    node = resolve(schema, node)
    if "enum" in node:
        return node["enum"][0]
    if "const" in node:
        return node["const"]
    if "anyOf" in node:
        return example(schema, node["anyOf"][0])
    kind = node.get("type")
    if kind == "object":
        return example_mapping(schema, node)
    if kind == "array":
        return [example(schema, node["items"])]
    if kind == "string":
        return next(iter(node.get("examples", ())), "some text")
    return {"integer": max(1, node.get("minimum", 1)), "number": 0.5, "boolean": True}.get(str(kind), "anything")


def example_mapping(schema: Schema, node: Schema) -> dict[str, Any]:
    """Make a mapping with every setting it may have."""
    entries = {name: example(schema, child) for name, child in node.get("properties", {}).items()}
    if isinstance(node.get("additionalProperties"), dict):
        entries[key_of(schema, node)] = example(schema, node["additionalProperties"])
    return entries


def key_of(schema: Schema, node: Schema) -> str:
    """Give a key that a mapping may have."""
    names = resolve(schema, node.get("propertyNames", {}))
    return str(next(iter(names.get("enum", [*names.get("examples", ()), names.get("const", "any")]))))


def spots(schema: Schema, node: Schema, path: Path = ()) -> Iterator[tuple[Path, Schema]]:
    """Give every path of the example with its schema."""
    node = resolve(schema, node)
    yield path, node
    for name, child in node.get("properties", {}).items():
        yield from spots(schema, child, (*path, name))
    if isinstance(node.get("additionalProperties"), dict):
        yield from spots(schema, node["additionalProperties"], (*path, key_of(schema, node)))
    if "items" in node:
        yield from spots(schema, node["items"], (*path, 0))


def put(value: Any, path: Path, new: Any) -> Any:
    """Change one value in a copy."""
    changed = copy.deepcopy(value)
    at = changed
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = new
    return changed


@pytest.fixture(scope="module")
def whole(validator):
    """Give a cluster with every setting there is."""
    value = example(validator.schema, validator.schema)
    assert list(validator.iter_errors(value)) == []
    return value


@pytest.fixture(scope="module")
def to_yaml():
    """Write JSON, which is YAML."""
    return json.dumps


@pytest.mark.unmeasured
def test_a_wrong_type_is_found_at_every_leaf(validator, whole, check, to_yaml):
    """One finding each, at the value itself, and its place."""
    tried = 0
    for path, node in spots(validator.schema, validator.schema):
        if not path or "type" not in node:
            continue
        (finding,) = check(to_yaml(put(whole, path, WRONG[node["type"]])), base="{}")
        assert (finding.code, finding.path) == ("wrong-type", path)
        assert finding.place is not None
        assert finding.place.file == "layer1.yaml"
        tried += 1
    assert tried > 150


def test_an_unknown_key_is_found_at_every_level(validator, whole, check, to_yaml):
    """One finding each, at the key."""
    tried = 0
    for path, node in spots(validator.schema, validator.schema):
        if "properties" not in node:
            continue
        (finding,) = check(to_yaml(put(whole, (*path, "zzzUnknown"), 1)), base="{}")
        assert (finding.code, finding.path) == ("unknown-setting", (*path, "zzzUnknown"))
        assert finding.place is not None
        assert finding.place.end_column - finding.place.column == len('"zzzUnknown"')
        tried += 1
    assert tried > 30


def test_a_missing_setting_is_found_at_every_level(validator, whole, check, to_yaml):
    """One finding each, for every setting without a default."""
    tried = 0
    for path, node in spots(validator.schema, validator.schema):
        for name in node.get("required", ()):
            value = copy.deepcopy(whole)
            at = value
            for key in path:
                at = at[key]
            del at[name]
            (finding,) = check(to_yaml(value), base="{}")
            assert (finding.code, finding.path) == ("missing-setting", (*path, name))
            assert finding.place is not None
            tried += 1
    assert tried > 15


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.name)
def test_a_component_takes_and_refuses_what_its_schema_does(component):
    """With every setting it has, both accept; with any one of them of a wrong type, both refuse."""
    model = component.settings
    schema = settings_schema({component.name: model})
    node = resolve(schema, schema["properties"]["components"]["properties"][component.name])
    value = example(schema, node)
    assert construct_model(model, value) == model.model_validate_json(json.dumps(value), strict=True)
    for path, inner in spots(schema, node):
        if path and "type" in inner:
            with pytest.raises(ValidationError):
                model.model_validate_json(json.dumps(put(value, path, WRONG[inner["type"]])), strict=True)
