"""The first lines of every object: names, labels, annotations, namespaces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trimtab.catalogue.argocd_names import SYNC_OPTIONS

MANAGED_BY = "app.kubernetes.io/managed-by"

KEPT: Mapping[str, str] = {SYNC_OPTIONS: "Prune=false,Delete=false"}
"""Annotations of what the cluster cannot live without: neither a prune nor the Application's deletion touches it."""

CONFIRMED: Mapping[str, str] = {SYNC_OPTIONS: "Prune=confirm,Delete=confirm"}
"""Annotations of what holds data: Argo CD asks before it deletes.

Source: argo-cd v3.5.1 gitops-engine/pkg/sync/common/types.go.
"""


def plan_object(
    api_version: str,
    kind: str,
    name: str,
    *,
    namespace: str | None = None,
    labels: Mapping[str, str] | None = None,
    annotations: Mapping[str, str] | None = None,
    **rest: Any,
) -> dict[str, Any]:
    """Give an object with the usual metadata.

    Args:
        api_version: Group and version, `v1` for the core group.
        kind: The kind.
        name: The name.
        namespace: The namespace; nothing for cluster-scoped kinds.
        labels: More labels.
        annotations: Annotations.
        rest: The other top-level fields: `spec`, `data`, `rules` and so on.
    """
    metadata: dict[str, Any] = {"name": name}
    if namespace is not None:
        metadata["namespace"] = namespace
    metadata["labels"] = {MANAGED_BY: "trimtab", **(labels or {})}
    if annotations:
        metadata["annotations"] = dict(annotations)
    return {"apiVersion": api_version, "kind": kind, "metadata": metadata, **rest}


def plan_namespace(name: str, pod_security: str | None) -> dict[str, Any]:
    """Give a Namespace that is never pruned, with the pod-security level it enforces.

    Source of the label: kubernetes.io, "Pod Security Admission".
    """
    labels = {} if pod_security is None else {"pod-security.kubernetes.io/enforce": pod_security}
    return plan_object("v1", "Namespace", name, labels=labels, annotations=KEPT)


def without_nothing(mapping: Mapping[str, Any]) -> dict[str, Any]:
    """Give a mapping without the keys whose value is None: what is not said is not written."""
    return {key: value for key, value in mapping.items() if value is not None}
