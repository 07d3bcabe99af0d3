"""The AppProject of a cluster: what its Applications may touch, computed from what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from trimtab.catalogue.argocd_names import SYNC_WAVE
from trimtab.catalogue.kinds import scope
from trimtab.kube.argocd import API_VERSION, FINALIZER, application_name, plan_destination, repository_url
from trimtab.kube.manifests import Manifest
from trimtab.kube.objects import KEPT, plan_object
from trimtab.kube.release import ChartRelease, GitFiles, Source, is_rendered
from trimtab.plan.application import Application
from trimtab.plan.cluster import Cluster
from trimtab.settings.gitops import SyncWindow

PROJECT_WAVE = -10
"""Below every Application: a project must be there before them and outlive them (argo-cd issue 1329)."""

_GIT_KINDS = (
    ("apiextensions.k8s.io", "CustomResourceDefinition"),
    ("admissionregistration.k8s.io", "ValidatingAdmissionPolicy"),
    ("admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding"),
)
"""The cluster-scoped kinds in the folders of manifests that the catalogue names (Gateway API's release files)."""


def plan_project(
    cluster: Cluster,
    applications: Sequence[Application],
    sources: Mapping[str, Source],
    manifests: Mapping[str, Sequence[Manifest]],
) -> dict[str, Any]:
    """Give the AppProject that all Applications of a cluster belong to.

    Nobody validates a project that comes from Git, and what it does not list is refused at sync: so its lists are the
    sources, namespaces and cluster-scoped kinds that the applications really have.

    Args:
        cluster: The cluster.
        applications: Its applications.
        sources: Application to chart release or Git files.
        manifests: Application to its own objects, and those of its chart where we render it.
    """
    gitops = cluster.settings.gitops
    sources = {name: source for name, source in sources.items() if not is_rendered(source)}
    spec: dict[str, Any] = {
        "description": f"What runs in {cluster.name}",
        "sourceRepos": sorted({gitops.repo_url, *(repository_url(cluster, s.pin.repo_url) for s in sources.values())}),
        "destinations": [plan_destination(cluster, name) for name in _namespaces(applications, sources, manifests)],
        "clusterResourceWhitelist": [
            {"group": group, "kind": kind}
            for group, kind in sorted(_cluster_kinds(sources.values(), manifests) | _asked_kinds(applications))
        ],
    }
    if gitops.sync_windows:
        spec["syncWindows"] = [_window(cluster, name, window) for name, window in sorted(gitops.sync_windows.items())]
    manifest = plan_object(
        API_VERSION,
        "AppProject",
        cluster.name,
        namespace=gitops.namespace,
        annotations={SYNC_WAVE: str(PROJECT_WAVE), **KEPT},
        spec=spec,
    )
    manifest["metadata"]["finalizers"] = [FINALIZER]
    return manifest


def _namespaces(
    applications: Iterable[Application], sources: Mapping[str, Source], manifests: Mapping[str, Sequence[Manifest]]
) -> list[str]:
    names = {application.namespace for application in applications}
    for source in sources.values():
        if isinstance(source, ChartRelease):
            facts = source.pin.facts
            named = {name for kind in facts.renders for name in kind.namespaces} if facts else set()
            names |= {source.namespace, *(name for name in named if name and not name.startswith("{"))}
    for objects in manifests.values():
        names |= {found for o in objects if (found := o["metadata"].get("namespace"))}
    return sorted(names)


def _cluster_kinds(sources: Iterable[Source], manifests: Mapping[str, Sequence[Manifest]]) -> set[tuple[str, str]]:
    kinds: set[tuple[str, str]] = set()
    for source in sources:
        if isinstance(source, GitFiles):
            kinds.update(_GIT_KINDS)
        elif facts := source.pin.facts:
            kinds |= {(kind.group, kind.kind) for kind in facts.renders if not kind.namespaced}
    for objects in manifests.values():
        kinds |= {_group_kind(o) for o in objects if is_cluster_scoped(o)}
    return kinds


def _asked_kinds(applications: Iterable[Application]) -> set[tuple[str, str]]:
    return {kind for application in applications for kind in application.cluster_kinds}


def is_cluster_scoped(manifest: Manifest) -> bool:
    """Say whether an object has no namespace; an unknown kind is taken at its word."""
    known = scope(*_group_kind(manifest))
    return known == "Cluster" if known else "namespace" not in manifest["metadata"]


def _group_kind(manifest: Manifest) -> tuple[str, str]:
    group, slash, _ = str(manifest["apiVersion"]).partition("/")
    return (group if slash else "", str(manifest["kind"]))


def _window(cluster: Cluster, name: str, window: SyncWindow) -> dict[str, Any]:
    """Give a window by the names that Argo CD knows its Applications by."""
    wanted: dict[str, Any] = {
        "kind": window.kind,
        "schedule": window.schedule,
        "duration": window.duration,
        "applications": [name if name == "*" else application_name(cluster, name) for name in window.applications],
        "description": name,
    }
    if window.manual_sync:
        wanted["manualSync"] = True
    return wanted if window.time_zone == "UTC" else {**wanted, "timeZone": window.time_zone}
