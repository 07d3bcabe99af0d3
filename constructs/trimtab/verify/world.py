"""What a tree will meet: the cluster as far as the tree itself does not say it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from trimtab.catalogue.chart_facts import ChartFacts, CustomKind
from trimtab.findings.path import Path
from trimtab.kube.manifests import Identity, Manifest
from trimtab.verify.unread import Unread


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenValues:
    """Values that a chart is given at one place, before they are laid over each other."""

    values: Mapping[str, Any]
    origin: Hashable
    """The file and document they stand in, as an entry's origin says it."""
    path: Path
    """Where in the object they stand; empty where a file holds them alone."""
    file: str = ""
    """The file, where it holds nothing but values."""
    is_text: bool = False
    """Whether they stand in a text, so that who looks at the object does not see their keys."""
    parameter: Path = ()
    """The one key they set, where they are a parameter of the source; Helm guesses its type."""


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
    origin: Hashable = None
    """The file and document its Application stands in, as an entry's origin says it; nothing where none holds it."""
    given: tuple[GivenValues, ...] = ()
    """The places that its values stand in, the first one lowest; none where nobody wrote them into the tree."""
    is_rendered: bool = False
    """Whether its objects are among the tree's entries, so that what refers to them can be resolved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownNode:
    """A node that the settings declare."""

    name: str
    labels: Mapping[str, str]
    """Its labels as far as they follow from the settings."""
    taints: tuple[str, ...]
    """Its taints, as kubectl writes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """All that checks may know beside the tree."""

    kubernetes: tuple[int, int]
    """The minor version of Kubernetes: `(1, 35)`."""
    ip_families: tuple[str, ...] = ()
    """The families of the cluster's Services, the first one first; nothing where that is not known."""
    kinds: tuple[CustomKind, ...] = ()
    """Custom kinds that something outside the tree adds: charts that Argo CD renders, or the distribution."""
    definitions: tuple[Manifest, ...] = ()
    """CustomResourceDefinitions that do not stand in the tree but are at hand: from charts, or given by the user."""
    charts: tuple[ChartUse, ...] = ()
    """The charts that Argo CD renders."""
    wrapped: tuple[ChartUse, ...] = ()
    """Charts that others in the tree name as dependencies: only their values are looked at."""
    secrets: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """Secrets that somebody makes outside Git: namespace and name to keys, no keys where nothing is said of them."""
    provided: frozenset[Identity] = frozenset()
    """Other objects that the cluster has anyway, or that controllers make of objects in the tree."""
    nodes: tuple[KnownNode, ...] = ()
    """Every node of the cluster, where the settings declare them."""
    files: frozenset[str] | None = None
    """Every file of the repository that the tree lies in, from the repository's top; nothing where they are not at
    hand. Only the sources of Applications are held against them."""
    filled: frozenset[tuple[str, str]] = frozenset()
    """Cluster and namespace of Applications that fill them from a folder which the tree does not show as objects."""
    partial: frozenset[tuple[str, str]] = frozenset()
    """Cluster and name of Applications of which the tree shows some objects, and perhaps not all."""
    unread: Unread = field(default_factory=Unread)
    """Files of a foreign tree that objects are rendered from, so that what they bring is not known."""
    elsewhere: frozenset[tuple[str, str]] = frozenset()
    """Kind and name of objects of a foreign tree that may reach this cluster too, though nobody says so."""
    alternatives: frozenset[Identity] = frozenset()
    """Objects that several files of a foreign tree bring, of which somebody applies one."""
    remotes: tuple[str, ...] = ()
    """The addresses of that repository, as Git knows them; never to be shown, for one may hold a password."""
    foreign: bool = False
    """Whether the tree is somebody else's: nothing is known of what made it."""
    is_part: bool = False
    """Whether the tree is a part of what its cluster is sent, such as one overlay: what it lacks another may bring."""
