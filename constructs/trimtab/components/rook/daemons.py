"""Where Ceph's daemons run, how much they take, and what they may push aside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trimtab.components.releases import wanted_release
from trimtab.components.rook.settings import Daemon, Settings
from trimtab.components.rook.storage import is_small, tolerated_taints
from trimtab.kube.scheduling import plan_architecture_affinity, plan_tolerations
from trimtab.plan.cluster import Cluster

Amounts = Mapping[str, Mapping[str, str]]

_UPSTREAM: Mapping[str, Amounts] = {
    "mon": {"requests": {"cpu": "1000m", "memory": "1Gi"}, "limits": {"memory": "2Gi"}},
    "mgr": {"requests": {"cpu": "500m", "memory": "512Mi"}, "limits": {"memory": "1Gi"}},
    "osd": {"requests": {"cpu": "1000m", "memory": "4Gi"}, "limits": {"memory": "4Gi"}},
    "prepareosd": {"requests": {"cpu": "500m", "memory": "50Mi"}},
    "mgr-sidecar": {"requests": {"cpu": "100m", "memory": "40Mi"}, "limits": {"memory": "100Mi"}},
    "crashcollector": {"requests": {"cpu": "100m", "memory": "60Mi"}, "limits": {"memory": "60Mi"}},
    "exporter": {"requests": {"cpu": "50m", "memory": "50Mi"}, "limits": {"memory": "128Mi"}},
    "mds": {"requests": {"cpu": "1000m", "memory": "4Gi"}, "limits": {"memory": "4Gi"}},
    "rgw": {"requests": {"cpu": "1000m", "memory": "1Gi"}, "limits": {"memory": "2Gi"}},
    "toolbox": {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"memory": "1Gi"}},
}
"""Upstream's own amounts (rook v1.20.6 deploy/charts/rook-ceph-cluster/values.yaml, resources)."""

_SMALL: Mapping[str, Amounts] = {
    **_UPSTREAM,
    "mon": {"requests": {"cpu": "100m", "memory": "512Mi"}, "limits": {"memory": "1Gi"}},
    "mgr": {"requests": {"cpu": "100m", "memory": "512Mi"}, "limits": {"memory": "1Gi"}},
    "osd": {"requests": {"cpu": "200m", "memory": "2Gi"}, "limits": {"memory": "2Gi"}},
    "prepareosd": {"requests": {"cpu": "100m", "memory": "50Mi"}},
    "mgr-sidecar": {"requests": {"cpu": "20m", "memory": "40Mi"}, "limits": {"memory": "100Mi"}},
    "crashcollector": {"requests": {"cpu": "10m", "memory": "60Mi"}, "limits": {"memory": "60Mi"}},
    "exporter": {"requests": {"cpu": "10m", "memory": "50Mi"}, "limits": {"memory": "128Mi"}},
    "mds": {"requests": {"cpu": "100m", "memory": "1Gi"}, "limits": {"memory": "1Gi"}},
    "rgw": {"requests": {"cpu": "100m", "memory": "256Mi"}, "limits": {"memory": "1Gi"}},
    "toolbox": {"requests": {"cpu": "10m", "memory": "64Mi"}, "limits": {"memory": "512Mi"}},
}
"""Ours for small clusters. An osd keeps what Rook calls the least, 2 GiB (pkg/operator/ceph/cluster/osd/osd.go:75)."""

_OF_CLUSTER = ("mon", "mgr", "osd", "prepareosd", "mgr-sidecar", "crashcollector", "exporter")
"""What CephCluster starts; metadata servers and gateways belong to their filesystem and object store."""

_PRIORITIES: Mapping[Daemon, str] = {
    "mon": "system-node-critical",
    "mgr": "system-cluster-critical",
    "osd": "system-node-critical",
    "mds": "system-cluster-critical",
    "rgw": "system-cluster-critical",
}
"""Upstream's own (rook v1.20.6 deploy/charts/rook-ceph-cluster/values.yaml, priorityClassNames)."""


def plan_resources(settings: Settings, cluster: Cluster, workload: str) -> dict[str, Any]:
    """Give the resources of one workload: the user's, else those of the size class."""
    for name, given in settings.resources.items():
        if name == workload:
            return given.to_kubernetes()
    usual = (_SMALL if is_small(settings, cluster) else _UPSTREAM)[workload]
    return {part: dict(amounts) for part, amounts in usual.items()}


def plan_cluster_resources(settings: Settings, cluster: Cluster) -> dict[str, Any]:
    """Give `spec.resources` of the CephCluster."""
    return {workload: plan_resources(settings, cluster, workload) for workload in _OF_CLUSTER}


def plan_priority(settings: Settings, daemon: Daemon) -> str:
    """Give the PriorityClass of one daemon."""
    return settings.priorities.get(daemon) or _PRIORITIES[daemon]


def plan_cluster_priorities(settings: Settings) -> dict[str, str]:
    """Give `spec.priorityClassNames` of the CephCluster."""
    return {daemon: plan_priority(settings, daemon) for daemon in ("mon", "osd", "mgr")}


def plan_affinity(settings: Settings, cluster: Cluster) -> dict[str, Any]:
    """Keep pods on processors that Ceph's images exist for; empty where every node will do."""
    return plan_architecture_affinity(cluster, wanted_release("rook", settings).architectures)


def plan_placement(settings: Settings, cluster: Cluster) -> dict[str, Any]:
    """Give a placement: right processors, and the taints of the nodes with Ceph's disks; empty where none is needed."""
    tolerated = tolerated_taints(settings, cluster)
    pairs = zip(cluster.taints, plan_tolerations(cluster), strict=True)
    tolerations = [toleration for taint, toleration in pairs if taint in tolerated]
    return {**plan_affinity(settings, cluster), **({"tolerations": tolerations} if tolerations else {})}
