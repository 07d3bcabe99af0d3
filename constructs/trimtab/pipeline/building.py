"""Plan to objects: component builders, extra manifests, the user's constructs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from trimtab.catalogue.kinds import scope
from trimtab.components.assemble import OWN, Plan
from trimtab.findings.finding import Finding
from trimtab.kube.manifests import Built, Collected
from trimtab.kube.objects import plan_namespace
from trimtab.pipeline.extra_manifests import add_extra_manifests
from trimtab.pipeline.state import ClusterState, State
from trimtab.plan.application import Application
from trimtab.plan.order import Edge, plan_order
from trimtab.synth.app import synthesize
from trimtab.synth.records import ApplicationInput, ChartObject, ClusterInput, ClusterResult, OwnObject, UserConstruct

UNOWNED_NAMESPACES = frozenset({"default", "kube-system", "kube-public", "kube-node-lease"})
"""Namespaces that Kubernetes makes itself."""

CollectedCluster = Mapping[str, Collected]
"""Application to the objects that our builders and the user's manifests gave it."""


def build_clusters(state: State) -> State:
    """Build every object of every cluster, in one cdk8s App a cluster with a chart an application."""
    collected: dict[str, CollectedCluster] = {}
    for cluster in state.clusters:
        collected[cluster.name], findings = _collect(cluster, _plan(cluster))
        state = state.found(*findings)
    if state.has_errors:
        return state
    inputs = [_input(cluster, collected[cluster.name]) for cluster in state.clusters]
    result = synthesize(inputs, root=state.options.root, is_namespaced=_is_namespaced)
    state = replace(state, tracebacks=result.tracebacks).found(*result.findings)
    if state.has_errors:
        return state
    built = {one.name: one for one in result.clusters}
    clusters = tuple(_take(cluster, built[cluster.name], collected[cluster.name]) for cluster in state.clusters)
    return replace(state, clusters=clusters)


def _plan(cluster: ClusterState) -> Plan:
    if cluster.plan is None:
        raise RuntimeError(f"cluster {cluster.name} is built before it has a plan")
    return cluster.plan


def _collect(cluster: ClusterState, plan: Plan) -> tuple[CollectedCluster, list[Finding]]:
    parts = {part.component.name: part for part in plan.parts}
    findings: list[Finding] = []
    collected: dict[str, Collected] = {}
    brought: set[str] = set()
    for application in plan.applications:
        into = collected[application.name] = Collected()
        if application.component != OWN:
            part = parts[application.component]
            part.component.build.build(into, application.name, part.settings, plan.facts)
        findings += add_extra_manifests(into, cluster.loaded, application)
        _add_namespace(into, application, brought)
    return collected, findings


def _add_namespace(into: Collected, application: Application, brought: set[str]) -> None:
    name = application.namespace
    if application.creates_namespace and name not in UNOWNED_NAMESPACES and name not in brought:
        brought.add(name)
        if not any(_is_namespace(built, name) for built in into):
            into.add(plan_namespace(name, application.pod_security), origin=application.origins)


def _is_namespace(built: Built, name: str) -> bool:
    return built.manifest["kind"] == "Namespace" and built.manifest["metadata"]["name"] == name


def _input(cluster: ClusterState, collected: CollectedCluster) -> ClusterInput:
    plan = _plan(cluster)
    return ClusterInput(
        name=cluster.name,
        facts=plan.facts,
        applications=tuple(
            ApplicationInput(
                name=name,
                namespace=plan.application(name).namespace,
                objects=tuple(OwnObject(manifest=b.manifest, id=b.id, origin=b.origin) for b in objects),
                constructs=tuple(_constructs(cluster, name)),
            )
            for name, objects in collected.items()
        ),
    )


def _constructs(cluster: ClusterState, application: str) -> Iterator[UserConstruct]:
    for name, own in sorted(_plan(cluster).cluster.settings.constructs.items()):
        if own.application == application:
            yield UserConstruct(
                name=name,
                file=own.file,
                symbol=own.symbol,
                application=application,
                settings=own.settings,
                place=cluster.loaded.merged.key_place_of(("constructs", name)),
            )


def _is_namespaced(group: str, kind: str) -> bool | None:
    known = scope(group, kind)
    return None if known is None else known == "Namespaced"


def _take(cluster: ClusterState, result: ClusterResult, collected: CollectedCluster) -> ClusterState:
    objects = {name: tuple(_built(one, collected[name]) for one in found) for name, found in result.objects.items()}
    if result.edges:
        cluster = replace(cluster, plan=_with_edges(_plan(cluster), result))
    return replace(cluster, objects=objects)


def _with_edges(plan: Plan, result: ClusterResult) -> Plan:
    edges = [Edge(first=before, then=name, because="a dependency of constructs") for name, before in result.edges]
    return replace(plan, order=plan_order(plan.applications, plan.facts.offers, edges))


def _built(one: ChartObject, collected: Collected) -> Built:
    key = one.construct_path.partition("/")[2]
    ours = None if one.from_user else collected.find(key)
    return Built(manifest=one.manifest, id=key, origin=one.origin, reasons=ours.reasons if ours else {})
