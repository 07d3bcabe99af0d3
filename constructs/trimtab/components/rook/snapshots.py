"""VolumeSnapshotClasses, one a driver."""

from __future__ import annotations

from typing import Any

from trimtab.components.rook.csi import driver_name
from trimtab.components.rook.settings import Settings, SnapshotClass
from trimtab.components.rook.storage import wanted_namespace
from trimtab.kube.manifests import Manifests
from trimtab.kube.objects import plan_object

_DEFAULT_CLASS = {"snapshot.storage.kubernetes.io/is-default-class": "true"}


def build_snapshots(manifests: Manifests, settings: Settings) -> None:
    """Add the classes that are wanted."""
    wanted = settings.snapshots
    if wanted is None:
        return
    for driver, key, chosen in (("rbd", "block", wanted.block), ("cephfs", "filesystem", wanted.filesystem)):
        if chosen is not None:
            manifests.add(_class(driver, chosen, settings), origin=(f"components.rook.snapshots.{key}",))


def _class(driver: str, chosen: SnapshotClass, settings: Settings) -> dict[str, Any]:
    namespace = wanted_namespace(settings)
    return plan_object(
        "snapshot.storage.k8s.io/v1",
        "VolumeSnapshotClass",
        chosen.name,
        annotations=_DEFAULT_CLASS if chosen.default else None,
        driver=driver_name(settings, driver),
        parameters={
            "clusterID": namespace,
            "csi.storage.k8s.io/snapshotter-secret-name": f"rook-csi-{driver}-provisioner",
            "csi.storage.k8s.io/snapshotter-secret-namespace": namespace,
        },
        deletionPolicy=chosen.deletion_policy,
    )
