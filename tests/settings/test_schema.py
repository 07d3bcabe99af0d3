"""The schemas: valid, complete, read alike by every engine."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest

from trimtab.components.registry import COMPONENTS
from trimtab.settings.check import EXPLANATIONS
from trimtab.settings.schema import LAYER_FILE, layer_schema, render_schemas, settings_schema
from trimtab.settings.schemas import WHOLE_FILE, build_validator
from trimtab.settings.subschema import iter_settings

ANNOTATIONS = {"$schema", "$ref", "$defs", "title", "description", "default", "examples"}
STRUCTURE = {"properties", "items", "anyOf"}

# What Python's re, Rust's regex, Go's RE2 and ECMAScript's `u` mode read alike: no classes by letter (they differ on
# Unicode), no dot (line ends differ), no look-around, no back references, no flags, no possessive or lazy repeats.
PATTERN_TOKEN = re.compile(
    r"""\^|\$|\||\((?!\?)|\)                        # anchors, choices, plain groups
    |\[\^?(?:\\[tnr\\\]\[^]|[^\\\[\]&~])+\]        # a class: no nesting, no && or ~~
    |\\[.\[\](){}*+?|^$\\/]|\\[tnr]                # escaped punctuation, white space by name
    |[*+?](?![*+?])|\{[0-9]{1,3}(?:,[0-9]{0,3})?\}(?![*+?])
    |[A-Za-z0-9_/:@,;<>=!"'`%\#&~\x20-]""",
    re.VERBOSE,
)


def walk(node: Any) -> Iterator[Any]:
    """Give every schema in a schema."""
    yield node
    for name, child in node.items():
        if name in ("properties", "$defs"):
            for inner in child.values():
                if isinstance(inner, dict):
                    yield from walk(inner)
        elif name in ("items", "additionalProperties", "propertyNames") and isinstance(child, dict):
            yield from walk(child)
        elif name == "anyOf":
            for inner in child:
                yield from walk(inner)


@pytest.fixture(scope="module")
def schema(components):
    """Give the schema of a whole cluster with made-up components."""
    return settings_schema(components)


@pytest.fixture(scope="module", params=["made up", "ours"])
def any_schema(request, components):
    """Give the schema with made-up components, and with those of this release."""
    ours = {component.name: component.settings for component in COMPONENTS} if request.param == "ours" else None
    return settings_schema(ours or components)


def test_every_schema_is_a_valid_one(components):
    """The meta schema of draft 2020-12 accepts each file."""
    for text in render_schemas(components).values():
        jsonschema_rs.Draft202012Validator(json.loads(text), retriever=lambda _: True)
        jsonschema_rs.meta.validate(json.loads(text))


def test_schemas_refer_to_nothing_outside(components):
    """A reference that would be fetched is refused when the schema is compiled."""
    with pytest.raises(jsonschema_rs.ValidationError):
        build_validator({"$ref": "https://example.org/x.json"})
    build_validator(settings_schema(components))


def test_patterns_read_alike_everywhere(any_schema):
    """Every pattern is anchored, and made of tokens that Python, Rust, Go and ECMAScript read alike."""
    patterns = {node["pattern"] for node in walk(any_schema) if "pattern" in node}
    assert sorted(pattern for pattern in patterns if PATTERN_TOKEN.sub("", pattern)) == []
    assert sorted(pattern for pattern in patterns if not (pattern.startswith("^") and pattern.endswith("$"))) == []
    assert len([re.compile(pattern) for pattern in patterns]) > 15


@pytest.mark.parametrize("pattern", [r"^\d+$", r"^\S+$", "^a.*$", "^(?=a)b$", r"^(a)\1$", "^a+?$", r"^\w$", "^[a&&b]$"])
def test_the_pattern_test_can_fail(pattern):
    """What engines read differently is not made of those tokens."""
    assert PATTERN_TOKEN.sub("", pattern) != ""


def test_patterns_match_their_examples(any_schema):
    """Advice that quotes an example must itself be right."""
    checked = 0
    for node in walk(any_schema):
        for example in node.get("examples", ()):
            assert build_validator({**node, "$defs": any_schema["$defs"]}).engine.is_valid(example), (node, example)
            checked += 1
    assert checked > 20


