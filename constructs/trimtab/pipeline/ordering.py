"""The order once more, with what only the built objects know: dependencies of constructs, what own applications use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from trimtab.components.assemble import Plan
from trimtab.findings.finding import Finding, Severity
from trimtab.findings.path import Path
from trimtab.kube.manifests import split_api_version
from trimtab.pipeline.state import ClusterState, State
from trimtab.plan.application import OWN
from trimtab.plan.offers import ApiGroup, Controller, GatewayClass, IngressClass, Issuer, Need, StorageClass
from trimtab.plan.order import Edge, Order, plan_order, render_ring

_CLASS_FIELDS = {
    "storageClassName": StorageClass,
    "ingressClassName": IngressClass,
    "gatewayClassName": GatewayClass,
}
"""Fields that name what another application brings, wherever they stand in an object."""


def order_clusters(state: State) -> State:
    """Work out the order of every cluster again; a ring that the new edges close is a finding."""
    clusters = []
    for cluster in state.clusters:
        plan = _reorder(cluster, cluster.require_plan())
        clusters.append(replace(cluster, plan=plan))
        state = state.found(*_check_ring(cluster, plan.order))
    return replace(state, clusters=tuple(clusters))


def _reorder(cluster: ClusterState, plan: Plan) -> Plan:
    own = [application.name for application in plan.applications if application.component == OWN]
    edges = [*cluster.edges, *(edge for name in own for edge in _iter_edges(cluster, plan, name))]
    return replace(plan, order=plan_order(plan.applications, plan.offers, edges)) if edges else plan


def _iter_edges(cluster: ClusterState, plan: Plan, application: str) -> Iterator[Edge]:
    yield from _iter_namespace_edges(cluster, plan, application)
    for built in cluster.objects.get(application, ()):
        for need in _iter_uses(built.manifest):
            for offer in plan.offers:
                if need.is_met_by(offer):
                    yield Edge(first=offer.by, then=application, because=str(need))


def _iter_namespace_edges(cluster: ClusterState, plan: Plan, application: str) -> Iterator[Edge]:
    """Wait for who writes the namespaces that objects go to: in a namespace that is not there, nothing can be made."""
    owners = {
        str(built.manifest["metadata"]["name"]): name
        for name, objects in cluster.objects.items()
        for built in objects
        if (built.manifest["apiVersion"], built.manifest["kind"]) == ("v1", "Namespace")
    }
    default = plan.application(application).namespace
    objects = cluster.objects.get(application, ())
    for namespace in sorted({str(built.manifest["metadata"].get("namespace") or default) for built in objects}):
        owner = owners.get(namespace, application)
        if owner != application:
            yield Edge(first=owner, then=application, because=f"namespace {namespace}")


def _iter_uses(manifest: Mapping[str, Any]) -> Iterator[Need]:
    """Find what an object uses: its API group and who acts on it, and the classes and issuers that it names."""
    group, _ = split_api_version(manifest["apiVersion"])
    if group:
        yield Need(offer=ApiGroup, name=group)
        yield Need(offer=Controller, name=group)
    yield from _iter_named(manifest)


def _iter_named(value: object) -> Iterator[Need]:
    if isinstance(value, list):
        for item in value:
            yield from _iter_named(item)
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key in _CLASS_FIELDS and isinstance(inner, str):
                yield Need(offer=_CLASS_FIELDS[key], name=inner)
            if key == "issuerRef" and isinstance(inner, Mapping) and inner.get("kind") == "ClusterIssuer":
                yield Need(offer=Issuer, name=str(inner.get("name")))
            yield from _iter_named(inner)


def _check_ring(cluster: ClusterState, order: Order) -> Iterator[Finding]:
    if order.ring:
        path: Path = ("constructs",) if any(edge in cluster.edges for edge in order.ring) else ("applications",)
        names = ", ".join(dict.fromkeys(edge.then for edge in order.ring))
        yield Finding(
            code="ring",
            severity=Severity.ERROR,
            message=f"these applications wait for each other: {names}\n{render_ring(order.ring)}",
            help="one of them must do without the other",
            path=path,
            place=cluster.loaded.merged.key_place_of(path),
            cluster=cluster.name,
        )
