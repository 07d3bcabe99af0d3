"""The committed clusters before upstream's own definitions: nothing is refused, and every rule is asked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from re import findall

import pytest

from trimtab.catalogue.kinds import is_built_in_group, is_namespaced
from trimtab.kube.manifests import Manifest
from trimtab.verify.complaint import Complaint, Unchecked
from trimtab.verify.custom.cel.engine import compile_rule
from trimtab.verify.custom.check import check_custom
from trimtab.verify.custom.definitions import Definitions, Version
from trimtab.verify.custom.rules import Node, Rule, find_rules, iter_ruled
from trimtab.verify.custom.validators import find_validator
from trimtab.verify.entry import Entry, make_entry
from trimtab.verify.tree import Tree
from trimtab.verify.world import World
from upstream_support.documents import read_documents
from upstream_support.folder import CHECKOUT, MISSING, find_upstream

pytestmark = pytest.mark.unmeasured


@pytest.fixture(scope="module")
def world() -> World:
    """Give what the clusters meet: the definitions of the newest release of each component."""
    folder = find_upstream()
    if folder is None:
        pytest.skip(MISSING)
    return World(kubernetes=(1, 35), definitions=tuple(_iter_definitions(folder)))


def _rank(file: Path) -> list[int]:
    return [int(number) for number in findall(r"\d+", file.parent.name)]


def _iter_definitions(folder: Path) -> Iterator[Manifest]:
    for component in sorted(folder.iterdir()):
        for file in sorted(component.glob("*/crds.yaml"), key=_rank)[-1:]:
            for each in (file, *file.parent.glob("crds-native-v3.yaml")):
                yield from (one for one in read_documents(each) if one.get("kind") == "CustomResourceDefinition")


@cache
def committed() -> tuple[Entry, ...]:
    """Read the custom resources of every cluster in `dist/`."""
    files = sorted((CHECKOUT / "dist").glob("*/root*/**/*.yaml")) + sorted(
        (CHECKOUT / "dist").glob("*/apps/*/manifests/*")
    )
    read = [one for file in files for one in read_documents(file)]
    entries = (make_entry(one, is_namespaced) for one in read)
    return tuple(entry for entry in entries if not is_built_in_group(entry.group))


def _version_of(entry: Entry, world: World) -> Version:
    versions = Definitions(Tree(()), world).find("", entry.group, entry.kind)
    assert versions is not None
    return versions[entry.version]


def _iter_rules(node: Node | None) -> Iterator[Rule]:
    if node is not None:
        yield from node.rules
        for below in (*node.fields.values(), node.items, node.each):
            yield from _iter_rules(below)


def test_every_custom_resource_is_taken(world: World) -> None:
    """Each has a definition, fits it, and no rule of it is left out but those about a change."""
    said = list(check_custom(Tree(committed()), world))
    assert [str(one.about) + one.message for one in said if isinstance(one, Complaint)] == []
    assert [one.reason for one in said if isinstance(one, Unchecked) and "oldSelf" not in one.reason] == []
    assert len(committed()) > 100


def test_rules_are_asked_about_them(world: World) -> None:
    """A good part of the objects meets rules, so that their silence says something."""
    asked = 0
    for entry in committed():
        version = _version_of(entry, world)
        node, completed = find_rules(version), find_validator(version).complete(entry.manifest)
        assert completed is not None
        asked += sum(len(at.rules) for _, at, _ in iter_ruled(completed, node)) if node else 0
    assert asked > 20


def test_every_rule_of_upstream_compiles(world: World) -> None:
    """All rules of all definitions at hand are ones that the engine reads, with the functions that we give it."""
    versions = [v for d in Definitions(Tree(()), world)._given.values() for v in d.values()]
    rules = {rule.text for version in versions for rule in _iter_rules(find_rules(version)) if not rule.is_transition}
    for rule in rules:
        compile_rule(rule)
    assert len(rules) > 200
    assert [pattern for version in versions for pattern in find_validator(version).unread] == []
