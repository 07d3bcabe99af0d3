"""A tree of files to the clusters it is for: what each is sent, and by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from trimtab.verify.entry import Entry, make_entry
from trimtab.verify.files.applications import GROUP, Application
from trimtab.verify.files.applying import find_applying
from trimtab.verify.files.builds import Brought, Builder
from trimtab.verify.files.folders import folder_of, iter_above
from trimtab.verify.files.found import Found
from trimtab.verify.files.given import Given, Inventory
from trimtab.verify.files.kinds import CRD, know_scopes
from trimtab.verify.files.umbrellas import iter_umbrellas
from trimtab.verify.files.variants import find_alternatives, find_choices, find_variants, variant_of
from trimtab.verify.files.worlds import Cluster, Worlds, name_of
from trimtab.verify.kustomize.graph import Graph
from trimtab.verify.tree import Tree
from trimtab.verify.world import World


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
    alternatives: int = 0
    """How many objects stand in several files, of which somebody applies one."""
    overlays: tuple[str, ...] = ()
    """Folders of kustomizations that were each taken for a cluster of its own."""


def split_by_cluster(
    objects: Sequence[Found], files: Mapping[str, bytes], given: Given, graph: Graph | None = None
) -> Split:
    """Say which cluster is sent which objects.

    Args:
        objects: All objects of the tree.
        files: The bytes of all its files by path, for values files.
        given: What is known from elsewhere.
        graph: Its kustomizations; they are looked for where none are given.
    """
    return _Splitter(objects, files, given, Graph(files) if graph is None else graph).split()


class _Splitter:
    def __init__(self, objects: Sequence[Found], files: Mapping[str, bytes], given: Given, graph: Graph) -> None:
        self._files, self._given = files, given
        self._inventories = {inventory.folder: inventory for inventory in given.inventories}
        definitions = [found.manifest for found in objects if found.manifest["kind"] == CRD]
        self._is_namespaced = know_scopes([*definitions, *given.definitions], given.kinds)
        self._builder = Builder(graph, files, objects, self._is_namespaced)
        self._applying = find_applying(objects, files, given.prefix, self._builder)
        self._applications, self._owners = self._applying.applications, self._applying.owners
        self._objects = (*self._applying.loose, *(one for each in self._applying.shared for one in each.objects))
        self._alone = {found: self._entry(found) for found in self._objects}
        """Every object as if nobody applied it."""
        loose = [
            (entry.identity, found.file)
            for found, entry in self._alone.items()
            if entry.name and not self._inventory_of(found.file)
        ]
        unowned = [(identity, file) for identity, file in loose if not self._owners.owners_of(file)]
        self._variants = find_variants(loose) | find_choices(unowned)
        self._alternatives = find_alternatives(
            (identity, file, variant_of(file, self._variants)) for identity, file in unowned
        )
        self._clusters: dict[Cluster, list[Entry]] = defaultdict(list)
        self._filling: set[Application] = set()
        """The Applications with an object in the tree."""
        self._partly: set[tuple[str, str]] = set()
        """Cluster and namespace of what a kustomization brings objects to that are not shown."""
        self._all = objects

    def split(self) -> Split:
        of_application = {application: self._cluster_of(application) for application in self._applications}
        unowned = [found for found in self._objects if not self._add_owned(found, of_application)]
        for application, brought in self._applying.built:
            self._add_brought(brought, of_application[application], application)
        copies = self._add_unowned(unowned, self._all_clusters(of_application.values()))
        for brought in self._applying.overlays:
            self._add_brought(brought, (brought.folder or ".", ""))
        return Split(
            clusters=(*self._iter_trees(of_application), *self._iter_wrapped()),
            applications=len(self._applications),
            unowned=sum(1 for found in unowned if self._is_loose(found)),
            copies=copies,
            variants=tuple(sorted({folder for folder, _ in self._clusters if folder in self._variants})),
            alternatives=len(self._alternatives),
            overlays=tuple(one.folder or "." for one in self._applying.overlays if one.objects),
        )

    def _iter_trees(self, of_application: Mapping[Application, Cluster]) -> Iterator[ClusterTree]:
        worlds = Worlds(
            given=self._given,
            files=self._files,
            objects=self._all,
            alone=self._alone.values(),
            alternatives=self._alternatives,
            applying=self._applying,
            builder=self._builder,
            of_application=of_application,
            filling=self._filling,
            partly=self._partly,
        )
        for cluster in sorted(self._clusters):
            yield ClusterTree(name=name_of(cluster), tree=Tree(self._clusters[cluster]), world=worlds.of(cluster))

    def _add_brought(self, brought: Brought, cluster: Cluster, application: Application | None = None) -> None:
        entries = [self._entry(found, application, cluster) for found in brought.objects]
        entries += [replace(self._entry(found, application, cluster), is_written=False) for found in brought.generated]
        if not brought.is_whole:
            namespaces = {"", *brought.namespaces, *(entry.namespace for entry in entries)}
            self._partly |= {(name_of(cluster), namespace) for namespace in namespaces}
        if not brought.objects:
            return
        if application:
            self._filling.add(application)
        self._clusters[cluster] += entries

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
            cluster=name_of(cluster),
            origin=found,
        )

    def _add_owned(self, found: Found, of_application: Mapping[Application, Cluster]) -> bool:
        owners = self._owners.owners_of(found.file)
        self._filling.update(owners)
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
                entry = self._entry(found, None, cluster) if name_of(cluster) else self._alone[found]
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

    def _iter_wrapped(self) -> Iterator[ClusterTree]:
        """Give the charts that wrap others as a tree without objects: nobody says here which cluster has them."""
        wrapped = tuple(iter_umbrellas(self._files))
        if wrapped:
            world = World(kubernetes=self._given.kubernetes, wrapped=wrapped)
            yield ClusterTree(name="", tree=Tree(()), world=world)
