"""What a cluster asks for against what it has, from its finished objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trimtab.capacity.balance import Asked, Balance, plan_balance
from trimtab.capacity.check import Shortage, check_balance
from trimtab.capacity.claimed import iter_claims
from trimtab.capacity.requested import Requested, iter_requests
from trimtab.findings.finding import Finding
from trimtab.findings.path import ROOT, Path, render_path
from trimtab.kube.manifests import Built
from trimtab.kube.release import ChartRelease, is_rendered
from trimtab.pipeline.delivering import iter_built
from trimtab.pipeline.origins import find_path, find_place
from trimtab.pipeline.state import ClusterState, State
from trimtab.plan.offers import StorageClass
from trimtab.plan.storage import Claim
from trimtab.rules.codes import CODES


def measure_clusters(state: State) -> State:
    """Find what does not fit; each finding points at the settings that ask for it."""
    found = [
        _finding(cluster, shortage)
        for cluster in state.clusters
        for shortage in check_balance(measure_cluster(cluster))
    ]
    return state.found(*found)


def measure_cluster(cluster: ClusterState) -> Balance:
    """Set what a cluster's objects and charts ask for against its machines and disks."""
    plan = cluster.require_plan()
    return plan_balance(
        cluster.name,
        nodes=plan.cluster.nodes,
        classes=plan.facts.iter_offers(StorageClass),
        claims=_iter_claims(cluster),
        requests=_iter_requests(cluster),
        uncounted=[
            name
            for name, source in plan.sources.items()
            if isinstance(source, ChartRelease) and name not in cluster.rendered
        ],
    )


def _iter_claims(cluster: ClusterState) -> Iterator[Asked[Claim]]:
    for application in cluster.require_plan().applications:
        for claim in application.claims:
            yield Asked(application=application.name, what=claim, origin=(render_path(claim.path),))
    for name, objects in _iter_objects(cluster):
        for built in objects:
            for claim in iter_claims(built.manifest):
                yield Asked(application=name, what=claim, origin=built.origin)


def _iter_objects(cluster: ClusterState) -> Iterator[tuple[str, Iterable[Built]]]:
    """Give what is written and what Argo CD will render, as far as it is known."""
    plan = cluster.require_plan()
    yield from cluster.objects.items()
    for name, rendered in cluster.rendered.items():
        if not is_rendered(plan.sources.get(name)):
            yield name, iter_built(plan, name, rendered)


def _iter_requests(cluster: ClusterState) -> Iterator[Asked[Requested]]:
    nodes = cluster.require_plan().cluster.nodes
    for name, objects in _iter_objects(cluster):
        for built in objects:
            for requested in iter_requests(built.manifest, nodes):
                yield Asked(application=name, what=requested, origin=built.origin)


def _finding(cluster: ClusterState, shortage: Shortage) -> Finding:
    code = CODES[shortage.code]
    origin = shortage.about.origin if shortage.about else None
    paths = origin if isinstance(origin, tuple) else ()
    path: Path = find_path(paths) if paths else ROOT
    place = find_place(cluster, paths) if paths else cluster.loaded.merged.key_place_of(("nodes",))
    return Finding(
        code=shortage.code,
        severity=code.severity,
        soft=code.soft,
        message=shortage.message,
        help=shortage.help,
        path=path or ("nodes",),
        place=place,
        cluster=cluster.name,
    )
