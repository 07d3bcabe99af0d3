"""The law: what the schema accepts, the models accept, and the other way round."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from trimtab.findings.path import Path
from trimtab.settings.build import build_settings
from trimtab.settings.layers import Merged, Node
from trimtab.settings.root import Settings
from trimtab.settings.schema import settings_schema
from trimtab.settings.schemas import build_validator
from trimtab.settings.subschema import Schema, resolve

ANYTHING = st.recursive(
    st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(-9, 9).filter(lambda x: not x.is_integer())
    | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)
SLOW = settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def values(schema: Schema, node: Schema) -> Any:
    """Make values that a schema accepts."""
    node = resolve(schema, node)
    if "enum" in node:
        return st.sampled_from(node["enum"])
    if "const" in node:
        return st.just(node["const"])
    if "anyOf" in node:
        return st.one_of([values(schema, branch) for branch in node["anyOf"]])
    return BY_TYPE[node.get("type")](schema, node)


def texts(_: Schema, node: Schema) -> Any:
    """Make texts of a form and length."""
    if node.get("format") == "date":
        return st.dates().map(str)
    lengths = {"min_size": node.get("minLength", 0), "max_size": node.get("maxLength", 40)}
    if "pattern" not in node:
        return st.text(**lengths)
    found: Any = st.from_regex(node["pattern"], fullmatch=True)
    return found.filter(
        lambda text: not text.endswith("\n") and lengths["min_size"] <= len(text) <= lengths["max_size"]
    )


def mappings(schema: Schema, node: Schema) -> Any:
    """Make mappings with all that is required and some of the rest."""
    known = {name: values(schema, child) for name, child in node.get("properties", {}).items()}
    needed = {name: known.pop(name) for name in node.get("required", ())}
    fixed = st.fixed_dictionaries(needed, optional=known)
    more = node.get("additionalProperties")
    if more in (None, False):
        return fixed
    names = values(schema, {"type": "string", **node.get("propertyNames", {})})
    return st.dictionaries(names, ANYTHING if more is True else values(schema, more), max_size=2)


def lists(schema: Schema, node: Schema) -> Any:
    """Make short lists."""
    sizes = {"min_size": node.get("minItems", 0), "max_size": min(node.get("maxItems", 2), 2)}
    return st.lists(values(schema, node["items"]), **sizes)


def numbers(_: Schema, node: Schema) -> Any:
    """Make numbers that are no whole ones."""
    return st.floats(0.01, 0.99)


def integers(_: Schema, node: Schema) -> Any:
    """Make whole numbers in their range."""
    return st.integers(node.get("minimum", -(2**53)), node.get("maximum", 2**53))


BY_TYPE = {
    "object": mappings,
    "array": lists,
    "string": texts,
    "integer": integers,
    "number": numbers,
    "boolean": lambda *_: st.booleans(),
    None: lambda *_: ANYTHING,
}


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """Give the path of every value."""
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from leaves(child, (*path, key))


def change(value: Any, path: Any, new: Any) -> Any:
    """Change one value in a copy."""
    if not path:
        return new
    changed = copy.copy(value)
    changed[path[0]] = change(value[path[0]], path[1:], new)
    return changed


def models_accept(value: Any, components: Any) -> bool:
    """Ask pydantic itself, as strictly as it can be."""
    try:
        Settings.model_validate_json(json.dumps(value), strict=True)
        for name, component in value.get("components", {}).items():
            components[name].model_validate_json(json.dumps(component), strict=True)
    except (ValidationError, KeyError):
        return False
    return True


@pytest.fixture(scope="module")
def models(components):
    """Give the made-up components; `test_every_leaf.py` has those of this release."""
    return components


@pytest.fixture(scope="module")
def engine(models):
    """Give the engine of their schema."""
    return build_validator(settings_schema(models))


@pytest.fixture(scope="module")
def clusters(engine):
    """Make clusters that the schema accepts."""
    return values(engine.schema, engine.schema)


@pytest.mark.unmeasured
@SLOW
@given(data=st.data())
def test_what_the_schema_makes_the_models_take(data, clusters, engine, models):
    """Values made from the schema are accepted by both."""
    value = data.draw(clusters)
    assert engine.engine.is_valid(value)
    assert models_accept(value, models)


@pytest.mark.unmeasured
@SLOW
@given(data=st.data())
def test_schema_and_models_refuse_the_same(data, clusters, engine, models):
    """With one value replaced by anything, both accept or both refuse."""
    value = data.draw(clusters)
    path = data.draw(st.sampled_from([path for path in leaves(value) if path]))
    changed = change(value, path, data.draw(ANYTHING))
    assert engine.engine.is_valid(changed) == models_accept(changed, models), path


@pytest.mark.unmeasured
@SLOW
@given(data=st.data())
def test_models_made_straight_equal_those_of_pydantic(data, clusters, models):
    """The short way, which does not check again, gives the very models that pydantic would."""
    value = data.draw(clusters)
    built, by_component, findings = build_settings(Merged(value, Node(())), models)
    assert findings == []
    assert built == Settings.model_validate_json(json.dumps(value), strict=True)
    assert built.model_fields_set == Settings.model_validate_json(json.dumps(value), strict=True).model_fields_set
    for name, component in value.get("components", {}).items():
        assert by_component[name] == models[name].model_validate_json(json.dumps(component), strict=True)


@pytest.mark.parametrize(
    "until",
    ["2027-01-31", "2027-1-31", "20270131", "2027-W04-7", "2027-01-31T00:00:00", "1700000000", "0000-01-01", ""],
)
def test_dates_are_read_alike(until, engine, models):
    """A date has one form."""
    value = {
        "cluster": "a",
        "kubernetes": {"version": "1.35"},
        "network": {"pods": ["::/1"], "services": ["::/2"]},
        "gitops": {"repoURL": "https://a"},
        "allow": {"x": {"y": {"reason": "because", "until": until}}},
    }
    assert engine.engine.is_valid(value) == models_accept(value, models)
