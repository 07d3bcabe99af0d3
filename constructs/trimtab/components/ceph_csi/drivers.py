"""What follows from the settings for each driver: name, namespace, nodes, copies, snapshots."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.components.ceph_csi.settings import Settings
from trimtab.components.releases import wanted_release
from trimtab.kube.ceph_classes import plan_secret_parameters
from trimtab.kube.ceph_users import csi_secret_name, wanted_drivers
from trimtab.plan.cluster import Cluster
from trimtab.plan.nodes import NodeFacts
from trimtab.settings.ceph import SnapshotClass

COMPONENT = "ceph-csi"
NAMESPACE = "ceph-csi-operator-system"
"""Upstream's own (ceph-csi-operator v1.0.4 docs/kubernetes-installation.md)."""


def wanted_namespace(settings: Settings) -> str:
    """Give the namespace of operator, drivers and connection: the operator looks for all of them in one."""
    return settings.namespace or NAMESPACE


def wanted_cluster_id(settings: Settings) -> str:
    """Give the name by which classes and volumes name their Ceph."""
    return settings.cluster_id or settings.fsid


def driver_name(settings: Settings, driver: str) -> str:
    """Give the name of a driver (ceph-csi-operator v1.0.4 internal/controller/driver_controller.go:88, nameRegExp)."""
    prefix = f"{settings.driver_prefix}." if settings.driver_prefix else ""
    return f"{prefix}{driver}.csi.ceph.com"


def driver_nodes(settings: Settings, cluster: Cluster) -> tuple[NodeFacts, ...]:
    """Give the nodes whose processors the drivers' images exist for."""
    known = wanted_release(COMPONENT, settings).architectures
    return tuple(node for node in cluster.nodes if not known or node.arch in known)


def plan_controllers(settings: Settings, cluster: Cluster) -> int:
    """Give the copies of a controller: two, which avoid one node; one on small clusters, where the second would wait.

    Source: ceph-csi-operator v1.0.4 internal/controller/driver_controller.go:1720-1740, the anti-affinity.
    """
    few = cluster.has_nodes and len(driver_nodes(settings, cluster)) < 2
    small = cluster.is_single_node or (settings.size_class or cluster.settings.size) == "small"
    return 1 if few or small else 2


def plan_secrets(settings: Settings, driver: str) -> dict[str, str]:
    """Give the parameters of classes that name a driver's Secrets."""
    provisioner, node = (csi_secret_name(driver, role) for role in ("provisioner", "node"))
    return plan_secret_parameters(provisioner, node, wanted_namespace(settings))


def has_snapshots(settings: Settings, driver: str) -> bool:
    """Say whether a driver takes snapshots: where they are wanted and it has volumes at all."""
    return settings.snapshots is not None and driver in wanted_drivers(settings)


def iter_snapshot_classes(settings: Settings) -> Iterator[tuple[str, str, str, SnapshotClass]]:
    """Give driver, settings key, name and settings of each class."""
    wanted = settings.snapshots
    if wanted is None:
        return
    both = (("rbd", "block", "ceph-block", wanted.block), ("cephfs", "filesystem", "cephfs", wanted.filesystem))
    for driver, key, name, chosen in both:
        if has_snapshots(settings, driver):
            yield driver, key, chosen.name or name, chosen
