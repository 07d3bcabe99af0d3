"""The objects that the operator acts on: Installation, APIServer, and what watches flows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.components.calico.pools import plan_pool, pod_ranges, wanted_dataplane
from trimtab.components.calico.settings import Family, Settings, Workload
from trimtab.components.releases import wanted_release
from trimtab.kube.felix import FELIX_PORT
from trimtab.kube.manifests import Manifest
from trimtab.kube.objects import KEPT, plan_object, without_nothing
from trimtab.kube.scheduling import plan_node_selector, plan_tolerations
from trimtab.plan.cluster import Cluster
from trimtab.plan.nodes import CONTROL_PLANE_TAINT

API_VERSION = "operator.tigera.io/v1"
NAME = "default"
"""The only name that the operator heeds."""

_WORKLOADS: Mapping[Workload, tuple[str, tuple[str, ...]]] = {
    "node": ("calicoNodeDaemonSet", ("calico-node",)),
    "typha": ("typhaDeployment", ("calico-typha",)),
    "kube-controllers": ("calicoKubeControllersDeployment", ("calico-kube-controllers",)),
    "csi-node-driver": ("csiNodeDriverDaemonSet", ("calico-csi", "csi-node-driver-registrar")),
    "apiserver": ("apiServerDeployment", ("calico-apiserver",)),
    "goldmane": ("goldmaneDeployment", ("goldmane",)),
    "whisker": ("whiskerDeployment", ("whisker", "whisker-backend")),
}
"""Workload to the operator's field and the containers that share its amounts."""

REASONS: Mapping[tuple[str | int, ...], str] = {
    ("spec", "calicoNetwork", "ipPools"): "without pools the operator takes 192.168.0.0/16",
    ("spec", "calicoNetwork", "bgp"): "agrees with the pools' encapsulation: unwrapped packets need BGP",
    ("spec", "calicoNetwork", "linuxDataplane"): "Calico and kube-proxy must filter packets in the same way",
    ("spec", "calicoNetwork", "nodeAddressAutodetectionV4"): "the first address found may belong to a VPN",
    ("spec", "calicoNetwork", "nodeAddressAutodetectionV6"): "the first address found may belong to a VPN",
    ("spec", "kubeletVolumePluginPath"): "the driver must register where the kubelet looks",
    ("spec", "flexVolumePath"): "the plugin must lie where the kubelet looks",
    ("spec", "controlPlaneReplicas"): "no more pods than nodes that can take them",
}

METRICS_REASONS: Mapping[tuple[str | int, ...], str] = {
    ("spec", "nodeMetricsPort"): "Prometheus asks every node there, and the agents are silent without",
}
"""The same, where something in the cluster fetches metrics."""


def plan_installation(settings: Settings, cluster: Cluster, *, is_watched: bool) -> Manifest:
    """Give the Installation.

    Args:
        settings: The settings.
        cluster: The cluster.
        is_watched: Whether something in the cluster fetches metrics.
    """
    spec = {
        "variant": "Calico",
        "cni": {"type": "Calico", "ipam": {"type": "Calico"}},
        "calicoNetwork": _network(settings, cluster),
        "controlPlaneReplicas": settings.control_plane_replicas or _replicas(cluster),
        "controlPlaneTolerations": _tolerations(cluster) or None,
        "controlPlaneNodeSelector": _node_selector(settings, cluster) or None,
        "kubeletVolumePluginPath": _kubelet_dir(settings, cluster),
        "flexVolumePath": _flex_volume_path(cluster),
        "nodeMetricsPort": FELIX_PORT if is_watched else None,
        **dict(_resources(settings, "node", "typha", "kube-controllers", "csi-node-driver")),
    }
    return plan_object(API_VERSION, "Installation", NAME, annotations=KEPT, spec=without_nothing(spec))


def plan_api_server(settings: Settings) -> Manifest:
    """Give the APIServer, which answers for `projectcalico.org/v3`."""
    spec = dict(_resources(settings, "apiserver"))
    return plan_object(API_VERSION, "APIServer", NAME, annotations=KEPT, spec=spec)


def iter_watchers(settings: Settings) -> Iterator[Manifest]:
    """Give what collects flows, and its web page, where they are asked for."""
    if settings.goldmane or settings.whisker:
        yield plan_object(API_VERSION, "Goldmane", NAME, spec=dict(_resources(settings, "goldmane")))
    if settings.whisker:
        yield plan_object(API_VERSION, "Whisker", NAME, spec=dict(_resources(settings, "whisker")))


def _network(settings: Settings, cluster: Cluster) -> dict[str, Any]:
    ranges = pod_ranges(cluster)
    return without_nothing(
        {
            "bgp": "Disabled" if settings.bgp is None else "Enabled",
            "linuxDataplane": wanted_dataplane(settings, cluster),
            "hostPorts": "Enabled",
            "multiInterfaceMode": "None",
            "mtu": cluster.settings.network.mtu,
            "ipPools": [plan_pool(family, cidr, settings, cluster) for family, cidr in ranges],
            **{f"nodeAddressAutodetectionV{family[-1]}": _detection(family, settings, cluster) for family, _ in ranges},
        }
    )


def _detection(family: Family, settings: Settings, cluster: Cluster) -> dict[str, Any]:
    wanted = settings.node_address.get(family)
    if wanted is not None:
        return {"kubernetes": wanted} if isinstance(wanted, str) else wanted.model_dump()
    ranges = [cidr for cidr in cluster.settings.network.nodes if (":" in cidr) == (family == "IPv6")]
    return {"cidrs": ranges} if ranges else {"kubernetes": "NodeInternalIP"}


def _usable(cluster: Cluster) -> int:
    """Count the nodes that take Calico's own pods, which tolerate the control plane's taint by themselves.

    Source: tigera/operator v1.42.3 pkg/render/common/meta/meta.go:42-60.
    """
    return sum(1 for node in cluster.nodes if node.is_schedulable or set(node.taints) <= {CONTROL_PLANE_TAINT})


def _replicas(cluster: Cluster) -> int:
    if cluster.is_small:
        return 1
    return max(1, min(2, _usable(cluster))) if cluster.has_nodes else 2


def _tolerations(cluster: Cluster) -> list[dict[str, Any]]:
    return plan_tolerations(cluster) if cluster.has_nodes and not _usable(cluster) else []


def _node_selector(settings: Settings, cluster: Cluster) -> dict[str, str]:
    return plan_node_selector(cluster, wanted_release("calico", settings).architectures)


def _kubelet_dir(settings: Settings, cluster: Cluster) -> str:
    """Give the kubelet's directory, or the word that leaves the CSI driver out (v3.32.1 chart values.yaml:18)."""
    return (settings.csi and cluster.kubelet_dir) or "None"


def _flex_volume_path(cluster: Cluster) -> str:
    """Give the directory with a slash at its end: the operator appends the plugin's name as it is.

    Source: tigera/operator v1.42.3 pkg/render/node.go:976,1139; the word `None` leaves the plugin out.
    """
    directory = cluster.volume_plugin_dir
    return f"{directory.rstrip('/')}/" if directory else "None"


def _resources(settings: Settings, *workloads: Workload) -> Iterator[tuple[str, Any]]:
    for workload in workloads:
        if amounts := settings.resources.get(workload):
            field, containers = _WORKLOADS[workload]
            given = [{"name": name, "resources": amounts.to_kubernetes()} for name in containers]
            yield field, {"spec": {"template": {"spec": {"containers": given}}}}
