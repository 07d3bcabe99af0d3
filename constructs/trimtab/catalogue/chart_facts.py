"""What a chart version renders and which values it reads, from the facts committed beside this module."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from trimtab.catalogue.key_tree import Known, Node, Unknown, build_tree, find_key, iter_unknown
from trimtab.findings.path import Path

Scope = Literal["Namespaced", "Cluster"]
"""Whether objects of a kind live in a namespace or belong to the whole cluster."""

RELEASE_NAMESPACE = "{release}"
"""Stands in `RenderedKind.namespaces` for the namespace the chart is installed into."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedKind:
    """A kind of object that a chart renders, with its defaults or with common values."""

    group: str
    version: str
    kind: str
    namespaced: bool
    namespaces: tuple[str, ...]
    """Where it is put: names, `{release}`, or an empty text where the chart writes none."""
    hook: str | None
    """The Helm hook it is, such as `pre-install,pre-upgrade`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomKind:
    """A kind that a CustomResourceDefinition adds to the cluster."""

    group: str
    kind: str
    plural: str
    scope: Scope
    served: tuple[str, ...]
    """The versions the API server answers for."""
    storage: str

    @property
    def crd(self) -> str:
        """The name of its definition."""
        return f"{self.plural}.{self.group}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartFacts:
    """What is known of one chart at one version."""

    chart: str
    version: str
    app_version: str
    kube_version: str | None
    """The range of Kubernetes versions that Helm enforces, as the chart writes it."""
    renders: tuple[RenderedKind, ...]
    crds: tuple[str, ...]
    """Names of the CustomResourceDefinitions it installs."""
    custom_kinds: tuple[CustomKind, ...]
    """What those definitions add; a definition that is made elsewhere may be missing here."""
    images: tuple[str, ...]
    """Images of its defaults and of common values; those that an operator picks itself are not among them."""
    api_versions_asked: tuple[str, ...]
    """APIs the chart looks for before it renders something."""
    uses_lookup: bool
    """Whether it reads the cluster while it renders, so that rendering without one differs."""
    random: tuple[str, ...]
    """Template functions in it whose result differs at each render."""
    keys: Mapping[str, str] = field(hash=False, repr=False)
    """Dotted path to type and flags: `*` free-form, `+` free-form names over known items."""
    _tree: list[Node] = field(default_factory=list, init=False, compare=False, repr=False)

    @property
    def hooks(self) -> tuple[RenderedKind, ...]:
        """The objects that are Helm hooks."""
        return tuple(kind for kind in self.renders if kind.hook)

    def knows(self, keys: Path) -> Known | Unknown:
        """Say whether the chart reads the value at this path, and which key was meant if not."""
        return find_key(self._root(), keys)

    def iter_unknown_keys(self, values: Mapping[str, Any]) -> Iterator[Path]:
        """Give the path of every key in `values` that the chart never reads, the topmost of each branch."""
        return iter_unknown(self._root(), values)

    def is_bare(self, keys: Path) -> bool:
        """Say whether nothing but the emptiness of a value is known: no type of its own, and no keys below it."""
        found = self.knows(keys) if keys else None
        return isinstance(found, Known) and found.is_bare

    def _root(self) -> Node:
        if not self._tree:
            self._tree.append(build_tree(self.keys))
        return self._tree[0]


@cache
def chart_facts(chart: str, version: str) -> ChartFacts | None:
    """Load what is known of a chart version; nothing when the catalogue holds no facts about it."""
    file = files("trimtab.catalogue").joinpath("facts", chart, f"{version}.json")
    return parse_facts(file.read_text(encoding="utf-8")) if file.is_file() else None


@cache
def known_charts() -> tuple[tuple[str, str], ...]:
    """List chart and version of all facts at hand, sorted."""
    folders = files("trimtab.catalogue").joinpath("facts").iterdir()
    return tuple(
        sorted((folder.name, file.name.removesuffix(".json")) for folder in folders for file in folder.iterdir())
    )


def parse_facts(text: str) -> ChartFacts:
    """Read one committed file of facts; `render_facts` of the maker writes it."""
    return build_facts(json.loads(text))


def build_facts(raw: Mapping[str, Any]) -> ChartFacts:
    """Give the facts that a record holds, as `build_record` of the makers gives it."""
    return ChartFacts(
        chart=raw["chart"],
        version=raw["version"],
        app_version=raw["appVersion"],
        kube_version=raw["kubeVersion"],
        renders=tuple(_parse_rendered(row) for row in raw["renders"]),
        crds=tuple(raw["crds"]),
        custom_kinds=tuple(_parse_custom(row) for row in raw["customKinds"]),
        images=tuple(raw["images"]),
        api_versions_asked=tuple(raw["apiVersionsAsked"]),
        uses_lookup=raw["usesLookup"],
        random=tuple(raw["random"]),
        keys=raw["keys"],
    )


def _parse_rendered(row: list[Any]) -> RenderedKind:
    api_version, kind, namespaced, namespaces, hook = row
    group, _, version = api_version.rpartition("/")
    return RenderedKind(
        group=group, version=version, kind=kind, namespaced=namespaced, namespaces=tuple(namespaces), hook=hook
    )


def _parse_custom(row: list[Any]) -> CustomKind:
    group, kind, plural, scope, served, storage = row
    return CustomKind(group=group, kind=kind, plural=plural, scope=scope, served=tuple(served), storage=storage)
