"""Which pods stand where, and where others may stand that the tree does not show."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.findings.path import Path
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, list_of, text_of
from trimtab.verify.references.known import is_of_system
from trimtab.verify.tree import PodTemplate, Tree
from trimtab.verify.world import World

_WITHOUT_PODS = frozenset(
    {
        "argoproj.io",
        "bitnami.com",
        "cert-manager.io",
        "external-secrets.io",
        "metallb.io",
        "projectcalico.org",
        "traefik.io",
    }
)
"""Groups whose objects make no pods with labels of anybody's choice."""
_RBAC = "rbac.authorization.k8s.io"
_MAKE_PODS = frozenset({"*", "pods", "deployments", "daemonsets", "statefulsets", "replicasets", "jobs"})
_MONITORS = frozenset({"ServiceMonitor", "PodMonitor", "Probe", "PrometheusRule", "ScrapeConfig"})


class Places:
    """Which pods stand in which namespace, and which namespaces charts fill that are rendered elsewhere."""

    def __init__(self, tree: Tree, world: World) -> None:
        self._pods: dict[tuple[str, str], list[PodTemplate]] = {}
        for pod in tree.pods:
            self._pods.setdefault((pod.entry.cluster, pod.entry.namespace), []).append(pod)
        self._open = {(use.cluster, use.namespace) for use in world.charts if not use.is_rendered}
        self._open |= world.filled
        self._open |= {(one.cluster, _place_of(one)) for one in tree.entries if _may_make_pods(one)}
        self._open |= set(_iter_operated(tree)) if world.foreign else set()
        self._is_part = world.is_part

    def pods(self, entry: Entry) -> list[PodTemplate]:
        """Give the pods in an object's namespace."""
        return self._pods.get((entry.cluster, entry.namespace), [])

    def is_open(self, entry: Entry) -> bool:
        """Say whether pods may be there that the tree does not show: a chart's, or those that an operator makes."""
        namespace = entry.namespace
        if not namespace or is_of_system(namespace):
            return True
        if self._is_part and (not self.pods(entry) or namespace in {where for _, where in self._open}):
            return True
        return (entry.cluster, namespace) in self._open or ("", namespace) in self._open


def _may_make_pods(entry: Entry) -> bool:
    """Say whether an operator may make pods of an object: of any custom one, but for those that are known not to."""
    if "." not in entry.group or entry.group.endswith(".k8s.io"):
        return False
    return bool(_place_of(entry)) and entry.group not in _WITHOUT_PODS and entry.kind not in _MONITORS


def _place_of(entry: Entry) -> str:
    """Give the namespace that an operator works in for an object: the one it names as its target, else its own."""
    return text_of(fields_of(entry.manifest, "spec"), "targetNamespace") or entry.namespace


def _iter_operated(tree: Tree) -> Iterator[tuple[str, str]]:
    """Give the namespaces of accounts that may create pods: an operator brings its own where it runs."""
    makers = {
        (role.cluster, role.kind, role.name)
        for kind in ("ClusterRole", "Role")
        for role in tree.of_kind(_RBAC, kind)
        if any(_may_create_pods(rule) for _, rule in iter_fields(role.manifest, "rules"))
    }
    for kind in ("ClusterRoleBinding", "RoleBinding"):
        for binding in tree.of_kind(_RBAC, kind):
            role = fields_of(binding.manifest, "roleRef")
            if (binding.cluster, text_of(role, "kind"), text_of(role, "name")) in makers:
                for _, subject in iter_fields(binding.manifest, "subjects"):
                    yield binding.cluster, text_of(subject, "namespace")


def _may_create_pods(rule: Fields) -> bool:
    verbs, resources = list_of(rule, "verbs"), list_of(rule, "resources")
    return ("create" in verbs or "*" in verbs) and any(one in _MAKE_PODS for one in resources if isinstance(one, str))


def selects_nothing(entry: Entry, path: Path, what: str) -> Complaint:
    """Say that a selector selects nothing."""
    return Complaint(
        code="selects-nothing",
        about=entry,
        path=path,
        message=f"{entry} selects no {what}: nothing in the namespace '{entry.namespace}' has these labels",
        help=f"write the labels that the {what}s have",
    )
