"""The CustomResourceDefinitions that a tree's objects meet: those of the tree, and those at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from trimtab.kube.manifests import Manifest
from trimtab.verify.argocd.scopes import DEFINITIONS
from trimtab.verify.reading import fields_of, iter_fields, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Version:
    """One version of a kind that is served; two are the same only where they are one and the same."""

    kind: str
    group: str
    name: str
    schema: Schema
    has_status: bool
    """Whether the API server keeps `status` to itself and drops what a manifest says of it."""

    def __str__(self) -> str:
        return f"{self.kind}.{self.group}"


Versions = Mapping[str, Version]
"""Every version that is served, by its name."""


class Definitions:
    """All definitions, those of each cluster before those that only lie at hand."""

    def __init__(self, tree: Tree, world: World) -> None:
        self._given: dict[tuple[str, str], Versions] = {}
        self._own: dict[str, dict[tuple[str, str], Versions]] = defaultdict(dict)
        for definition in world.definitions:
            self._given.update(_read(_Same(definition)))
        for entry in tree.of_kind(*DEFINITIONS):
            self._own[entry.cluster].update(_read(_Same(entry.manifest)))

    def find(self, cluster: str, group: str, kind: str) -> Versions | None:
        """Give the versions of a kind in a cluster; nothing where no definition is at hand."""
        own = self._own.get(cluster, {}).get((group, kind))
        return own if own is not None else self._given.get((group, kind))


class _Same:
    """A definition by identity: one that several clusters share is read, and its schema compiled, once."""

    __slots__ = ("manifest",)

    def __init__(self, manifest: Manifest) -> None:
        self.manifest = manifest

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.manifest is other.manifest

    def __hash__(self) -> int:
        return id(self.manifest)


@lru_cache(maxsize=2048)
def _read(definition: _Same) -> Mapping[tuple[str, str], Versions]:
    spec = fields_of(definition.manifest, "spec")
    group, kind = text_of(spec, "group"), text_of(fields_of(spec, "names"), "kind")
    versions = dict(_iter_versions(spec, group, kind))
    return {(group, kind): versions} if group and kind else {}


def _iter_versions(spec: Schema, group: str, kind: str) -> Iterator[tuple[str, Version]]:
    for _, version in iter_fields(spec, "versions"):
        schema = fields_of(version, "schema", "openAPIV3Schema")
        name = text_of(version, "name")
        if version.get("served") is True and schema:
            has_status = isinstance(fields_of(version, "subresources").get("status"), Mapping)
            yield name, Version(kind=kind, group=group, name=name, schema=schema, has_status=has_status)
