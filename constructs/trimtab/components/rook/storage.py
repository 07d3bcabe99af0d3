"""What the nodes have to offer Ceph: hosts, disks, failure domains, and the counts that follow."""

from __future__ import annotations

from typing import Protocol

from trimtab.components.releases import wanted_release
from trimtab.components.rook.pool_settings import FailureDomain
from trimtab.components.rook.settings import DeviceSelection, Settings
from trimtab.plan.cluster import Cluster
from trimtab.plan.last import remember_last
from trimtab.plan.nodes import NodeFacts

DEFAULT_DATA_DIR = "/var/lib/rook"
"""Upstream's own (rook v1.20.6 deploy/charts/rook-ceph-cluster/values.yaml, dataDirHostPath)."""


class Copied(Protocol):
    """Anything that is kept in copies."""

    @property
    def replicas(self) -> int | None:
        """How many copies were asked for."""

    @property
    def failure_domain(self) -> FailureDomain | None:
        """What no two copies share."""


def wanted_namespace(settings: Settings) -> str:
    """Give the namespace of operator and cluster; upstream's own is `rook-ceph`."""
    return settings.namespace or "rook-ceph"


def is_small(settings: Settings, cluster: Cluster) -> bool:
    """Say whether replicas and requests are cut."""
    return cluster.is_single_node or (settings.size_class or cluster.settings.size) == "small"


@remember_last
def usable_nodes(settings: Settings, cluster: Cluster) -> tuple[NodeFacts, ...]:
    """Give the nodes whose processors Ceph's images exist for."""
    known = wanted_release("rook", settings).architectures
    return tuple(node for node in cluster.nodes if not known or node.arch in known)


@remember_last
def storage_hosts(settings: Settings, cluster: Cluster) -> tuple[NodeFacts, ...]:
    """Give the nodes that Ceph takes disks of, as far as the settings tell."""
    nodes = usable_nodes(settings, cluster)
    return nodes if isinstance(settings.devices, DeviceSelection) else tuple(node for node in nodes if node.disks)


def tolerated_taints(settings: Settings, cluster: Cluster) -> tuple[str, ...]:
    """Give the taints that Ceph's daemons tolerate: those of the nodes with its disks, and no others."""
    return tuple(sorted({taint for node in storage_hosts(settings, cluster) for taint in node.taints}))


def daemon_hosts(settings: Settings, cluster: Cluster) -> tuple[NodeFacts, ...]:
    """Give the nodes that monitors and managers may run on."""
    tolerated = set(tolerated_taints(settings, cluster))
    nodes = usable_nodes(settings, cluster)
    return tuple(node for node in nodes if node.is_schedulable or set(node.taints) <= tolerated)


def count_domains(settings: Settings, cluster: Cluster, domain: FailureDomain) -> int | None:
    """Count the failure domains of a type; nothing where the settings do not tell."""
    hosts = storage_hosts(settings, cluster)
    if not cluster.has_nodes or not hosts:
        return None
    if domain == "host":
        return len(hosts)
    if domain == "zone":
        return len({node.zone for node in hosts if node.zone})
    if domain == "osd" and settings.devices == "fromNodes":
        return sum(len(node.disks) for node in hosts)
    return None


def plan_domain(settings: Settings, cluster: Cluster, asked: FailureDomain | None = None) -> FailureDomain:
    """Give the failure domain: what was asked for, `osd` where one host has all the disks, else `host`."""
    return asked or ("osd" if count_domains(settings, cluster, "host") == 1 else "host")


def plan_copies(settings: Settings, cluster: Cluster, pool: Copied | None = None) -> int:
    """Give the copies of a pool: what was asked for, else 3, or as many as there are failure domains."""
    if pool is not None and pool.replicas is not None:
        return pool.replicas
    domain = plan_domain(settings, cluster, pool.failure_domain if pool else None)
    return max(1, min(3, _count_surely(settings, cluster, domain)))


def _count_surely(settings: Settings, cluster: Cluster, domain: FailureDomain) -> int:
    """Count domains, and where disks are not listed take one a host: better few copies than writes that hang."""
    known = count_domains(settings, cluster, domain)
    if known is None and domain == "osd" and cluster.has_nodes:
        return len(storage_hosts(settings, cluster)) or 3
    return 3 if known is None else known


def plan_monitors(settings: Settings, cluster: Cluster) -> int:
    """Give the number of monitors: odd, never more than nodes they may run on (rook ceph-cluster-crd.md)."""
    if settings.monitors is not None:
        return settings.monitors
    hosts = len(daemon_hosts(settings, cluster))
    if not cluster.has_nodes or 3 <= hosts < 5:
        return 3
    return 1 if hosts < 3 else 3 if is_small(settings, cluster) else 5


def plan_managers(settings: Settings, cluster: Cluster) -> int:
    """Give the number of managers: one works, one waits where there is a second node for it."""
    if settings.managers is not None:
        return settings.managers
    lonely = cluster.has_nodes and len(daemon_hosts(settings, cluster)) < 2
    return 1 if lonely or is_small(settings, cluster) else 2


def plan_data_dir(settings: Settings, cluster: Cluster) -> str:
    """Give the directory of the monitors' state: on a real disk where root file systems are in memory."""
    if settings.data_dir_host_path is not None:
        return settings.data_dir_host_path
    hosts = daemon_hosts(settings, cluster)
    kept = [node.data for node in hosts if node.root == "tmpfs" and node.data]
    return f"{kept[0].rstrip('/')}/rook" if kept else DEFAULT_DATA_DIR


def has_single_copies(settings: Settings, cluster: Cluster) -> bool:
    """Say whether any pool keeps only one copy."""
    pools: list[Copied] = [pool for pool in settings.block_pools.values() if pool.erasure_coded is None]
    pools += [pool for pool in settings.object_stores.values() if pool.erasure_coded is None]
    for filesystem in settings.filesystems.values():
        pools += [filesystem, *(pool for pool in filesystem.data_pools.values() if pool.erasure_coded is None)]
    return plan_copies(settings, cluster) == 1 or any(plan_copies(settings, cluster, pool) == 1 for pool in pools)
