"""The order in which a chart's objects are given: what others stand on comes first."""

from __future__ import annotations

from collections.abc import Iterable

from trimtab.charts.rendering import Manifest, identify

_FIRST = (
    "Namespace",
    "NetworkPolicy",
    "ResourceQuota",
    "LimitRange",
    "PriorityClass",
    "ServiceAccount",
    "Secret",
    "ConfigMap",
    "StorageClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "ClusterRole",
    "ClusterRoleBinding",
    "Role",
    "RoleBinding",
    "Service",
    "DaemonSet",
    "Pod",
    "ReplicaSet",
    "Deployment",
    "HorizontalPodAutoscaler",
    "StatefulSet",
    "Job",
    "CronJob",
    "IngressClass",
    "Ingress",
    "APIService",
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
)
"""Helm's own order, shortened (helm/helm pkg/release/v1/util/kind_sorter.go, InstallOrder); other kinds come last."""

_RANK = {kind: rank for rank, kind in enumerate(_FIRST)}


def order_manifests(manifests: Iterable[Manifest]) -> tuple[Manifest, ...]:
    """Sort objects by kind, then by group, namespace and name; equal ones keep the chart's order."""
    return tuple(sorted(manifests, key=_rank))


def _rank(manifest: Manifest) -> tuple[int, str, str, str, str]:
    known = identify(manifest)
    return _RANK.get(known.kind, len(_FIRST)), known.kind, known.api_version, known.namespace, known.name
