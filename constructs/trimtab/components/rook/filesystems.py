"""Shared filesystems: pools, metadata servers, and the group that holds the volumes."""

from __future__ import annotations

from typing import Any

from trimtab.components.rook.daemons import plan_placement, plan_priority, plan_resources
from trimtab.components.rook.pool_settings import Filesystem
from trimtab.components.rook.pools import API, plan_pool, plan_replicated, pool_reasons
from trimtab.components.rook.settings import Settings
from trimtab.components.rook.storage import daemon_hosts, wanted_namespace
from trimtab.kube.manifests import Manifests
from trimtab.kube.objects import CONFIRMED, plan_object
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts

FIRST_POOL = "data0"
"""Rook's own name for the first data pool (rook v1.20.6 deploy/charts/rook-ceph-cluster/values.yaml)."""


def build_filesystems(manifests: Manifests, settings: Settings, facts: Facts) -> None:
    """Add each filesystem with the subvolume group that the CSI driver makes volumes in."""
    namespace = wanted_namespace(settings)
    for name, filesystem in settings.filesystems.items():
        origin = (f"components.rook.filesystems.{name}", "nodes")
        spec = _spec(filesystem, settings, facts.cluster)
        manifest = plan_object(API, "CephFilesystem", name, namespace=namespace, annotations=CONFIRMED, spec=spec)
        reasons = {**pool_reasons(("spec", "metadataPool"), spec["metadataPool"])}
        manifests.add(manifest, origin=origin, reasons=reasons)
        manifests.add(_group(name, namespace), origin=origin)


def _spec(filesystem: Filesystem, settings: Settings, cluster: Cluster) -> dict[str, Any]:
    copied = plan_replicated(settings, cluster, filesystem, filesystem.device_class)
    first = plan_replicated(settings, cluster, filesystem, filesystem.device_class, filesystem.compression)
    more = [{"name": name, **plan_pool(pool, settings, cluster)} for name, pool in filesystem.data_pools.items()]
    return {
        "metadataPool": copied,
        "dataPools": [{"name": FIRST_POOL, **first}, *more],
        "preserveFilesystemOnDelete": True,
        "metadataServer": _servers(filesystem, settings, cluster),
    }


def _servers(filesystem: Filesystem, settings: Settings, cluster: Cluster) -> dict[str, Any]:
    placement = plan_placement(settings, cluster)
    has_spare = not cluster.has_nodes or len(daemon_hosts(settings, cluster)) > 1
    return {
        "activeCount": filesystem.active_metadata_servers,
        **({"activeStandby": True} if has_spare else {}),
        "resources": plan_resources(settings, cluster, "mds"),
        "priorityClassName": plan_priority(settings, "mds"),
        **({"placement": placement} if placement else {}),
    }


def _group(name: str, namespace: str) -> dict[str, Any]:
    """The driver makes volumes in the group `csi`; spread over metadata servers as Rook's own chart has it."""
    spec = {"name": "csi", "filesystemName": name, "pinning": {"distributed": 1}}
    kind = "CephFilesystemSubVolumeGroup"
    return plan_object(API, kind, f"{name}-csi", namespace=namespace, annotations=CONFIRMED, spec=spec)
