"""What can be said of pools, and of the classes, filesystems and object stores on top of them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from trimtab.settings.ceph import BlockClass, ReclaimPolicy, VolumeClass
from trimtab.settings.model import DnsLabel, DnsName, Model, Port

FailureDomain = Literal["osd", "host", "chassis", "rack", "pod", "room", "row", "datacenter", "zone", "region"]
"""What Ceph calls the things of which one may be lost: its CRUSH bucket types."""

DeviceClass = Annotated[str, Field(title="a device class", pattern=r"^[A-Za-z0-9_-]+$", examples=["ssd"])]
"""What Ceph calls a kind of disk: hdd, ssd, nvme, or a name of your own."""

ObjectStoreName = Annotated[
    str, Field(title="a DNS label of 38 characters at most", pattern=r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", max_length=38)
]
"""At most 38 characters, for Rook makes Service names of it (rook v1.20.6 pkg/apis/ceph.rook.io/v1/object.go:84-95)."""


class ErasureCoded(Model):
    """Erasure coding: data in chunks with some more to mend them, instead of whole copies."""

    data_chunks: int = Field(ge=2, le=32, examples=[2])
    """How many chunks an object is cut into. Ceph wants at least 2."""
    coding_chunks: int = Field(ge=1, le=32, examples=[1])
    """How many chunks are added: as many may be lost."""


class Pool(Model):
    """How a pool keeps data: in whole copies, or erasure coded."""

    replicas: int | None = Field(None, ge=1, le=10, examples=[3])
    """How many copies there are. Default: 3, or as many as there are failure domains where that is fewer."""
    erasure_coded: ErasureCoded | None = None
    """Keep chunks instead of copies. Never together with `replicas`."""
    failure_domain: FailureDomain | None = Field(None, examples=["host"])
    """What no two copies share. Default: `host`; `osd` where one host has all the disks."""
    device_class: DeviceClass | None = None
    """Only take disks of this class. Default: all."""
    compression: Literal["none", "passive", "aggressive", "force"] | None = None
    """When data is compressed. Default: Ceph's own, `none`."""


class FilesystemClass(VolumeClass):
    """The StorageClass of a filesystem."""

    pool: DnsLabel = "data0"
    """The data pool that new volumes go to: `data0`, or a name in `dataPools`."""


class BucketClass(Model):
    """The StorageClass that hands out buckets."""

    name: DnsName = Field(examples=["rook-ceph-bucket"])
    """The name of the class."""
    reclaim_policy: ReclaimPolicy = ReclaimPolicy.DELETE
    """What becomes of a bucket whose claim is deleted."""


class BlockPool(Pool):
    """A pool of block devices, each mounted by one node at a time."""

    storage_class: BlockClass | None = None
    """The class that hands its volumes out. Default: none."""


class Filesystem(Model):
    """A shared filesystem, which many nodes may mount at once."""

    replicas: int | None = Field(None, ge=1, le=10, examples=[3])
    """Copies of the metadata and of the first data pool, `data0`. Default: as for a block pool."""
    failure_domain: FailureDomain | None = None
    """What no two copies share. Default: as for a block pool."""
    device_class: DeviceClass | None = None
    """Only take disks of this class. Default: all."""
    compression: Literal["none", "passive", "aggressive", "force"] | None = None
    """When the data of `data0` is compressed. Default: Ceph's own, `none`."""
    data_pools: dict[DnsLabel, Pool] = Field(default_factory=dict, examples=[{"bulk": {"replicas": 2}}])
    """More data pools by name. Only these may be erasure coded: the first one holds every file's back pointers."""
    active_metadata_servers: int = Field(1, ge=1, le=50)
    """How many metadata servers share the work. Each has a standby where there is more than one host."""
    storage_class: FilesystemClass | None = None
    """The class that hands its volumes out. Default: none."""


class ObjectStore(Pool):
    """An S3 object store; the settings of the pool are those of its data."""

    port: Port = 80
    """The port of its Service inside the cluster, without TLS."""
    instances: int | None = Field(None, ge=1, le=100)
    """How many gateways answer. Default: 2, one on small clusters."""
    bucket_class: BucketClass | None = None
    """The class that hands its buckets out. Default: none."""
