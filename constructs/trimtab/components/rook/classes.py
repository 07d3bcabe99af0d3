"""StorageClasses, complete: provisioner, pool, secrets, and the mounter that the nodes' kernels need."""

from __future__ import annotations

from typing import Any

from trimtab.components.rook.csi import driver_name
from trimtab.components.rook.pool_settings import BlockClass, BlockPool, BucketClass, FilesystemClass, VolumeClass
from trimtab.components.rook.pools import METADATA_SUFFIX
from trimtab.components.rook.settings import Settings
from trimtab.components.rook.storage import usable_nodes, wanted_namespace
from trimtab.kube.manifests import Manifests
from trimtab.kube.objects import plan_object
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts

_DEFAULT_CLASS = {"storageclass.kubernetes.io/is-default-class": "true"}
_PREFIX = "csi.storage.k8s.io"
_CONTROLLER_STEPS = ("provisioner", "controller-expand", "controller-publish")
"""What the controller needs a Secret for; publishing since 1.18 (rook deploy/examples/csi/rbd/storageclass.yaml)."""


def build_classes(manifests: Manifests, settings: Settings, facts: Facts) -> None:
    """Add a StorageClass for each pool, filesystem and object store that names one."""
    for name, pool in settings.block_pools.items():
        if pool.storage_class:
            parameters = _block_parameters(name, pool, pool.storage_class, settings, facts.cluster)
            manifest = _volume_class(pool.storage_class, driver_name(settings, "rbd"), parameters)
            manifests.add(
                manifest, origin=(f"components.rook.blockPools.{name}.storageClass", "nodes"), reasons=_REASONS
            )
    for name, filesystem in settings.filesystems.items():
        if filesystem.storage_class:
            parameters = _shared_parameters(name, filesystem.storage_class, settings, facts.cluster)
            manifest = _volume_class(filesystem.storage_class, driver_name(settings, "cephfs"), parameters)
            manifests.add(
                manifest, origin=(f"components.rook.filesystems.{name}.storageClass", "nodes"), reasons=_REASONS
            )
    for name, store in settings.object_stores.items():
        if store.bucket_class:
            origin = (f"components.rook.objectStores.{name}.bucketClass",)
            manifests.add(_bucket_class(name, store.bucket_class, settings), origin=origin)


_REASONS: dict[tuple[str | int, ...], str] = {
    ("provisioner",): "a retired or foreign provisioner never frees a volume",
    ("parameters", "clusterID"): "Rook names its CSI profile after the cluster's namespace",
    ("parameters", "mounter"): "a node's kernel lacks the client",
}


def plan_block_mounter(wanted: BlockClass, settings: Settings, cluster: Cluster) -> str | None:
    """Give `rbd-nbd` where it was asked for or a node's kernel has no rbd; nothing for the driver's usual way."""
    lacking = any(not node.kernel_modules.rbd for node in usable_nodes(settings, cluster))
    chosen = wanted.mounter or ("rbd-nbd" if lacking else None)
    return chosen if chosen == "rbd-nbd" else None


def _volume_class(wanted: VolumeClass, provisioner: str, parameters: dict[str, str]) -> dict[str, Any]:
    return plan_object(
        "storage.k8s.io/v1",
        "StorageClass",
        wanted.name,
        annotations=_DEFAULT_CLASS if wanted.default else None,
        provisioner=provisioner,
        parameters=parameters,
        reclaimPolicy=str(wanted.reclaim_policy),
        allowVolumeExpansion=wanted.allow_volume_expansion,
        volumeBindingMode="Immediate",
    )


def _secrets(driver: str, namespace: str) -> dict[str, str]:
    names = dict.fromkeys(_CONTROLLER_STEPS, f"rook-csi-{driver}-provisioner")
    names["node-stage"] = f"rook-csi-{driver}-node"
    return {
        key: value
        for step, name in names.items()
        for key, value in (
            (f"{_PREFIX}/{step}-secret-name", name),
            (f"{_PREFIX}/{step}-secret-namespace", namespace),
        )
    }


def _block_parameters(
    name: str, pool: BlockPool, wanted: BlockClass, settings: Settings, cluster: Cluster
) -> dict[str, str]:
    namespace = wanted_namespace(settings)
    pools = {"pool": name} if pool.erasure_coded is None else {"pool": f"{name}{METADATA_SUFFIX}", "dataPool": name}
    mounter = plan_block_mounter(wanted, settings, cluster)
    return {
        "clusterID": namespace,
        **pools,
        "imageFormat": "2",
        "imageFeatures": wanted.image_features,
        **({"mounter": mounter} if mounter else {}),
        **_secrets("rbd", namespace),
        f"{_PREFIX}/fstype": wanted.fs_type,
    }


def _shared_parameters(name: str, wanted: FilesystemClass, settings: Settings, cluster: Cluster) -> dict[str, str]:
    namespace = wanted_namespace(settings)
    lacking = any(not node.kernel_modules.ceph for node in usable_nodes(settings, cluster))
    return {
        "clusterID": namespace,
        "fsName": name,
        "pool": f"{name}-{wanted.pool}",
        **({"mounter": "fuse"} if lacking else {}),
        **_secrets("cephfs", namespace),
    }


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
