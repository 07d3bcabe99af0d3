"""StorageClasses, complete: provisioner, pool, secrets, and the mounter that the nodes' kernels need."""

from __future__ import annotations

from typing import Any

from trimtab.components.rook.csi import driver_name, plan_csi_secrets
from trimtab.components.rook.pool_settings import BlockPool, BucketClass, FilesystemClass
from trimtab.components.rook.pools import METADATA_SUFFIX
from trimtab.components.rook.settings import Settings
from trimtab.components.rook.storage import usable_nodes, wanted_namespace
from trimtab.kube.ceph_classes import REASONS, plan_block_parameters, plan_shared_parameters, plan_volume_class
from trimtab.kube.manifests import Manifests
from trimtab.kube.objects import plan_object
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.settings.ceph import BlockClass


def build_classes(manifests: Manifests, settings: Settings, facts: Facts) -> None:
    """Add a StorageClass for each pool, filesystem and object store that names one."""
    for name, pool in settings.block_pools.items():
        if pool.storage_class:
            parameters = _block_parameters(name, pool, pool.storage_class, settings, facts.cluster)
            manifest = plan_volume_class(pool.storage_class, driver_name(settings, "rbd"), parameters)
            manifests.add(
                manifest, origin=(f"components.rook.blockPools.{name}.storageClass", "nodes"), reasons=REASONS
            )
    for name, filesystem in settings.filesystems.items():
        if filesystem.storage_class:
            parameters = _shared_parameters(name, filesystem.storage_class, settings, facts.cluster)
            manifest = plan_volume_class(filesystem.storage_class, driver_name(settings, "cephfs"), parameters)
            manifests.add(
                manifest, origin=(f"components.rook.filesystems.{name}.storageClass", "nodes"), reasons=REASONS
            )
    for name, store in settings.object_stores.items():
        if store.bucket_class:
            origin = (f"components.rook.objectStores.{name}.bucketClass",)
            manifests.add(_bucket_class(name, store.bucket_class, settings), origin=origin)


def _block_parameters(
    name: str, pool: BlockPool, wanted: BlockClass, settings: Settings, cluster: Cluster
) -> dict[str, str]:
    pools = {"pool": name} if pool.erasure_coded is None else {"pool": f"{name}{METADATA_SUFFIX}", "dataPool": name}
    return plan_block_parameters(
        wanted,
        usable_nodes(settings, cluster),
        cluster_id=wanted_namespace(settings),
        pools=pools,
        secrets=plan_csi_secrets(settings, "rbd"),
    )


def _shared_parameters(name: str, wanted: FilesystemClass, settings: Settings, cluster: Cluster) -> dict[str, str]:
    return plan_shared_parameters(
        name,
        f"{name}-{wanted.pool}",
        usable_nodes(settings, cluster),
        cluster_id=wanted_namespace(settings),
        secrets=plan_csi_secrets(settings, "cephfs"),
    )


def _bucket_class(store: str, wanted: BucketClass, settings: Settings) -> dict[str, Any]:
    namespace = wanted_namespace(settings)
    return plan_object(
        "storage.k8s.io/v1",
        "StorageClass",
        wanted.name,
        provisioner=f"{namespace}.ceph.rook.io/bucket",
        parameters={"objectStoreName": store, "objectStoreNamespace": namespace},
        reclaimPolicy=str(wanted.reclaim_policy),
        volumeBindingMode="Immediate",
    )
