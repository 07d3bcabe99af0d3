"""The finished objects: what only the whole of a cluster shows."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.findings.finding import Finding, Related, Severity
from trimtab.pipeline.origins import find_path, find_place
from trimtab.pipeline.state import ClusterState, State
from trimtab.verify.objects import Complaint, Owned, check_objects


def verify_clusters(state: State) -> State:
    """Check what only the whole tree of a cluster shows; each finding points at the settings an object came from."""
    return state.found(*(finding for cluster in state.clusters for finding in _verify(cluster)))


def _verify(cluster: ClusterState) -> Iterator[Finding]:
    plan = cluster.require_plan()
    owned = [
        Owned(application=name, namespace=plan.application(name).namespace, built=one)
        for name, objects in cluster.objects.items()
        for one in objects
    ]
    for complaint in check_objects(owned):
        yield _finding(cluster, complaint)


def _finding(cluster: ClusterState, complaint: Complaint) -> Finding:
    origin, other = complaint.about.built.origin, complaint.other
    related = (
        [Related(message="it comes from here too", place=find_place(cluster, other.built.origin))] if other else []
    )
    return Finding(
        code=complaint.code,
        severity=Severity.ERROR,
        message=complaint.message,
        help=complaint.help,
        path=find_path(origin),
        place=find_place(cluster, origin),
        related=tuple(one for one in related if one.place is not None),
        cluster=cluster.name,
        hide_source=complaint.hide_source,
    )
