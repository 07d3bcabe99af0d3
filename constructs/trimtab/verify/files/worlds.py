"""What the objects of each cluster meet there: charts, definitions, secrets, and what else may be there unseen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from trimtab.catalogue.chart_facts import CustomKind
from trimtab.catalogue.kinds import custom_kinds
from trimtab.kube.manifests import Identity, Manifest
from trimtab.verify.argocd.texts import is_templated
from trimtab.verify.entry import Entry
from trimtab.verify.files.applications import Application
from trimtab.verify.files.applying import Applying
from trimtab.verify.files.builds import Builder
from trimtab.verify.files.charts import iter_charts
from trimtab.verify.files.found import Found
from trimtab.verify.files.given import Given, Inventory
from trimtab.verify.files.kinds import CRD
from trimtab.verify.files.unread import find_unread
from trimtab.verify.unread import Unread
from trimtab.verify.world import ChartUse, World

Cluster = tuple[str, str]
"""The folder that is for a cluster of its own, and the cluster's name there; either may be empty."""


def name_of(cluster: Cluster) -> str:
    """Give the name that a cluster goes by: its own, or its folder's."""
    return cluster[1] or cluster[0]


@dataclass(frozen=True, kw_only=True)
class Worlds:
    """All that is known of the clusters of a tree, once it is known which object goes where."""

    given: Given
    files: Mapping[str, bytes]
    """The bytes of all its files by path, for values files."""
    objects: Sequence[Found]
    """All its objects."""
    alone: Collection[Entry]
    """Those of files, each as if nobody applied it."""
    alternatives: frozenset[Identity]
    """Objects that stand in several files, of which somebody applies one."""
    applying: Applying
    builder: Builder
    """Builds its kustomizations."""
    of_application: Mapping[Application, Cluster]
    filling: AbstractSet[Application]
    """The Applications with an object in the tree."""
    partly: AbstractSet[tuple[str, str]]
    """Cluster and namespace of what a kustomization brings objects to that are not shown."""

    def of(self, cluster: Cluster) -> World:
        """Give what the objects of one cluster meet."""
        given = self.given
        inventory = self._inventories.get(cluster[0])
        charts = tuple(
            chart
            for application in self._applications_of(cluster)
            for chart in iter_charts(application, name_of(cluster), self.files, given.prefix or "")
        )
        return World(
            kubernetes=inventory.kubernetes if inventory else given.kubernetes,
            kinds=(*_chart_kinds(charts), *given.kinds),
            definitions=(*given.definitions, *self._definitions_beside()),
            charts=charts,
            secrets={**(inventory.secrets if inventory else {}), **given.secrets},
            provided=given.provided,
            files=given.names,
            filled=frozenset() if inventory else frozenset({*self._iter_filled(cluster), *self.partly}),
            partial=frozenset() if inventory else frozenset(self._iter_partial(cluster)),
            unread=Unread() if inventory else self._unread,
            elsewhere=frozenset() if inventory else self._elsewhere(cluster),
            alternatives=frozenset() if inventory else self.alternatives,
            remotes=given.remotes,
            foreign=inventory is None,
            is_part=self._is_part(cluster),
        )

    @cached_property
    def _inventories(self) -> Mapping[str, Inventory]:
        return {inventory.folder: inventory for inventory in self.given.inventories}

    def _applications_of(self, cluster: Cluster) -> Iterator[Application]:
        return (application for application, its in self.of_application.items() if its == cluster)

    def _iter_filled(self, cluster: Cluster) -> Iterator[tuple[str, str]]:
        for application in self._applications_of(cluster):
            has_folder = any(source.path is not None for source in application.sources)
            if has_folder and application not in self.filling:
                yield name_of(cluster), application.target
        if self._is_overlay(cluster):
            yield from self._filled_somewhere

    @cached_property
    def _filled_somewhere(self) -> frozenset[tuple[str, str]]:
        """Cluster and namespace of all Applications that bring what is not shown: an overlay may go there too."""
        return frozenset(
            (name_of(cluster), application.target)
            for application, cluster in self.of_application.items()
            if application not in self.filling or any(source.chart for source in application.sources)
        )

    def _iter_partial(self, cluster: Cluster) -> Iterator[tuple[str, str]]:
        for application in self._applications_of(cluster):
            if application in self._half_shown:
                yield name_of(cluster), application.name

    @cached_property
    def _half_shown(self) -> frozenset[Application]:
        built = (application for application, brought in self.applying.built if not brought.is_whole)
        return frozenset(built) | self.applying.owners.partial

    def _elsewhere(self, cluster: Cluster) -> frozenset[tuple[str, str]]:
        """Give kind and name of what other kustomizations bring; to one that nobody applies, the whole tree may."""
        if not self.applying.overlays:
            return frozenset()
        return self._all_names if self._is_overlay(cluster) else self.builder.names

    def _is_overlay(self, cluster: Cluster) -> bool:
        return not cluster[1] and cluster[0] in self._overlays

    def _is_part(self, cluster: Cluster) -> bool:
        """Say whether a cluster is sent more than is known: nobody tells for which one of several a loose file is."""
        is_open_ended = any(is_templated(one.target) for one in self._applications_of(cluster))
        several = len(set(self.of_application.values())) > 1
        return self._is_overlay(cluster) or is_open_ended or (several and not self._inventories)

    @cached_property
    def _overlays(self) -> frozenset[str]:
        return frozenset(one.folder or "." for one in self.applying.overlays)

    @cached_property
    def _all_names(self) -> frozenset[tuple[str, str]]:
        return self.builder.names | {(entry.kind, entry.name) for entry in self.alone}

    @cached_property
    def _unread(self) -> Unread:
        return find_unread(self.files, {found.file for found in self.objects}, self.builder.graph)

    def _definitions_beside(self) -> Sequence[Manifest]:
        """Give the definitions that other kustomizations bring, or files beside them; none that there are two of."""
        return self._definitions if self.applying.overlays else ()

    @cached_property
    def _definitions(self) -> Sequence[Manifest]:
        by_name: dict[str, Manifest | None] = {}
        for found in self.objects:
            if found.manifest["kind"] == CRD:
                name = str(found.manifest["metadata"].get("name"))
                same = by_name.get(name, found.manifest) == found.manifest
                by_name[name] = found.manifest if same else None
        return [one for one in by_name.values() if one is not None]


def _chart_kinds(charts: Iterable[ChartUse]) -> Iterable[CustomKind]:
    for chart in charts:
        if chart.facts is not None:
            yield from custom_kinds(chart.facts.chart, chart.facts.version)
