"""Classes of Ceph's CSI drivers for volumes and snapshots, whoever runs the Ceph behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from trimtab.kube.objects import plan_object
from trimtab.plan.nodes import NodeFacts
from trimtab.settings.ceph import BlockClass, ExternalBlock, ExternalFilesystem, SnapshotClass, VolumeClass

_DEFAULT_CLASS: Mapping[str, str] = {"storageclass.kubernetes.io/is-default-class": "true"}

_DEFAULT_SNAPSHOTS: Mapping[str, str] = {"snapshot.storage.kubernetes.io/is-default-class": "true"}

BLOCK_MODES = frozenset({"ReadWriteOnce", "ReadWriteOncePod", "ReadOnlyMany"})
SHARED_MODES = frozenset({"ReadWriteOnce", "ReadWriteOncePod", "ReadOnlyMany", "ReadWriteMany"})

REASONS: Mapping[tuple[str | int, ...], str] = {
    ("provisioner",): "a retired or foreign provisioner never frees a volume",
    ("parameters", "clusterID"): "the drivers find monitors by the name of this profile",
    ("parameters", "mounter"): "a node's kernel lacks the client",
}
"""Why classes say what they say, by path."""

_PREFIX = "csi.storage.k8s.io"
_CONTROLLER_STEPS = ("provisioner", "controller-expand", "controller-publish")
"""What the controller needs a Secret for; publishing since 1.18 (rook deploy/examples/csi/rbd/storageclass.yaml)."""


def plan_volume_class(wanted: VolumeClass, provisioner: str, parameters: Mapping[str, str]) -> dict[str, Any]:
    """Give a StorageClass."""
    return plan_object(
        "storage.k8s.io/v1",
        "StorageClass",
        wanted.name,
        annotations=_DEFAULT_CLASS if wanted.default else None,
        provisioner=provisioner,
        parameters=dict(parameters),
        reclaimPolicy=str(wanted.reclaim_policy),
        allowVolumeExpansion=wanted.allow_volume_expansion,
        volumeBindingMode="Immediate",
    )


def plan_secret_parameters(provisioner: str, node: str, namespace: str) -> dict[str, str]:
    """Give the parameters that name the Secrets of the controller and of the nodes."""
    names = {**dict.fromkeys(_CONTROLLER_STEPS, provisioner), "node-stage": node}
    return {
        key: value
        for step, name in names.items()
        for key, value in (
            (f"{_PREFIX}/{step}-secret-name", name),
            (f"{_PREFIX}/{step}-secret-namespace", namespace),
        )
    }


def plan_block_parameters(
    wanted: BlockClass,
    nodes: Iterable[NodeFacts],
    *,
    cluster_id: str,
    pools: Mapping[str, str],
    secrets: Mapping[str, str],
) -> dict[str, str]:
    """Give the parameters of a class of block devices.

    Args:
        wanted: What the settings say of the class.
        nodes: The nodes that mount its volumes.
        cluster_id: The profile by which the drivers find the monitors.
        pools: `pool` and `dataPool`.
        secrets: What `plan_secret_parameters` gives.
    """
    mounter = plan_mounter(wanted, nodes)
    return {
        "clusterID": cluster_id,
        **pools,
        "imageFormat": "2",
        "imageFeatures": wanted.image_features,
        **({"mounter": mounter} if mounter else {}),
        **secrets,
        f"{_PREFIX}/fstype": wanted.fs_type,
    }


def plan_shared_parameters(
    filesystem: str,
    pool: str | None,
    nodes: Iterable[NodeFacts],
    *,
    cluster_id: str,
    secrets: Mapping[str, str],
) -> dict[str, str]:
    """Give the parameters of a class of shared volumes; a node whose kernel lacks the client makes it mount by fuse."""
    lacking = any(not node.kernel_modules.ceph for node in nodes)
    return {
        "clusterID": cluster_id,
        "fsName": filesystem,
        **({"pool": pool} if pool else {}),
        **({"mounter": "fuse"} if lacking else {}),
        **secrets,
    }


def plan_mounter(wanted: BlockClass, nodes: Iterable[NodeFacts]) -> str | None:
    """Give `rbd-nbd` where it was asked for or a node's kernel has no rbd; nothing for the driver's usual way."""
    lacking = any(not node.kernel_modules.rbd for node in nodes)
    chosen = wanted.mounter or ("rbd-nbd" if lacking else None)
    return chosen if chosen == "rbd-nbd" else None


def external_pools(block: ExternalBlock) -> dict[str, str]:
    """Give the parameters that name the pools of a Ceph outside the cluster."""
    return {"pool": block.pool, **({"dataPool": block.data_pool} if block.data_pool else {})}


def external_class_parameters(
    wanted: ExternalBlock | ExternalFilesystem,
    nodes: Iterable[NodeFacts],
    *,
    cluster_id: str,
    secrets: Mapping[str, str],
) -> dict[str, str]:
    """Give the parameters of the class of a pool or file system of a Ceph outside the cluster."""
    if isinstance(wanted, ExternalBlock):
        pools = external_pools(wanted)
        return plan_block_parameters(wanted.storage_class, nodes, cluster_id=cluster_id, pools=pools, secrets=secrets)
    return plan_shared_parameters(wanted.name, wanted.data_pool, nodes, cluster_id=cluster_id, secrets=secrets)


def plan_snapshot_class(
    wanted: SnapshotClass, name: str, driver: str, *, cluster_id: str, secret: str, namespace: str
) -> dict[str, Any]:
    """Give a VolumeSnapshotClass, whose Secret is the one that makes volumes.

    Args:
        wanted: What the settings say of the class.
        name: Its name.
        driver: The driver's name.
        cluster_id: The profile by which the driver finds the monitors.
        secret: The Secret of who makes volumes.
        namespace: Where it lies.
    """
    return plan_object(
        "snapshot.storage.k8s.io/v1",
        "VolumeSnapshotClass",
        name,
        annotations=_DEFAULT_SNAPSHOTS if wanted.default else None,
        driver=driver,
        parameters={
            "clusterID": cluster_id,
            f"{_PREFIX}/snapshotter-secret-name": secret,
            f"{_PREFIX}/snapshotter-secret-namespace": namespace,
        },
        deletionPolicy=wanted.deletion_policy,
    )
