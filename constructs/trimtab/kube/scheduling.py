"""Where pods may run: tolerations, node selectors and replica counts that follow from the nodes."""

from __future__ import annotations

from typing import Any

from trimtab.plan.cluster import Cluster
from trimtab.settings.component import Resources


def plan_tolerations(cluster: Cluster) -> list[dict[str, Any]]:
    """Tolerate exactly the taints that nodes of this cluster carry: for what must run on every node."""
    return [_toleration(taint) for taint in cluster.taints]


def _toleration(taint: str) -> dict[str, Any]:
    key_value, _, effect = taint.rpartition(":")
    key, has_value, value = key_value.partition("=")
    toleration = {"key": key, "operator": "Equal", "value": value} if has_value else {"key": key, "operator": "Exists"}
    return {**toleration, "effect": effect}


def plan_node_selector(cluster: Cluster, architectures: tuple[str, ...]) -> dict[str, str]:
    """Keep pods off nodes whose architecture their images lack.

    Args:
        cluster: The cluster.
        architectures: What the images exist for, in Kubernetes' words; empty when that is not known.

    Returns:
        A node selector; empty where every node will do, or where several of several architectures would (a selector
        can name only one: `plan_architecture_affinity` says more than one).
    """
    if not architectures or set(cluster.architectures) <= set(architectures):
        return {}
    usable = [arch for arch in cluster.architectures if arch in architectures]
    return {"kubernetes.io/arch": usable[0]} if usable else {"kubernetes.io/arch": architectures[0]}


def plan_architecture_affinity(cluster: Cluster, architectures: tuple[str, ...]) -> dict[str, Any]:
    """Like `plan_node_selector`, as a node affinity that may name several architectures."""
    if not architectures or set(cluster.architectures) <= set(architectures):
        return {}
    usable = [arch for arch in cluster.architectures if arch in architectures] or list(architectures)
    term = {"matchExpressions": [{"key": "kubernetes.io/arch", "operator": "In", "values": usable}]}
    return {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [term]}}}


def plan_replicas(cluster: Cluster, wanted: int) -> int:
    """Give a replica count that the cluster can hold: one on small clusters, never more than schedulable nodes."""
    if cluster.is_small:
        return 1
    return max(1, min(wanted, len(cluster.schedulable_nodes))) if cluster.has_nodes else wanted


def plan_workload(cluster: Cluster, architectures: tuple[str, ...], resources: Resources | None) -> dict[str, Any]:
    """Give what a chart's workload is told of the nodes and of its share of them; nothing that need not be said.

    An affinity, not a node selector: what runs on every node must run on each architecture that has an image.

    Args:
        cluster: The cluster.
        architectures: What the workload's images exist for, in Kubernetes' words; empty when that is not known.
        resources: What the user gives it.
    """
    values: dict[str, Any] = {}
    if affinity := plan_architecture_affinity(cluster, architectures):
        values["affinity"] = affinity
    if resources:
        values["resources"] = resources.to_kubernetes()
    return values
