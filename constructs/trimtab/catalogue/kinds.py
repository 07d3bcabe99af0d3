"""Whether objects of a kind live in a namespace: Kubernetes' own kinds, and those of the charts we know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from trimtab.catalogue.chart_facts import CustomKind, Scope, chart_facts, known_charts
from trimtab.catalogue.kubernetes.structures import scopes


def scope(group: str, kind: str) -> Scope | None:
    """Say whether objects of a kind belong to a namespace or to the cluster; nothing when the kind is not known."""
    return scopes().get((group, kind)) or _custom_scopes().get((group, kind))


def is_namespaced(group: str, kind: str) -> bool:
    """Say whether objects of a kind live in a namespace; what nobody knows does not."""
    return scope(group, kind) == "Namespaced"


def is_built_in_group(group: str) -> bool:
    """Say whether Kubernetes itself serves this API group; the core group is the empty text."""
    return group in _built_in_groups()


def iter_built_in_kinds() -> Iterator[tuple[str, str, Scope]]:
    """Give group, kind and scope of everything Kubernetes itself serves, by group."""
    for (group, kind), where in scopes().items():
        yield group, kind, where


def custom_kinds(chart: str, version: str) -> tuple[CustomKind, ...]:
    """Give the kinds that a chart version adds to the cluster; none when the chart is not known or adds none."""
    facts = chart_facts(chart, version)
    return facts.custom_kinds if facts else ()


@cache
def _built_in_groups() -> frozenset[str]:
    return frozenset(group for group, _ in scopes())


@cache
def _custom_scopes() -> Mapping[tuple[str, str], Scope]:
    """Join the kinds of all charts at hand; a kind never changes its scope, Kubernetes forbids it."""
    every = (kind for chart, version in known_charts() for kind in custom_kinds(chart, version))
    return MappingProxyType({(kind.group, kind.kind): kind.scope for kind in every})
