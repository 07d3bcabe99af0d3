"""The finished objects: what only the whole of a cluster shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from trimtab.catalogue.kinds import is_namespaced
from trimtab.components.assemble import Plan
from trimtab.documents.document import Document
from trimtab.findings.finding import Finding, Place
from trimtab.findings.path import ROOT, Path, render_path
from trimtab.kube.argocd import application_name
from trimtab.kube.manifests import Built, Identity, Manifest
from trimtab.kube.release import ChartRelease, is_rendered
from trimtab.pipeline.delivering import iter_built
from trimtab.pipeline.origins import find_patched, find_path, find_place
from trimtab.pipeline.placing import build_complaint, is_secret, place_in, place_of_whole
from trimtab.pipeline.state import ClusterState, State
from trimtab.pipeline.unchecked import tell_unchecked
from trimtab.plan.application import OWN
from trimtab.plan.offers import GatewayClass, IngressClass, Issuer, Offer, StorageClass
from trimtab.verify.complaint import Complaint, Unchecked
from trimtab.verify.entry import Entry, make_entry
from trimtab.verify.registry import check_tree
from trimtab.verify.tree import Tree
from trimtab.verify.world import ChartUse, KnownNode, World


def verify_clusters(state: State) -> State:
    """Check what only the whole tree of a cluster shows; each finding points at the settings an object came from."""
    for cluster in state.clusters:
        state = _verify(state, cluster)
    return state


def _verify(state: State, cluster: ClusterState) -> State:
    said = list(check_tree(Tree(_iter_entries(cluster)), plan_world(cluster.require_plan(), cluster.rendered.keys())))
    unchecked = Counter(one.reason for one in said if isinstance(one, Unchecked))
    findings = [_finding(cluster, one) for one in said if isinstance(one, Complaint)]
    return state.found(*findings, *(tell_unchecked(cluster.name, reason, count) for reason, count in unchecked.items()))


def _iter_entries(cluster: ClusterState) -> Iterator[Entry]:
    plan = cluster.require_plan()
    for manifest in cluster.root_objects:
        built = Built(manifest=manifest, id="", origin=_root_origin(plan, manifest))
        yield make_entry(manifest, is_namespaced, application="root", cluster=cluster.name, origin=_Made(built))
    theirs = frozenset(each.file for each in cluster.loaded.manifests)
    for name, objects in cluster.objects.items():
        application = plan.application(name)
        for one in objects:
            yield make_entry(
                one.manifest,
                is_namespaced,
                application=name,
                namespace=application.namespace,
                cluster=cluster.name,
                origin=_Made(one),
                is_proven=application.component != OWN and not _is_touched(one, theirs),
            )
    for name, rendered in cluster.rendered.items():
        if not is_rendered(plan.sources.get(name)):
            for one in iter_built(plan, name, rendered):
                yield make_entry(
                    one.manifest,
                    is_namespaced,
                    application=name,
                    namespace=plan.application(name).namespace,
                    cluster=cluster.name,
                    origin=_Made(one),
                    is_written=False,
                )


def _is_touched(built: Built, theirs: Collection[str]) -> bool:
    """Tell whether an object is of the user's files, or a patch of the user's changed it."""
    return any(one in theirs or one.startswith("patches.") for one in built.origin)


def _root_origin(plan: Plan, manifest: Manifest) -> tuple[str, ...]:
    """Say which settings an object of the root comes from: an Application from its component, else `gitops`."""
    name = str(manifest["metadata"]["name"])
    for application in plan.applications:
        if application_name(plan.cluster, application.name) == name:
            return application.origins or (render_path(application.path),)
    return ("gitops",)


_OFFERED: Mapping[type[Offer], tuple[str, str]] = {
    StorageClass: ("storage.k8s.io", "StorageClass"),
    IngressClass: ("networking.k8s.io", "IngressClass"),
    GatewayClass: ("gateway.networking.k8s.io", "GatewayClass"),
    Issuer: ("cert-manager.io", "ClusterIssuer"),
}


class _Made:
    """A built object as an origin: by identity, for its fields cannot be hashed."""

    __slots__ = ("built",)

    def __init__(self, built: Built) -> None:
        self.built = built


def plan_world(plan: Plan, rendered: Collection[str] = ()) -> World:
    """Say what a cluster's tree will meet.

    Args:
        plan: The cluster's plan.
        rendered: The applications whose chart's objects are in the tree.
    """
    charts = tuple(_iter_charts(plan, rendered))
    wanted = (secret for application in plan.applications for secret in application.secrets)
    return World(
        kubernetes=plan.cluster.kubernetes_minor,
        ip_families=plan.cluster.ip_families,
        kinds=tuple(kind for chart in charts if chart.facts for kind in chart.facts.custom_kinds),
        charts=charts,
        provided=frozenset(_iter_provided(plan)),
        nodes=tuple(_iter_nodes(plan)),
        secrets={(secret.namespace, secret.name): secret.keys for secret in wanted},
    )


def _iter_nodes(plan: Plan) -> Iterator[KnownNode]:
    """Give the declared nodes, with labels that kubelet and kubeadm add (kubernetes.io, well-known labels)."""
    for node in plan.cluster.nodes:
        own = {"kubernetes.io/os": "linux", "kubernetes.io/arch": node.arch}
        own |= {"kubernetes.io/hostname": node.name} if node.address else {}
        own |= {"topology.kubernetes.io/zone": node.zone} if node.zone else {}
        own |= {"node-role.kubernetes.io/control-plane": ""} if node.is_control_plane else {}
        yield KnownNode(name=node.name, labels={**own, **dict(node.labels)}, taints=node.taints)


def _iter_provided(plan: Plan) -> Iterator[Identity]:
    """Give the classes and issuers that components bring, by whichever way: objects of ours, or a chart's."""
    for kind, (group, name) in _OFFERED.items():
        for offer in plan.facts.iter_offers(kind):
            if offer.name:
                yield group, name, "", offer.name


