"""Whether a name is somebody's: the tree's, the cluster's own, a controller's, or perhaps a chart's."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import cached_property

from trimtab.catalogue.chart_facts import RELEASE_NAMESPACE
from trimtab.findings.suggest import suggest
from trimtab.kube.manifests import Identity
from trimtab.verify.entry import Entry
from trimtab.verify.references.made import iter_made
from trimtab.verify.references.reference import Reference
from trimtab.verify.references.unseen import Unseen
from trimtab.verify.tree import Tree
from trimtab.verify.world import ChartUse, World

_BUILT_IN_ROLES = frozenset({"admin", "cluster-admin", "edit", "view"})
_BUILT_IN_PRIORITIES = frozenset({"system-cluster-critical", "system-node-critical"})
_CLASSES = frozenset({"ClusterIssuer", "GatewayClass", "IngressClass", "PriorityClass", "RuntimeClass", "StorageClass"})
"""Kinds of the whole cluster that whoever runs it makes, and who uses it names."""
_GATEWAYS = "gateway.networking.k8s.io"
"""Whose routes one team may write, and others the Services they lead to and the Gateways they come through."""
_EVERYWHERE = frozenset(
    {
        ("ServiceAccount", "default"),
        ("ConfigMap", "kube-root-ca.crt"),
        ("ConfigMap", "istio-ca-root-cert"),
        ("ConfigMap", "openshift-service-ca.crt"),
    }
)
"""What controllers make in every namespace: Kubernetes' own, istiod, and OpenShift's."""
_SYSTEM_NAMESPACES = frozenset({"kube-system", "kube-public", "kube-node-lease", "default"})
_OF_OPENSHIFT = "openshift-"
"""How the namespaces begin that OpenShift keeps for itself and its operators: nobody else may ask for one."""


def is_of_system(namespace: str) -> bool:
    """Say whether what is in a namespace came with the cluster, so that nobody wrote it down here."""
    return namespace in _SYSTEM_NAMESPACES or namespace.startswith(_OF_OPENSHIFT)


class Answer(Enum):
    """What is known of a name."""

    THERE = "there"
    MISSING = "missing"
    UNKNOWN = "unknown"
    """A chart that is rendered elsewhere, or the distribution, may bring it."""
    ELSEWHERE = "elsewhere"
    """The tree brings nothing of its sort at all, and does not say what else the cluster is sent."""


class Names:
    """All names of a tree and of its world."""

    def __init__(self, tree: Tree, world: World) -> None:
        self._tree = tree
        self._world = world
        self._made = frozenset(iter_made(tree))
        self._unseen = Unseen(tree, world)
        self._charts = tuple(use for use in world.charts if not use.is_rendered)

    def find(self, reference: Reference) -> Entry | None:
        """Give the object of the tree that is named; one that names no namespace may go to any."""
        cluster, (group, kind, namespace, name) = reference.entry.cluster, reference.identity
        found = self._tree.find(cluster, reference.identity)
        return found if found or not namespace else self._tree.find(cluster, (group, kind, "", name))

    def find_all(self, reference: Reference) -> Sequence[Entry]:
        """Give all objects of that name: of alternatives somebody applies one."""
        cluster, (group, kind, _, name) = reference.entry.cluster, reference.identity
        return (*self._tree.owners(cluster, reference.identity), *self._tree.owners(cluster, (group, kind, "", name)))

    def is_made(self, reference: Reference) -> bool:
        """Say whether a controller makes the one that is named, with whatever keys."""
        return (reference.entry.cluster, reference.identity) in self._made

    def ask(self, reference: Reference) -> Answer:
        """Say what is known of the one that is named."""
        cluster, identity = reference.entry.cluster, reference.identity
        if (
            self.find(reference) is not None
            or self.is_made(reference)
            or identity in self._world.provided
            or _is_built_in(reference)
            or (reference.kind == "Secret" and (reference.namespace, reference.name) in self._world.secrets)
        ):
            return Answer.THERE
        if is_of_system(reference.namespace) or self._is_of_argo(reference):
            return Answer.UNKNOWN
        maybe = any(_may_bring(use, identity) for use in self._charts if use.cluster in {"", cluster})
        if maybe or self._unseen.may_bring(cluster, identity):
            return Answer.UNKNOWN
        if self._world.is_part and not self._is_slip(reference):
            return Answer.ELSEWHERE
        return Answer.ELSEWHERE if self._is_open(cluster) and not self._has_alike(reference) else Answer.MISSING

    def _is_of_argo(self, reference: Reference) -> bool:
        """Say whether Argo CD's own installation, which a foreign tree need not hold, may bring a name."""
        return (
            self._world.foreign
            and reference.name.startswith("argocd-")
            and (reference.entry.cluster, reference.namespace) in self._homes_of_argo
        )

    @cached_property
    def _homes_of_argo(self) -> frozenset[tuple[str, str]]:
        kinds = ("Application", "ApplicationSet", "AppProject")
        return frozenset(
            (one.cluster, one.namespace) for kind in kinds for one in self._tree.of_kind("argoproj.io", kind)
        )

    def _is_slip(self, reference: Reference) -> bool:
        """Say whether a part of a tree holds others of the sort that it lacks: a near one, where many bring some."""
        there = self.names_of(reference)
        return bool(there) and (bool(reference.namespace) or suggest(reference.name, there) is not None)

    def _is_open(self, cluster: str) -> bool:
        """Say whether a tree is part of what its cluster is sent: somebody else's, and no Application in it."""
        is_given = bool(self._world.secrets or self._world.provided)
        applications = (one for one in self._tree.of_kind("argoproj.io", "Application") if one.cluster == cluster)
        return self._world.foreign and not is_given and next(applications, None) is None

    def _has_alike(self, reference: Reference) -> bool:
        """Say whether a tree brings objects such as the named one: to its namespace, of its kind, or of a near name."""
        cluster, (_, kind, namespace, _) = reference.entry.cluster, reference.identity
        if kind == "Secret":
            return self._makes_secrets(cluster, namespace)
        if kind == "Service" and reference.entry.group == _GATEWAYS:
            return any(one.cluster == cluster and one.namespace == namespace for one in self._tree.of_kind("", kind))
        if kind == "Gateway" or kind in _CLASSES:
            return suggest(reference.name, self.names_of(reference)) is not None
        if namespace:
            return namespace == reference.entry.namespace or (cluster, namespace) in self._namespaces
        return True

    def _makes_secrets(self, cluster: str, namespace: str) -> bool:
        return (cluster, namespace) in self._with_secrets

    @cached_property
    def _namespaces(self) -> frozenset[tuple[str, str]]:
        return frozenset((one.cluster, one.namespace) for one in self._tree.entries)

    @cached_property
    def _with_secrets(self) -> frozenset[tuple[str, str]]:
        """The namespaces that somebody makes a Secret in."""
        written = {(one.cluster, one.namespace) for one in self._tree.of_kind("", "Secret")}
        made = {(cluster, namespace) for cluster, (_, kind, namespace, _) in self._made if kind == "Secret"}
        return frozenset(written | made)

    def names_of(self, reference: Reference) -> list[str]:
        """Give the names that would have been known, for a suggestion."""
        entries = self._tree.of_kind(reference.group, reference.kind)
        here = {one.name for one in entries if one.cluster == reference.entry.cluster}
        in_namespace = {one.name for one in entries if one.namespace == reference.namespace}
        group, kind, namespace, _ = reference.identity
        given = {
            name for one, what, where, name in self._world.provided if (one, what, where) == (group, kind, namespace)
        }
        cluster = reference.entry.cluster
        made = {name for where, (*rest, name) in self._made if (where, rest) == (cluster, [group, kind, namespace])}
        return sorted((here & in_namespace) | given | made)


def _is_built_in(reference: Reference) -> bool:
    name = reference.name
    if (reference.kind, name) in _EVERYWHERE:
        return True
    if reference.kind == "ClusterRole":
        return name in _BUILT_IN_ROLES or name.startswith("system:")
    if reference.kind == "Role":
        return name.startswith(("system:", "extension-apiserver-authentication-reader"))
    return reference.kind == "PriorityClass" and name in _BUILT_IN_PRIORITIES


def _may_bring(use: ChartUse, identity: Identity) -> bool:
    """Say whether a chart may render an object of this kind there, or its program make one."""
    group, kind, namespace, _ = identity
    if use.facts is None:
        return namespace in {"", use.namespace}
    if namespace == use.namespace and kind in {"Secret", "ConfigMap", "Service", "ServiceAccount"}:
        return True
    for one in use.facts.renders:
        if (one.group, one.kind) == (group, kind):
            places = {use.namespace if where in {RELEASE_NAMESPACE, ""} else where for where in one.namespaces}
            if not one.namespaced or namespace in places or not one.namespaces:
                return True
    return False
