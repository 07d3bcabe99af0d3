"""What can be said of Ceph wherever volumes of it are handed out: classes, and a Ceph outside the cluster."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from trimtab.settings.model import DnsName, Model, MonitorAddress, MonitorName

CephName = Annotated[
    str, Field(title="a name in Ceph", pattern=r"^[A-Za-z0-9._][A-Za-z0-9._-]*$", max_length=128, examples=["kube"])
]
"""The name of a pool or of a file system."""

Fsid = Annotated[
    str,
    Field(
        title="a UUID in lower case",
        pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        examples=["4f4a7a1e-5b0c-4d6e-9c2a-0d3b8a1f7e55"],
    ),
]
"""What `ceph fsid` prints."""


class ReclaimPolicy(StrEnum):
    """What becomes of a volume whose claim is deleted."""

    DELETE = "Delete"
    RETAIN = "Retain"


class VolumeClass(Model):
    """The StorageClass that hands out volumes."""

    name: DnsName = Field(examples=["rook-ceph-block"])
    """The name of the class."""
    default: bool = False
    """Whether claims that name no class get this one."""
    reclaim_policy: ReclaimPolicy = ReclaimPolicy.DELETE
    """What becomes of a volume whose claim is deleted."""
    allow_volume_expansion: bool = True
    """Whether a claim may grow."""


class BlockClass(VolumeClass):
    """The StorageClass of a block pool."""

    fs_type: Literal["ext4", "xfs"] = "ext4"
    """The file system on each volume. Rook advises against xfs where the disks are in the nodes that mount."""
    mounter: Literal["rbd", "rbd-nbd"] | None = None
    """How nodes attach volumes. Default: the kernel's `rbd`, or `rbd-nbd` where a node's `kernelModules` deny it."""
    image_features: str = Field(
        "layering", title="names joined by commas", pattern=r"^[a-z-]+(,[a-z-]+)*$", examples=["layering,fast-diff"]
    )
    """Features of each image, joined by commas. Kernels before 5.4 know only `layering`."""


class SnapshotClass(Model):
    """The VolumeSnapshotClass of a driver."""

    name: DnsName | None = None
    """The name of the class. Default: `rook-ceph-block` and `rook-cephfs`, without Rook `ceph-block` and `cephfs`."""
    default: bool = False
    """Whether snapshots that name no class get this one."""
    deletion_policy: Literal["Delete", "Retain"] = "Delete"
    """What becomes of the snapshot's content when it is deleted."""


class Snapshots(Model):
    """Snapshots of volumes. The cluster needs the snapshot controller and its CRDs, which no driver brings."""

    block: SnapshotClass = Field(default_factory=SnapshotClass)
    """The class for volumes of block pools, made where there is one."""
    filesystem: SnapshotClass = Field(default_factory=SnapshotClass)
    """The class for volumes of filesystems, made where there is one."""


class ExternalBlock(Model):
    """A pool of block devices that is there already."""

    pool: CephName = Field(examples=["kube"])
    """The pool's name in Ceph. Where it is erasure coded: the replicated pool of its images' headers."""
    data_pool: CephName | None = Field(None, examples=["kube-data"])
    """The erasure-coded pool that holds the data. Default: `pool` holds it."""
    storage_class: BlockClass
    """The class that hands its volumes out."""


class ExternalFilesystem(Model):
    """A file system that is there already."""

    name: CephName = Field(examples=["cephfs"])
    """The file system's name in Ceph."""
    data_pool: CephName | None = Field(None, examples=["cephfs-bulk"])
    """The data pool that new volumes go to. Default: the file system's own choice."""
    storage_class: VolumeClass
    """The class that hands its volumes out."""


class ExternalCeph(Model):
    """A Ceph outside the cluster, which somebody else runs."""

    monitors: dict[MonitorName, MonitorAddress] = Field(
        min_length=1, examples=[{"a": "10.42.2.1:6789", "b": "10.42.2.2:6789", "c": "10.42.2.3:6789"}]
    )
    """Address and port of each monitor, by the name that `ceph mon dump` shows. 6789 speaks the old protocol, 3300 the
    new one. IPv6 addresses stand in brackets."""
    fsid: Fsid
    """What `ceph fsid` prints."""
    block: ExternalBlock | None = None
    """A pool of block devices. Default: none."""
    filesystem: ExternalFilesystem | None = None
    """A shared file system. Default: none."""
