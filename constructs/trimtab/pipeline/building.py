"""Plan to objects: component builders, extra manifests, the user's constructs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

from trimtab.catalogue.kinds import scope
from trimtab.components.assemble import Plan
from trimtab.doors.disk import read_bytes
from trimtab.doors.errors import OutsideError
from trimtab.findings.finding import Finding
from trimtab.kube.manifests import Built, Collected
from trimtab.kube.objects import plan_namespace
from trimtab.pipeline.extra_manifests import add_extra_manifests
from trimtab.pipeline.state import ClusterState, State
from trimtab.pipeline.unwritable import check_writable
from trimtab.plan.application import OWN
from trimtab.plan.order import Edge
from trimtab.secrets.references import list_references
from trimtab.synth.records import ApplicationInput, ChartObject, ClusterInput, ClusterResult, OwnObject, UserConstruct
from trimtab.synth.synthesis import synthesize

UNOWNED_NAMESPACES = frozenset({"default", "kube-system", "kube-public", "kube-node-lease"})
"""Namespaces that Kubernetes makes itself."""

_MAX_BYTES = 1_000_000
"""The longest Python file that lines are shown of, in bytes."""

CollectedCluster = Mapping[str, Collected]
"""Application to the objects that our builders and the user's manifests gave it."""


def build_clusters(state: State) -> State:
    """Build every object of every cluster, by way of cdk8s where the user has constructs of their own there."""
    collected: dict[str, CollectedCluster] = {}
    for cluster in state.clusters:
        collected[cluster.name], findings = _collect(cluster)
        state = state.found(*findings)
    if state.has_errors:
        return state
    inputs = [_input(cluster, collected[cluster.name]) for cluster in state.clusters]
    result = synthesize(inputs, root=state.options.root, is_namespaced=_is_namespaced)
    state = replace(state, tracebacks=result.tracebacks).found(
        *(_locate(one, state.clusters) for one in result.findings)
    )
    state = replace(state, construct_texts=_read_constructs(state))
    if state.has_errors:
        return state
    built = {one.name: one for one in result.clusters}
    for cluster in state.clusters:
        state = state.found(*check_writable(cluster, built[cluster.name]))
    clusters = tuple(_take(cluster, built[cluster.name], collected[cluster.name]) for cluster in state.clusters)
    return replace(state, clusters=clusters)


def _locate(finding: Finding, clusters: Iterable[ClusterState]) -> Finding:
    """Give a finding that only names a setting its place, and its cluster where no other one has that setting."""
    having = [cluster for cluster in clusters if finding.path and cluster.loaded.merged.key_places(finding.path)]
    if not having:
        return finding
    place = finding.place or having[0].loaded.merged.key_place_of(finding.path)
    return replace(finding, place=place, cluster=finding.cluster or (having[0].name if len(having) == 1 else None))


def _read_constructs(state: State) -> dict[str, str]:
    """Read the user's files that findings point into, to show the lines in question."""
    files = {one.place.file for one in state.findings if one.place is not None and one.place.file not in state.texts}
    texts: dict[str, str] = {}
    for file in sorted(files):
        with suppress(OutsideError):  # the finding stands without its lines
            texts[file] = read_bytes(state.options.root / file, limit=_MAX_BYTES).decode("utf-8", "replace")
    return texts


def _collect(cluster: ClusterState) -> tuple[CollectedCluster, list[Finding]]:
    plan = cluster.require_plan()
    parts = {part.component.name: part for part in plan.parts}
    findings: list[Finding] = []
    collected: dict[str, Collected] = {}
    references = list_references(plan.applications, plan.cluster, plan.order.waves)
    for application in plan.applications:
        into = collected[application.name] = Collected()
        if application.component != OWN:
            part = parts[application.component]
            part.component.build.build(into, application.name, part.settings, plan.facts)
        for reference in references.get(application.name, ()):
            into.add(reference, origin=("secrets",))
        findings += add_extra_manifests(into, cluster.loaded, application.name)
    _add_namespaces(collected, plan)
    return collected, findings


def _add_namespaces(collected: CollectedCluster, plan: Plan) -> None:
    """Give each namespace to the first application that wants it made, a component's before one of the user's."""
    there = set(UNOWNED_NAMESPACES) | {name for built in collected.values() for name in _iter_namespaces(built)}
    for application in sorted(plan.applications, key=lambda one: (one.component == OWN, plan.order.waves[one.name])):
        name = application.namespace
        if application.creates_namespace and name not in there:
            there.add(name)
            namespace = plan_namespace(name, application.pod_security)
            collected[application.name].add(namespace, origin=application.origins)


def _iter_namespaces(built: Iterable[Built]) -> Iterator[str]:
    for one in built:
        if one.manifest["apiVersion"] == "v1" and one.manifest["kind"] == "Namespace":
            yield one.manifest["metadata"]["name"]


def _input(cluster: ClusterState, collected: CollectedCluster) -> ClusterInput:
    plan = cluster.require_plan()
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
    for name, own in sorted(cluster.require_plan().cluster.settings.constructs.items()):
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
    return None if known is None else bool(known == "Namespaced")


def _take(cluster: ClusterState, result: ClusterResult, collected: CollectedCluster) -> ClusterState:
    objects = {name: tuple(_built(one, collected[name]) for one in found) for name, found in result.objects.items()}
    edges = tuple(Edge(first=before, then=name, because="a dependency of constructs") for name, before in result.edges)
    return replace(cluster, objects=objects, edges=edges)


def _built(one: ChartObject, collected: Collected) -> Built:
    key = one.construct_path.partition("/")[2]
    ours = None if one.from_user else collected.find(key)
    return Built(manifest=one.manifest, id=key, origin=one.origin, reasons=ours.reasons if ours else {})