def _iter_charts(plan: Plan, rendered: Collection[str]) -> Iterator[ChartUse]:
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
                facts=source.pin.facts,
                is_rendered=name in rendered,
            )


def _finding(cluster: ClusterState, complaint: Complaint) -> Finding:
    def find(entry: Entry, path: Path, on_key: bool) -> Place | None:
        origin = _origin(entry)
        if patched := find_patched(cluster, origin, path):
            return patched
        document = _document(cluster, entry, origin)
        if document is None:
            return find_place(cluster, origin)
        if is_secret(entry):
            return place_of_whole(document.places, ROOT)
        return place_in(document.places, ROOT, path, on_key=on_key)

    origin = _origin(complaint.about)
    finding = build_complaint(complaint, find, path=find_path(origin), cluster=cluster.name)
    if complaint.path and _document(cluster, complaint.about, origin) is None:
        return replace(finding, label=f"makes '{render_path(complaint.path)}' of {complaint.about}")
    return finding


def _document(cluster: ClusterState, entry: Entry, origin: tuple[str, ...]) -> Document | None:
    """Find the document of the user's that an object is; a patched one has other values, and the same identity."""
    file = next(iter(origin), None)
    documents = [one for each in cluster.loaded.manifests if each.file == file for one in each.documents]
    same = (one for one in documents if one.value is entry.manifest)
    alike = (one for one in documents if _names(one.value) == _names(entry.manifest))
    return next(same, None) or next(alike, None)


def _names(value: object) -> tuple[object, ...] | None:
    if not isinstance(value, Mapping) or not isinstance(metadata := value.get("metadata"), Mapping):
        return None
    return value.get("apiVersion"), value.get("kind"), metadata.get("namespace"), metadata.get("name")


def _origin(entry: Entry) -> tuple[str, ...]:
    return entry.origin.built.origin if isinstance(entry.origin, _Made) else ()