def test_defaults_are_valid(any_schema):
    """A default that its own any_schema refuses would be refused when somebody writes it out."""
    for node in walk(any_schema):
        if "default" in node:
            assert build_validator({**node, "$defs": any_schema["$defs"]}).engine.is_valid(node["default"]), node


def test_every_form_has_words(any_schema):
    """A pattern alone explains nothing: each has a title and an example."""
    forms = [node for node in walk(any_schema) if "pattern" in node]
    assert [node for node in forms if not (node.get("title") and node.get("examples"))] == []


def test_every_keyword_has_words(any_schema):
    """No any_schema refuses by a keyword that `check` cannot explain."""
    used = {keyword for node in walk(any_schema) for keyword in node}
    assert used - ANNOTATIONS - STRUCTURE <= set(EXPLANATIONS)


def test_every_setting_has_a_description(any_schema):
    """A sentence under each field, for editors and the reference."""
    nodes = [(name, child) for node in walk(any_schema) for name, child in node.get("properties", {}).items()]
    assert [name for name, child in nodes if not (child.get("description") or "$ref" in child)] == []


def test_descriptions_of_components_come_from_their_models(schema):
    """Own fields and inherited ones."""
    shop = schema["$defs"]["Shop"]["properties"]
    assert shop["pools"]["description"] == "Pools by name."
    assert shop["namespace"]["description"].startswith("The namespace of the component.")


def test_no_mapping_lets_unknown_keys_through(any_schema):
    """Every mapping with settings of its own refuses all others."""
    assert all(node["additionalProperties"] is False for node in walk(any_schema) if "properties" in node)


def test_one_file_requires_nothing(components):
    """A layer may hold any part, and null removes what a lower one sets."""
    layer = build_validator(layer_schema(components)).engine
    assert layer.is_valid({})
    assert layer.is_valid({"network": {"mtu": None}, "size": None, "components": {"shop": None}, "nodes": {"a": None}})
    assert not layer.is_valid({"network": {"mtuu": 1}})
    assert not layer.is_valid({"size": "tiny"})


def test_a_list_item_in_a_layer_is_whole(components):
    """Inside a list nothing merges, so what an item requires is required in the layer."""
    layer = build_validator(layer_schema(components)).engine
    assert layer.is_valid({"components": {"shop": {"steps": [{"kind": "run"}]}}})
    assert not layer.is_valid({"components": {"shop": {"steps": [{"interval": "1m"}]}}})


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("cluster", {"cluster": "a", "size": None}, {"size": "small"}),
        ("platform", {"profiles": ["a"]}, {"cluster": "a"}),
        ("profile", {"size": "small"}, {"profiles": ["a"]}),
    ],
)
def test_each_kind_of_file_has_a_schema_for_editors(components, name, good, bad):
    """They refer to the layer schema beside them, as a language server follows it."""
    texts = render_schemas(components)
    schema = json.loads(texts[f"{name}.schema.json"])
    beside = [(f"https://x.invalid/{LAYER_FILE}", json.loads(texts[LAYER_FILE]))]
    registry = jsonschema_rs.Registry(beside)
    engine = jsonschema_rs.Draft202012Validator(schema, registry=registry, base_uri="https://x.invalid/a.json")
    assert engine.is_valid(good)
    assert not engine.is_valid(bad)


def test_the_same_models_give_the_same_bytes(components):
    """Twice, and with the components in another order."""
    assert render_schemas(components) == render_schemas(dict(reversed(components.items())))


def test_a_setting_may_be_called_default(schema):
    """`default` is a word of JSON Schema and of storage classes."""
    assert schema["$defs"]["StorageClass"]["properties"]["default"]["type"] == "boolean"


def test_the_tree_of_settings_can_be_walked(schema):
    """The index of where a key is known has mappings, lists and components in it."""
    paths = {path for path, _ in iter_settings(schema)}
    assert ("components", "shop", "pools", "*", "storageClass", "name") in paths
    assert ("components", "shop", "steps", "*", "kind") in paths


def test_checking_never_loads_pydantic():
    """Models take half of a run's time to import; a run that ends with errors does without them."""
    code = "import sys, trimtab.settings.files, trimtab.settings.check; sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_committed_schema_has_the_name_that_is_loaded(components):
    """`trimtab schema` writes the file that `check` reads."""
    assert WHOLE_FILE in render_schemas(components)
