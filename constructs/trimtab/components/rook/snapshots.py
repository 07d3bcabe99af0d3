"""VolumeSnapshotClasses, one a driver."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trimtab.components.rook.csi import driver_name, has_snapshots
from trimtab.components.rook.settings import Settings, SnapshotClass
from trimtab.components.rook.storage import wanted_namespace
from trimtab.kube.manifests import Manifests
from trimtab.kube.objects import plan_object

_DEFAULT_CLASS = {"snapshot.storage.kubernetes.io/is-default-class": "true"}


def build_snapshots(manifests: Manifests, settings: Settings) -> None:
    """Add the class of each driver that takes snapshots."""
    for driver, key, name, chosen in iter_snapshot_classes(settings):
        manifests.add(_class(driver, name, chosen, settings), origin=(f"components.rook.snapshots.{key}",))


def iter_snapshot_classes(settings: Settings) -> Iterator[tuple[str, str, str, SnapshotClass]]:
    """Give driver, settings key, name and settings of each class."""
    wanted = settings.snapshots
    if wanted is None:
        return
    for driver, key, name, chosen in (
        ("rbd", "block", "rook-ceph-block", wanted.block),
        ("cephfs", "filesystem", "rook-cephfs", wanted.filesystem),
    ):
        if has_snapshots(settings, driver):
            yield driver, key, chosen.name or name, chosen


def _class(driver: str, name: str, chosen: SnapshotClass, settings: Settings) -> dict[str, Any]:
    namespace = wanted_namespace(settings)
    return plan_object(
        "snapshot.storage.k8s.io/v1",
        "VolumeSnapshotClass",
        name,
        annotations=_DEFAULT_CLASS if chosen.default else None,
        driver=driver_name(settings, driver),
        parameters={
            "clusterID": namespace,
            "csi.storage.k8s.io/snapshotter-secret-name": f"rook-csi-{driver}-provisioner",
            "csi.storage.k8s.io/snapshotter-secret-namespace": namespace,
        },
        deletionPolicy=chosen.deletion_policy,
    )
