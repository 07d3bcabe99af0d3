"""The reference says of every setting what one needs to know."""

from __future__ import annotations

import pytest
import yaml

from trimtab.findings.path import Path, render_path
from trimtab.reference.examples import NOTHING, find_example, render_snippet
from trimtab.reference.explanation import describe_default, render_setting, say_path
from trimtab.reference.lookup import Setting, Unknown, find_setting, parse_setting
from trimtab.reference.pages import render_all
from trimtab.reference.schema import read_settings_schema
from trimtab.reference.types import describe_type
from trimtab.settings.schemas import build_validator
from trimtab.settings.subschema import REF, iter_settings

SCHEMA = read_settings_schema()
PATHS: tuple[Path, ...] = tuple(dict.fromkeys(path for path, _ in iter_settings(SCHEMA)))
PAGES = "".join(render_all(SCHEMA).values())


def find(text: str) -> Setting:
    """Find a setting that is there."""
    found = find_setting(SCHEMA, parse_setting(text, SCHEMA) or ())
    assert isinstance(found, Setting)
    return found


SETTINGS = [found for path in PATHS if isinstance(found := find_setting(SCHEMA, path), Setting)]


def test_every_setting_is_found_by_its_path() -> None:
    """What the schema has can be asked for."""
    assert len(PATHS) > 500
    assert [found.path for found in SETTINGS] == list(PATHS)


@pytest.mark.unmeasured
def test_every_setting_has_a_description_and_a_type() -> None:
    """Items and free keys are described by the list or mapping that they stand in."""
    silent = [one.path for one in SETTINGS if not one.schema.get("description") and one.path[-1] != "*"]
    assert silent == []
    assert [one.path for one in SETTINGS if "\ntype: " not in render_setting(SCHEMA, one)] == []


def test_every_example_is_valid() -> None:
    """What the reference shows could be written as it stands."""
    forms = {render_path(one.path): one.schema for one in SETTINGS}
    values = {render_path(one.path): find_example(SCHEMA, one) for one in SETTINGS}
    shown = {path: value for path, value in values.items() if value is not NOTHING}
    validator = build_validator({"$defs": SCHEMA["$defs"], "properties": forms})
    assert [error.message for error in validator.iter_errors(shown)] == []
    assert len(shown) > 0.9 * len(SETTINGS)


@pytest.mark.unmeasured
def test_every_snippet_is_yaml_at_its_place() -> None:
    """It begins with the setting's first key."""
    snippets = {path: yaml.safe_load(render_snippet(SCHEMA, path)) for path in PATHS}
    assert [path for path, found in snippets.items() if found is not None and list(found) != [path[0]]] == []


@pytest.mark.parametrize("name", SCHEMA["properties"]["components"]["properties"])
def test_every_setting_of_a_component_stands_on_a_page(name: str) -> None:
    """Its own, or the one on what every component has."""
    definition = SCHEMA["properties"]["components"]["properties"][name]["$ref"].removeprefix(REF)
    for key in SCHEMA["$defs"][definition]["properties"]:
        assert f"## `components.{name}.{key}`" in PAGES or f"## `components.*.{key}`" in PAGES


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("network.mtu", "a whole number, 1280 to 9216"),
        ("network.pods", "a list of 1 to 2, each item a range in CIDR form"),
        ("network.nat64", "true or false"),
        ("size", "one of small, medium or large"),
        ("nodes", "a mapping: each key a DNS name, each value a mapping"),
        ("nodeDefaults.memory", "a quantity as Kubernetes writes it"),
        ("rook.devices", "fromNodes or a mapping"),
        ("rook.values.rook-operator", "a mapping, handed on as it is"),
        ("nodeCount.workers", "a whole number, 0 to 5000"),
    ],
)
def test_types_are_told_in_words(asked: str, words: str) -> None:
    """No keyword of JSON Schema is needed to read them."""
    assert describe_type(SCHEMA, find(asked).schema) == words


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("gitops.targetRevision", "main"),
        ("gitops.path", "empty"),
        ("network.pods", "none: it must be given"),
        ("network.nat64", "false"),
        ("network.mtu", ""),
    ],
)
def test_defaults_are_told(asked: str, words: str) -> None:
    """The value, that there is none, or nothing where the description says it."""
    assert describe_default(find(asked)) == words


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("rook.blockPools.*.replicas", "components.rook.blockPools.*.replicas"),
        ("components.rook", "components.rook"),
        ("gitops.syncWindows.*.applications[0]", "gitops.syncWindows.*.applications[0]"),
        ("nodes.*.disks[].size", "nodes.*.disks.*.size"),
    ],
)
def test_a_path_may_be_said_as_people_say_it(asked: str, path: str) -> None:
    """Without `components`, with `*` or `[]` for any."""
    assert say_path(find(asked).path) == path


@pytest.mark.parametrize("asked", ["", ".", "a..b", "[x]"])
def test_what_is_no_path_is_none(asked: str) -> None:
    """It is not looked up at all."""
    assert parse_setting(asked, SCHEMA) is None


def test_a_key_outside_those_told_is_unknown() -> None:
    """Rook has no workload of this name."""
    found = find_setting(SCHEMA, ("components", "rook", "resources", "nosuch"))
    assert isinstance(found, Unknown)


def test_free_keys_are_shown_with_an_example_of_their_own() -> None:
    """The mapping's example names one."""
    assert yaml.safe_load(render_snippet(SCHEMA, find("rook.blockPools.*.replicas").path)) == {
        "components": {"rook": {"blockPools": {"replicapool": {"replicas": 3}}}}
    }
