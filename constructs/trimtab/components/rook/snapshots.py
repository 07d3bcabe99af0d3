"""VolumeSnapshotClasses, one a driver."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.components.rook.csi import SECRET_PREFIX, driver_name, has_snapshots
from trimtab.components.rook.settings import Settings
from trimtab.components.rook.storage import wanted_namespace
from trimtab.kube.ceph_classes import plan_snapshot_class
from trimtab.kube.ceph_users import csi_secret_name
from trimtab.kube.manifests import Manifests
from trimtab.settings.ceph import SnapshotClass


def build_snapshots(manifests: Manifests, settings: Settings) -> None:
    """Add the class of each driver that takes snapshots."""
    namespace = wanted_namespace(settings)
    for driver, key, name, chosen in iter_snapshot_classes(settings):
        manifest = plan_snapshot_class(
            chosen,
            name,
            driver_name(settings, driver),
            cluster_id=namespace,
            secret=csi_secret_name(driver, "provisioner", SECRET_PREFIX),
            namespace=namespace,
        )
        manifests.add(manifest, origin=(f"components.rook.snapshots.{key}",))


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
