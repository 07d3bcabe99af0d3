"""A tree of files to the clusters it is for: what each is sent, by whom, and what it meets there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from trimtab.catalogue.chart_facts import CustomKind
from trimtab.catalogue.kinds import custom_kinds
from trimtab.verify.entry import Entry, make_entry
from trimtab.verify.files.applications import GROUP, Application, parse_applications
from trimtab.verify.files.charts import iter_charts
from trimtab.verify.files.folders import folder_of, iter_above
from trimtab.verify.files.found import Found
from trimtab.verify.files.given import Given, Inventory
from trimtab.verify.files.kinds import CRD, know_scopes
from trimtab.verify.files.owning import Owners
from trimtab.verify.files.unread import find_unread
from trimtab.verify.files.variants import find_choices, find_variants, variant_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import ChartUse, World

Cluster = tuple[str, str]
"""The folder that is for a cluster of its own, and the cluster's name there; either may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterTree:
    """All that one cluster is sent."""

    name: str
    tree: Tree
    world: World


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A tree by cluster."""

    clusters: tuple[ClusterTree, ...]
    applications: int
    """How many Applications there are."""
    unowned: int
    """How many objects no Application applies, where there are Applications."""
    copies: int = 0
    """How many objects were left out since an Application applies the same one from another file."""
    variants: tuple[str, ...] = ()
    """Folders and files that were each taken for a cluster of its own, since they hold the same objects."""


def split_by_cluster(objects: Sequence[Found], files: Mapping[str, bytes], given: Given) -> Split:
    """Say which cluster is sent which objects.

    Args:
        objects: All objects of the tree.
        files: The bytes of all its files by path, for values files.
        given: What is known from elsewhere.
    """
    return _Splitter(objects, files, given).split()


class _Splitter:
    def __init__(self, objects: Sequence[Found], files: Mapping[str, bytes], given: Given) -> None:
        self._objects, self._files, self._given = objects, files, given
        self._inventories = {inventory.folder: inventory for inventory in given.inventories}
        definitions = [found.manifest for found in objects if found.manifest["kind"] == CRD]
        self._is_namespaced = know_scopes([*definitions, *given.definitions], given.kinds)
        self._applications = parse_applications(objects)
        self._owners = Owners(self._applications, files, given.prefix)
        self._alone = {found: self._entry(found) for found in objects}
        """Every object as if nobody applied it."""
        loose = [
            (entry.identity, found.file)
            for found, entry in self._alone.items()
            if entry.name and not self._inventory_of(found.file)
        ]
        self._variants = find_variants(loose) | find_choices(
            (identity, file) for identity, file in loose if not self._owners.owners_of(file)
        )
        self._clusters: dict[Cluster, list[Entry]] = defaultdict(list)
        self._applying: set[Application] = set()
        """The Applications with an object in the tree."""
        self._unread = find_unread(files, {found.file for found in objects})

    def split(self) -> Split:
        of_application = {application: self._cluster_of(application) for application in self._applications}
        unowned = [found for found in self._objects if not self._add_owned(found, of_application)]
        copies = self._add_unowned(unowned, self._all_clusters(of_application.values()))
        names = sorted(self._clusters)
        return Split(
            clusters=tuple(self._finish(name, of_application) for name in names),
            applications=len(self._applications),
            unowned=sum(1 for found in unowned if self._is_loose(found)),
            copies=copies,
            variants=tuple(sorted({folder for folder, _ in names if folder in self._variants})),
        )

    def _is_loose(self, found: Found) -> bool:
        is_argocd = found.manifest["apiVersion"].startswith(f"{GROUP}/")
        return bool(self._applications) and not is_argocd and not self._inventory_of(found.file)

    def _cluster_of(self, application: Application) -> Cluster:
        inventory = self._inventory_of(application.found.file)
        if inventory is not None:
            return inventory.folder, inventory.cluster
        return variant_of(application.found.file, self._variants) or "", application.destination

    def _inventory_of(self, file: str) -> Inventory | None:
        if not self._inventories:
            return None
        return next((self._inventories[one] for one in iter_above(folder_of(file)) if one in self._inventories), None)

    def _entry(self, found: Found, application: Application | None = None, cluster: Cluster = ("", "")) -> Entry:
        return make_entry(
            found.manifest,
            self._is_namespaced,
            application=application.name if application else "",
            namespace=application.target if application else "",
            cluster=_name(cluster),
            origin=found,
        )

    def _add_owned(self, found: Found, of_application: Mapping[Application, Cluster]) -> bool:
        owners = self._owners.owners_of(found.file)
        self._applying.update(owners)
        for application in owners:
            cluster = of_application[application]
            self._clusters[cluster].append(self._entry(found, application, cluster))
        return bool(owners)

    def _all_clusters(self, with_applications: Iterable[Cluster]) -> list[Cluster]:
        folders = {variant_of(found.file, self._variants) for found in self._objects} - {None}
        found = {*with_applications} or {(str(folder), "") for folder in folders}
        return sorted(found - {(one.folder, one.cluster) for one in self._given.inventories})

    def _add_unowned(self, objects: Iterable[Found], clusters: Sequence[Cluster]) -> int:
        """Add what no Application applies: somebody does, to its own folder's cluster, or else to all of them.

        Returns:
            How many objects were left out since an Application applies the same one from elsewhere: such a file is a
            copy, an example, or what another is made from.
        """
        owned = {cluster: {entry.identity for entry in entries} for cluster, entries in self._clusters.items()}
        copies = 0
        for found in objects:
            for cluster in self._homes_of(found, clusters):
                entry = self._entry(found, None, cluster) if _name(cluster) else self._alone[found]
                if entry.identity in owned.get(cluster, ()):
                    copies += 1
                else:
                    self._clusters[cluster].append(entry)
        return copies

    def _homes_of(self, found: Found, clusters: Sequence[Cluster]) -> Sequence[Cluster]:
        inventory = self._inventory_of(found.file)
        if inventory is not None:
            return [(inventory.folder, inventory.cluster)]
        folder = variant_of(found.file, self._variants)
        if folder is None:
            return clusters or [("", "")]
        return [one for one in clusters if one[0] == folder] or [(folder, "")]

    def _iter_filled(
        self, cluster: Cluster, of_application: Mapping[Application, Cluster]
    ) -> Iterator[tuple[str, str]]:
        for application, its in of_application.items():
            has_folder = any(source.path is not None for source in application.sources)
            if its == cluster and has_folder and application not in self._applying:
                yield _name(cluster), application.target

    def _finish(self, cluster: Cluster, of_application: Mapping[Application, Cluster]) -> ClusterTree:
        given = self._given
        inventory = self._inventories.get(cluster[0])
        charts = tuple(
            chart
            for application, its in of_application.items()
            if its == cluster
            for chart in iter_charts(application, _name(cluster), self._files, given.prefix or "")
        )
        world = World(
            kubernetes=inventory.kubernetes if inventory else given.kubernetes,
            kinds=(*_chart_kinds(charts), *given.kinds),
            definitions=given.definitions,
            charts=charts,
            secrets={**(inventory.secrets if inventory else {}), **given.secrets},
            provided=given.provided,
            files=given.names,
            filled=frozenset() if inventory else frozenset(self._iter_filled(cluster, of_application)),
            unread={} if inventory else self._unread,
            remotes=given.remotes,
            foreign=inventory is None,
        )
        return ClusterTree(name=_name(cluster), tree=Tree(self._clusters[cluster]), world=world)


def _name(cluster: Cluster) -> str:
    return cluster[1] or cluster[0]


def _chart_kinds(charts: Iterable[ChartUse]) -> Iterable[CustomKind]:
    for chart in charts:
        if chart.facts is not None:
            yield from custom_kinds(chart.facts.chart, chart.facts.version)
