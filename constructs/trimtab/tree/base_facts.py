"""What a cluster was in an earlier revision, as far as its inventory says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from trimtab.catalogue.components import iter_components, newest_release
from trimtab.tree.index import ApplicationEntry, Index


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseChart:
    """The chart of an application in an earlier revision."""

    name: str
    version: str
    namespace: str
    release_name: str | None = None
    """Nothing where the inventory does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseFacts:
    """A cluster in an earlier revision."""

    kubernetes: str
    distribution: str | None = None
    """Who installed Kubernetes; nothing where the inventory is too old to say, as with what follows."""
    distribution_version: str | None = None
    pods: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Component to release, for the components that it had."""
    charts: Mapping[str, BaseChart] = field(default_factory=dict, hash=False)
    """Application to chart, for those that had one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A cluster in an earlier revision: its inventory, and what that says."""

    index: Index
    facts: BaseFacts


def gather_base(index: Index) -> Base:
    """Gather what there is to know of a cluster from its inventory."""
    return Base(index=index, facts=gather_base_facts(index))


def gather_base_facts(index: Index) -> BaseFacts:
    """Gather what an inventory says of a cluster."""
    return BaseFacts(
        kubernetes=index.kubernetes,
        distribution=index.distribution,
        distribution_version=index.distribution_version,
        pods=index.pods,
        services=index.services,
        versions=_versions(index.applications),
        charts=dict(_iter_charts(index.applications)),
    )


def _iter_charts(entries: Iterable[ApplicationEntry]) -> Iterator[tuple[str, BaseChart]]:
    for entry in entries:
        if entry.chart is not None:
            yield (
                entry.name,
                BaseChart(
                    name=entry.chart.name,
                    version=entry.chart.version,
                    namespace=entry.namespace,
                    release_name=entry.release_name,
                ),
            )


def _versions(entries: Iterable[ApplicationEntry]) -> dict[str, str]:
    charts = {component: _telling_charts(component) for component in iter_components()}
    versions: dict[str, str] = {}
    for entry in entries:
        if entry.version is not None:
            versions[entry.component] = entry.version
        elif entry.chart is not None and entry.chart.name in charts.get(entry.component, ()):
            versions[entry.component] = entry.chart.version
    return versions


def _telling_charts(component: str) -> frozenset[str]:
    """Give the charts of a component whose version is the component's own."""
    release = newest_release(component)
    return frozenset(pin.chart for pin in release.charts.values() if pin.version == release.version)
