"""What a tree will meet: the cluster as far as the tree itself does not say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from trimtab.catalogue.chart_facts import ChartFacts, CustomKind
from trimtab.kube.manifests import Identity, Manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartUse:
    """A chart that Argo CD will render, with the values it is given."""

    application: str
    cluster: str = ""
    chart: str
    version: str
    namespace: str
    release_name: str
    values: Mapping[str, Any]
    facts: ChartFacts | None = None
    """What the catalogue or the cache knows of it; nothing where neither does."""
    is_rendered: bool = False
    """Whether its objects are among the tree's entries, so that what refers to them can be resolved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """All that checks may know beside the tree."""

    kubernetes: tuple[int, int]
    """The minor version of Kubernetes: `(1, 35)`."""
    kinds: tuple[CustomKind, ...] = ()
    """Custom kinds that something outside the tree adds: charts that Argo CD renders, or the distribution."""
    definitions: tuple[Manifest, ...] = ()
    """CustomResourceDefinitions that do not stand in the tree but are at hand: from charts, or given by the user."""
    charts: tuple[ChartUse, ...] = ()
    """The charts that Argo CD renders."""
    secrets: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """Secrets that somebody makes outside Git: namespace and name to keys, no keys where nothing is said of them."""
    provided: frozenset[Identity] = frozenset()
    """Other objects that the cluster has anyway, or that controllers make of objects in the tree."""
    foreign: bool = False
    """Whether the tree is somebody else's: nothing is known of what made it."""
