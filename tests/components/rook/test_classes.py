"""StorageClasses and snapshot classes."""

from __future__ import annotations

from typing import Any

from rook_support.made import make_cluster
from trimtab.plan.offers import StorageClass

BLOCK: dict[str, Any] = {"blockPools": {"p": {"storageClass": {"name": "fast", "default": True}}}}
SHARED: dict[str, Any] = {"filesystems": {"f": {"storageClass": {"name": "shared"}}}}
SECRETS = {"provisioner", "controller-expand", "controller-publish", "node-stage"}


def test_removed_volume_not_freed_current_provisioners_only() -> None:
    """Classes name the CSI drivers, never the retired provisioners that free nothing."""
    made = make_cluster({**BLOCK, **SHARED}, hosts=[1, 1])
    assert made.find("StorageClass", "fast")["provisioner"] == "rook-ceph.rbd.csi.ceph.com"
    assert made.find("StorageClass", "shared")["provisioner"] == "rook-ceph.cephfs.csi.ceph.com"


def test_provisioner_follows_the_namespace() -> None:
    """In another namespace the driver, the profile and the secrets move together."""
    made = make_cluster({**BLOCK, "namespace": "ceph"}, hosts=[1])
    found = made.find("StorageClass", "fast")
    assert found["provisioner"] == made.value("rook-csi", "drivers.rbd.name") == "ceph.rbd.csi.ceph.com"
    assert found["parameters"]["clusterID"] == "ceph"
    assert {v for k, v in found["parameters"].items() if k.endswith("-namespace")} == {"ceph"}


def test_a_block_class_is_complete() -> None:
    """All secrets, the pool, the image format and the file system are there."""
    found = make_cluster(BLOCK, hosts=[1]).find("StorageClass", "fast")
    parameters = found["parameters"]
    named = {k.split("/")[1].removesuffix("-secret-name") for k in parameters if k.endswith("-secret-name")}
    assert named == SECRETS
    assert parameters["imageFormat"] == "2"
    assert parameters["pool"] == "p"
    assert parameters["csi.storage.k8s.io/fstype"] == "ext4"
    assert found["metadata"]["annotations"] == {"storageclass.kubernetes.io/is-default-class": "true"}


def test_a_shared_class_names_its_pool() -> None:
    """Ceph's name of a data pool is the filesystem's and the pool's."""
    parameters = make_cluster(SHARED, hosts=[1]).find("StorageClass", "shared")["parameters"]
    assert (parameters["fsName"], parameters["pool"]) == ("f", "f-data0")


def test_parameters_are_the_same_in_every_release() -> None:
    """Parameters cannot be changed, so an upgrade of Rook must not touch them."""
    made = [
        make_cluster({**BLOCK, "version": v}, hosts=[1]).find("StorageClass")
        for v in ("v1.20.6", "v1.19.10", "v1.18.11")
    ]
    assert made[0] == made[1] == made[2]


def test_ceph_on_arm_without_nbd_mounts_by_nbd() -> None:
    """A node without the kernel's rbd makes the mounter rbd-nbd, below `parameters` where the driver reads it."""
    pi: dict[str, Any] = {"nodeDefaults": {"arch": "arm64", "os": "raspbian", "kernelModules": {"rbd": False}}}
    assert make_cluster(BLOCK, hosts=[1], **pi).find("StorageClass")["parameters"]["mounter"] == "rbd-nbd"
    assert "mounter" not in make_cluster(BLOCK, hosts=[1]).find("StorageClass")["parameters"]


def test_a_kernel_without_ceph_mounts_by_fuse() -> None:
    """A node without the kernel's Ceph client makes the shared class mount by fuse."""
    pi: dict[str, Any] = {"nodeDefaults": {"kernelModules": {"ceph": False}}}
    assert make_cluster(SHARED, hosts=[1], **pi).find("StorageClass")["parameters"]["mounter"] == "fuse"


def test_offers_are_the_classes() -> None:
    """What others are offered is what is built, with the access modes that each kind has."""
    made = make_cluster({**BLOCK, **SHARED}, hosts=[1])
    offered = {offer.name: offer for offer in made.facts.iter_offers(StorageClass)}
    assert set(offered) == {b.manifest["metadata"]["name"] for b in made.built if b.manifest["kind"] == "StorageClass"}
    assert "ReadWriteMany" in offered["shared"].access_modes
    assert "ReadWriteMany" not in offered["fast"].access_modes
    assert offered["fast"].default
    assert offered["fast"].path == ("components", "rook", "blockPools", "p", "storageClass")


def test_a_bucket_class_is_no_volume_class() -> None:
    """Buckets have a StorageClass, which no volume claim can use: it is built but not offered."""
    made = make_cluster({"objectStores": {"o": {"bucketClass": {"name": "s3"}}}}, hosts=[1])
    assert made.find("StorageClass", "s3")["provisioner"] == "rook-ceph.ceph.rook.io/bucket"
    assert list(made.facts.iter_offers(StorageClass)) == []


def test_snapshots_have_classes_and_sidecars_together() -> None:
    """A class without the driver's sidecar would wait for ever: both follow from one setting, driver by driver."""
    made = make_cluster({**BLOCK, "snapshots": {}}, hosts=[1])
    assert made.find("VolumeSnapshotClass")["driver"] == "rook-ceph.rbd.csi.ceph.com"
    assert made.value("rook-csi", "drivers.rbd.snapshotPolicy") == "volumeSnapshot"
    assert made.value("rook-csi", "drivers.cephfs.snapshotPolicy") == "none"
