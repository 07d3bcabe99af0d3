"""Settings of Ceph's CSI drivers without Rook: volumes of a Ceph that somebody else runs."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from trimtab.settings.ceph import CephName, ExternalCeph, Snapshots
from trimtab.settings.component import ComponentSettings, Resources
from trimtab.settings.model import DnsLabel


class Settings(ExternalCeph, ComponentSettings):
    """Ceph's CSI drivers by their own operator: volumes of a Ceph outside the cluster, with nothing that watches it."""

    cluster_id: str | None = Field(
        None,
        title="a DNS name of 36 characters at most",
        pattern=r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
        max_length=36,
        examples=["ceph1"],
    )
    """The `clusterID` in the StorageClasses, also the name of the CephConnection and the ClientProfile. Every volume
    remembers it. Default: `fsid`."""
    driver_prefix: DnsLabel | None = Field(None, examples=["rook-ceph"])
    """What stands in front of the drivers' names, for volumes that another installation made: they name their driver.
    Default: nothing, as upstream's own `rbd.csi.ceph.com`."""
    sub_volume_group: CephName | None = Field(None, examples=["csi"])
    """The group of subvolumes that shared volumes lie in. Default: the driver's own, `csi`."""
    snapshots: Snapshots | None = None
    """Snapshots of volumes. Default: off."""
    resources: dict[Literal["operator", "controller", "node"], Resources] = Field(
        {}, examples=[{"node": {"limits": {"memory": "1Gi"}}}]
    )
    """Requests and limits: the operator, and the driver's own container in controllers and on nodes. Default:
    upstream's."""
