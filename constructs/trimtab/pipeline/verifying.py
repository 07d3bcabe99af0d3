"""The finished objects: what only the whole of a cluster shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from trimtab.catalogue.chart_facts import chart_facts
from trimtab.catalogue.kinds import custom_kinds, is_namespaced
from trimtab.components.assemble import Plan
from trimtab.findings.finding import Finding, Related
from trimtab.kube.manifests import Built
from trimtab.kube.release import ChartRelease
from trimtab.pipeline.origins import find_path, find_place
from trimtab.pipeline.state import ClusterState, State
from trimtab.rules.codes import CODES
from trimtab.verify.complaint import Complaint, Unchecked
from trimtab.verify.entry import Entry, make_entry
from trimtab.verify.registry import check_tree
from trimtab.verify.tree import Tree
from trimtab.verify.world import ChartUse, World


def verify_clusters(state: State) -> State:
    """Check what only the whole tree of a cluster shows; each finding points at the settings an object came from."""
    for cluster in state.clusters:
        state = _verify(state, cluster)
    return state


def _verify(state: State, cluster: ClusterState) -> State:
    said = list(check_tree(Tree(_iter_entries(cluster)), plan_world(cluster.require_plan())))
    unchecked = Counter(one.reason for one in said if isinstance(one, Unchecked))
    findings = [_finding(cluster, one) for one in said if isinstance(one, Complaint)]
    state = state.found(*findings)
    return state.noted(*(f"{cluster.name}: not checked ({count}): {reason}" for reason, count in unchecked.items()))


def _iter_entries(cluster: ClusterState) -> Iterator[Entry]:
    plan = cluster.require_plan()
    for manifest in cluster.root_objects:
        built = Built(manifest=manifest, id="", origin=())
        yield make_entry(manifest, is_namespaced, application="root", cluster=cluster.name, origin=_Made(built))
    for name, objects in cluster.objects.items():
        namespace = plan.application(name).namespace
        for one in objects:
            yield make_entry(
                one.manifest,
                is_namespaced,
                application=name,
                namespace=namespace,
                cluster=cluster.name,
                origin=_Made(one),
            )


class _Made:
    """A built object as an origin: by identity, for its fields cannot be hashed."""

    __slots__ = ("built",)

    def __init__(self, built: Built) -> None:
        self.built = built


def plan_world(plan: Plan) -> World:
    """Say what a cluster's tree will meet."""
    charts = tuple(_iter_charts(plan))
    wanted = (secret for application in plan.applications for secret in application.secrets)
    return World(
        kubernetes=plan.cluster.kubernetes_minor,
        kinds=tuple(kind for chart in charts for kind in custom_kinds(chart.chart, chart.version)),
        charts=charts,
        secrets={(secret.namespace, secret.name): secret.keys for secret in wanted},
    )


def _iter_charts(plan: Plan) -> Iterator[ChartUse]:
    for name, source in plan.sources.items():
        if isinstance(source, ChartRelease):
            yield ChartUse(
                application=name,
                cluster=plan.cluster.name,
                chart=source.pin.chart,
                version=source.pin.version,
                namespace=plan.application(name).namespace,
                release_name=source.release_name,
                values=source.values,
                facts=chart_facts(source.pin.chart, source.pin.version),
            )


def _finding(cluster: ClusterState, complaint: Complaint) -> Finding:
    origin, code = _origin(complaint.about), CODES[complaint.code]
    related = (Related(message=one.message, place=find_place(cluster, _origin(one.entry))) for one in complaint.others)
    return Finding(
        code=complaint.code,
        severity=code.severity,
        soft=code.soft,
        message=complaint.message,
        help=complaint.help,
        path=find_path(origin),
        place=find_place(cluster, origin),
        related=tuple(one for one in related if one.place is not None),
        cluster=cluster.name,
        hide_source=complaint.hide_source,
    )


def _origin(entry: Entry) -> tuple[str, ...]:
    return entry.origin.built.origin if isinstance(entry.origin, _Made) else ()
