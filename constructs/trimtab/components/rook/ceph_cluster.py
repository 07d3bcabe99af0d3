"""The CephCluster: network, monitors, managers, disks, and what follows from the size of the cluster."""

from __future__ import annotations

from typing import Any

from trimtab.components.releases import wanted_release
from trimtab.components.rook.daemons import plan_cluster_priorities, plan_cluster_resources, plan_placement
from trimtab.components.rook.dashboard import plan_dashboard
from trimtab.components.rook.offers import is_monitored
from trimtab.components.rook.pools import API, needs_own_manager_pool
from trimtab.components.rook.settings import DeviceSelection, Settings
from trimtab.components.rook.storage import (
    has_single_copies,
    plan_copies,
    plan_data_dir,
    plan_managers,
    plan_monitors,
    storage_hosts,
    wanted_namespace,
)
from trimtab.findings.path import has_value
from trimtab.kube.manifests import Manifests
from trimtab.kube.objects import CONFIRMED, plan_object, without_nothing
from trimtab.kube.release import Adaptation, adapt_values, drop_value
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import MonitorSelector

_ADAPTATIONS = (
    Adaptation(
        below="v1.19.9",
        adapt=lambda spec: drop_value(spec, ("security", "cephx", "csi", "keyType")),
        why="the type of CSI keys can be chosen since then; before, there was only aes",
        source="rook v1.19.10 deploy/charts/rook-ceph/templates/resources.yaml; v1.18.11 has no such field",
    ),
)

_REASONS: dict[tuple[str | int, ...], str] = {
    ("spec", "network", "ipFamily"): "without it Ceph assumes IPv4, and nothing can be changed afterwards",
    ("spec", "network", "dualStack"): "Ceph listens on the families that the cluster has",
    ("spec", "security", "cephx", "csi", "keyType"): "kernels below 7.0 read no other key",
    ("spec", "mon"): "no more monitors than nodes they may run on",
    ("spec", "dataDirHostPath"): "monitors forget everything where this is in memory",
    ("spec", "cephVersion", "image"): "the image that this Rook was tested with",
    ("spec", "placement"): "daemons follow the disks, and run where their image exists",
    ("spec", "cephConfig"): "what Ceph assumes does not hold here",
    ("spec", "storage"): "exactly the disks that were named",
}


def build_cluster(manifests: Manifests, settings: Settings, facts: Facts) -> None:
    """Add the CephCluster, without what is false or empty: Rook drops such fields, and Argo CD would put them back."""
    spec = adapt_values(plan_cluster(settings, facts), wanted_release("rook", settings).version, _ADAPTATIONS)
    namespace = wanted_namespace(settings)
    manifest = plan_object(API, "CephCluster", namespace, namespace=namespace, annotations=CONFIRMED, spec=spec)
    reasons = {path: why for path, why in _REASONS.items() if has_value(spec, path[1:])}
    manifests.add(manifest, origin=("components.rook", "network", "nodes"), reasons=reasons)


def plan_cluster(settings: Settings, facts: Facts) -> dict[str, Any]:
    """Give the spec for the newest Rook."""
    cluster = facts.cluster
    placement = plan_placement(settings, cluster)
    monitored = is_monitored(settings, facts)
    return without_nothing(
        {
            "cephVersion": {"image": plan_image(settings)},
            "dataDirHostPath": plan_data_dir(settings, cluster),
            "network": plan_network(settings, cluster),
            "security": {"cephx": {"csi": {"keyType": "aes"}}},
            "mon": _counted(plan_monitors(settings, cluster), cluster),
            "mgr": _counted(plan_managers(settings, cluster), cluster),
            "dashboard": plan_dashboard(settings),
            "monitoring": {"enabled": True} if monitored else None,
            "labels": plan_monitor_labels(facts) if monitored else None,
            "cephConfig": _ceph_config(settings, cluster),
            "placement": {"all": placement} if placement else None,
            "resources": plan_cluster_resources(settings, cluster),
            "priorityClassNames": plan_cluster_priorities(settings),
            "storage": _storage(settings, cluster),
            **_by_size(cluster),
        }
    )


def plan_image(settings: Settings) -> str:
    """Give Ceph's image: the release's own, or its repository at the version that the settings keep."""
    image = wanted_release("rook", settings).images["ceph"]
    if settings.ceph_version is None:
        return image
    return f"{image.rpartition(':')[0]}:v{settings.ceph_version.removeprefix('v')}"


def plan_network(settings: Settings, cluster: Cluster) -> dict[str, Any]:
    """Give `spec.network`: the family is always said, both families where the cluster has both."""
    asked = settings.network
    dual = cluster.is_dual_stack if asked.dual_stack is None else asked.dual_stack
    return {
        "ipFamily": asked.ip_family or cluster.ip_families[0],
        **({"dualStack": True} if dual else {}),
        **({"provider": "host"} if asked.host_network else {}),
    }


def _counted(count: int, cluster: Cluster) -> dict[str, Any]:
    """Several on one node only where there is but one, so that an upgrade can start the next before the last ends."""
    return {"count": count, **({"allowMultiplePerNode": True} if cluster.is_single_node else {})}


def plan_monitor_labels(facts: Facts) -> dict[str, Any] | None:
    """Give the labels that Rook puts on its ServiceMonitors, so that Prometheus finds them."""
    selector = facts.find(MonitorSelector)
    return {"monitoring": dict(selector.labels)} if selector and selector.labels else None


def _ceph_config(settings: Settings, cluster: Cluster) -> dict[str, Any] | None:
    """What Ceph assumes of copies and addresses, where that does not hold."""
    everywhere: dict[str, str] = {}
    if needs_own_manager_pool(settings, cluster):
        everywhere["osd_pool_default_size"] = str(plan_copies(settings, cluster))
    if has_single_copies(settings, cluster):
        everywhere["mon_warn_on_pool_no_redundancy"] = "false"
    page = {"mgr/dashboard/server_addr": "::"} if settings.dashboard and cluster.is_ipv6_only else {}
    config = {who: what for who, what in (("global", everywhere), ("mgr", page)) if what}
    return config or None


def _storage(settings: Settings, cluster: Cluster) -> dict[str, Any]:
    devices = settings.devices
    if isinstance(devices, DeviceSelection):
        taken = {"deviceFilter": devices.device_filter, "devicePathFilter": devices.device_path_filter}
        return {"useAllNodes": True, "useAllDevices": devices.use_all_devices, **without_nothing(taken)}
    hosts = storage_hosts(settings, cluster)
    nodes = [{"name": node.name, "devices": [{"name": disk.name} for disk in node.disks]} for node in hosts]
    return {"useAllDevices": False, "nodes": nodes}


def _by_size(cluster: Cluster) -> dict[str, Any]:
    """One node: no check can pass before an upgrade, no drain either (rook deploy/examples/cluster-test.yaml)."""
    if cluster.is_single_node:
        return {"skipUpgradeChecks": True, "crashCollector": {"disable": True}}
    return {"disruptionManagement": {"managePodBudgets": True}}
