"""What a tree of somebody else's leaves to luck: data that a prune deletes, operators that go with what they run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from trimtab.catalogue.argocd_names import SYNC_OPTIONS
from trimtab.verify.argocd.application import Application, Applications
from trimtab.verify.argocd.installed import CHART
from trimtab.verify.argocd.texts import split_commas
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Other
from trimtab.verify.entry import Entry
from trimtab.verify.reading import annotations_of, fields_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

HOLDERS = (
    ("", "Namespace"),
    ("", "PersistentVolumeClaim"),
    ("ceph.rook.io", "CephBlockPool"),
    ("ceph.rook.io", "CephCluster"),
    ("ceph.rook.io", "CephFilesystem"),
    ("ceph.rook.io", "CephObjectStore"),
    ("elasticsearch.k8s.elastic.co", "Elasticsearch"),
    ("postgresql.cnpg.io", "Cluster"),
)
"""Kinds whose objects take data with them when they go. Argo CD itself never prunes definitions."""

_GUARDS = frozenset({"Prune=false", "Prune=confirm"})

OPERATORS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("ceph.rook.io", "CephCluster"): ("rook-ceph-operator", "rook-ceph"),
    ("operator.tigera.io", "Installation"): ("tigera-operator", "tigera-operator"),
    ("elasticsearch.k8s.elastic.co", "Elasticsearch"): ("elastic-operator", "eck-operator"),
}
"""Kinds with a finalizer that their operator takes away: to the operator's workload, and its chart."""

_MOST_NAMED = 3


def check_data_is_kept(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find what holds data and goes from the cluster as soon as it goes from Git, manifests of the user's too."""
    applications = Applications(tree)
    found: dict[int, list[Entry]] = defaultdict(list)
    owners: dict[int, Application] = {}
    for kind in HOLDERS:
        for entry in tree.of_kind(*kind):
            owner = applications.of(entry) if entry.application else None
            if owner and owner.prunes and not _is_guarded(entry, owner):
                found[id(owner)].append(entry)
                owners[id(owner)] = owner
    for key, entries in found.items():
        yield _complain_of_prune(owners[key], entries)


def _is_guarded(entry: Entry, application: Application) -> bool:
    own = split_commas(annotations_of(entry.manifest).get(SYNC_OPTIONS))
    return bool(_GUARDS & {*own, *application.options})


def _complain_of_prune(application: Application, entries: list[Entry]) -> Complaint:
    names = ", ".join(str(entry) for entry in entries[:_MOST_NAMED])
    more = f" and {len(entries) - _MOST_NAMED} more" if len(entries) > _MOST_NAMED else ""
    return Complaint(
        code="data-pruned",
        about=entries[0],
        message=f"{application} prunes, and takes data along once this is gone from Git: {names}{more}",
        help=f"annotate it with '{SYNC_OPTIONS}: Prune=confirm,Delete=confirm'",
        others=(
            Other(entry=application.entry, message="it prunes", path=("spec", "syncPolicy", "automated", "prune")),
        ),
    )


def check_operators_outlive(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find operators in one Application with what only they can delete."""
    if not world.foreign:
        return
    charts = {(one.cluster, one.application, one.chart) for one in world.charts}
    for kind, (workload, chart) in OPERATORS.items():
        for entry in tree.of_kind(*kind):
            beside = [one for one in _workloads(tree, workload) if is_together(one, entry)]
            if entry.application and (beside or (entry.cluster, entry.application, chart) in charts):
                yield Complaint(
                    code="operator-and-cluster-in-one-app",
                    about=entry,
                    message=f"{entry} and the operator that has to delete it are both of '{entry.application}'",
                    help="give the operator an Application of its own, in a lower wave",
                    others=tuple(Other(entry=one, message="this is the operator") for one in beside),
                )


def _workloads(tree: Tree, name: str) -> Iterator[Entry]:
    for kind in ("Deployment", "StatefulSet"):
        yield from (entry for entry in tree.of_kind("apps", kind) if entry.name == name)


def is_together(one: Entry, other: Entry) -> bool:
    """Say whether one Application applies both."""
    return (one.cluster, one.application) == (other.cluster, other.application)


def check_redis_hook(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find an Argo CD that manages itself and runs its chart's hook for a password at every sync."""
    if not world.foreign:
        return
    applications = Applications(tree)
    for chart in world.charts:
        application = applications.find(chart.cluster, chart.application) if chart.chart == CHART else None
        if application is None or fields_of(chart.values, "redisSecretInit").get("enabled") is False:
            continue
        if text_of(application.destination, "namespace") == application.entry.namespace:
            yield Complaint(
                code="argocd-redis-hook-loop",
                about=application.entry,
                message=f"{application} brings the Argo CD that syncs it, with a hook that runs at every sync",
                help="set 'redisSecretInit: {enabled: false}' and make the Secret argocd-redis once",
            )


CHECKS = (
    Check(name="data that a prune deletes", codes=("data-pruned",), run=check_data_is_kept),
    Check(
        name="operators beside what they delete",
        codes=("operator-and-cluster-in-one-app",),
        run=check_operators_outlive,
    ),
    Check(name="Argo CD's own hook", codes=("argocd-redis-hook-loop",), run=check_redis_hook),
)
