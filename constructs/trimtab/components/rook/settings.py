"""Settings of Rook: Ceph storage on the cluster's own disks, or of a Ceph outside the cluster."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from trimtab.components.rook.pool_settings import BlockPool, Filesystem, ObjectStore, ObjectStoreName
from trimtab.settings.ceph import ExternalCeph, Snapshots
from trimtab.settings.component import ComponentSettings, Resources
from trimtab.settings.gateway import Gateway
from trimtab.settings.model import Address, DnsLabel, DnsName, Duration, Model, Port, ReleaseVersion

Workload = Literal[
    "operator",
    "mon",
    "mgr",
    "mgr-sidecar",
    "osd",
    "prepareosd",
    "mds",
    "rgw",
    "crashcollector",
    "exporter",
    "toolbox",
]
"""What can be given resources: the operator, Ceph's daemons as Rook names them, and the toolbox."""

Daemon = Literal["mon", "mgr", "osd", "mds", "rgw"]
"""Ceph's daemons, as Rook names them."""


class DeviceSelection(Model):
    """Which disks of every node Ceph takes."""

    device_filter: str | None = Field(None, min_length=1, examples=["^sd[b-d]$"])
    """A regular expression, as Go reads it, over the kernel's device names."""
    device_path_filter: str | None = Field(None, min_length=1, examples=["^/dev/disk/by-id/ata-.*"])
    """A regular expression, as Go reads it, over the paths below `/dev/disk`."""
    use_all_devices: bool = False
    """Take every blank disk of every node, also those that are plugged in later."""


class Discovery(Model):
    """A daemon on each node that looks for new disks."""

    interval: Duration = "60m"
    """How often it looks."""


class Dashboard(Model):
    """Ceph's own web page. The user is `admin`; the password is in the Secret `rook-ceph-dashboard-password`."""

    ssl: bool | None = None
    """Whether the page itself speaks TLS, with a certificate it signs itself. Default: on, except behind `host`."""
    port: Port | None = None
    """The port of its Service. Default: 8443 with TLS, 7000 without. Up to 1024 only the Service's port changes."""
    service: Literal["ClusterIP", "LoadBalancer", "NodePort"] = "ClusterIP"
    """How it is reached: inside the cluster, or by a Service of our own that follows the active manager."""
    host: DnsName | None = Field(None, examples=["ceph.place7.example.org"])
    """A host name that an Ingress answers for, or `gateway`; whoever answers ends TLS."""
    gateway: Gateway | None = None
    """A Gateway of yours that leads from `host` to the page, instead of an Ingress."""


class Toolbox(Model):
    """A pod with Ceph's command line in it."""


class CephNetwork(Model):
    """What Ceph's daemons listen on. All of it follows from the cluster, and none can be changed afterwards."""

    ip_family: Literal["IPv4", "IPv6"] | None = None
    """The family of the daemons' addresses. Default: the cluster's first."""
    dual_stack: bool | None = None
    """Whether they use both families. Default: whether the cluster does."""
    host_network: bool = False
    """Whether they use the nodes' own network."""


class MonitorSecret(Model):
    """The Secret by which Rook speaks to a Ceph outside the cluster."""

    name: Literal["rook-ceph-mon"] = "rook-ceph-mon"
    """Its name. Rook reads no other."""


class External(ExternalCeph):
    """A Ceph outside the cluster. Rook asks it for its health, and hands its volumes out."""

    secret: MonitorSecret = Field(default_factory=MonitorSecret)
    """The Secret that Rook signs in with. `trimtab secrets` prints what it holds, and the commands that make it."""
    managers: list[Address] = Field([], examples=[["10.42.2.1", "10.42.2.2"]])
    """Addresses of Ceph's managers, all of one family, whose metrics Prometheus reads on port 9283. Default: none."""


class Settings(ComponentSettings):
    """Rook: Ceph on the cluster's own disks, as block devices, filesystems and buckets; or volumes of one outside."""

    external: External | None = None
    """A Ceph outside the cluster. Default: one on the cluster's own disks. Never together with what such a one has:
    disks, monitors, pools, filesystems, object stores, network and page."""
    devices: Literal["fromNodes"] | DeviceSelection = "fromNodes"
    """Which disks Ceph takes: those that `nodes` name, or a selection that is the same on every node."""
    data_dir_host_path: str | None = Field(
        None, title="an absolute path", pattern=r"^/[^ \t\r\n]+$", examples=["/data/rook"]
    )
    """Where monitors keep their state on each node; never changed afterwards, and empty before a new start.
    Default: `rook` below the nodes' `data` where their root is in memory, else `/var/lib/rook`."""
    discovery: Discovery | None = None
    """Look for new disks all the time. Default: only when the operator starts or the settings change."""
    ceph_version: ReleaseVersion | None = Field(None, examples=["v19.2.6"])
    """The version of Ceph, to keep the last one for a while. Default: the one this Rook release brings."""
    monitors: int | None = Field(None, ge=1, le=9)
    """How many monitors. Default: 1 below three usable nodes, 3, or 5 from five nodes on."""
    managers: int | None = Field(None, ge=1, le=5)
    """How many managers; one works, the others wait. Default: 2, one on small clusters."""
    block_pools: dict[DnsLabel, BlockPool] = Field({}, examples=[{"replicapool": {"storageClass": {"name": "fast"}}}])
    """Pools of block devices, by name."""
    filesystems: dict[DnsLabel, Filesystem] = Field({}, examples=[{"shared": {"storageClass": {"name": "shared"}}}])
    """Shared filesystems, by name."""
    object_stores: dict[ObjectStoreName, ObjectStore] = Field({}, examples=[{"media": {"bucketClass": {"name": "s3"}}}])
    """Object stores, by name."""
    network: CephNetwork = Field(default_factory=CephNetwork)
    """What Ceph's daemons listen on."""
    dashboard: Dashboard | None = None
    """Ceph's own web page. Default: off."""
    toolbox: Toolbox | None = None
    """A pod with Ceph's command line in it. Default: none."""
    snapshots: Snapshots | None = None
    """Snapshots of volumes. Default: off."""
    monitoring: bool | None = None
    """Whether Prometheus scrapes Ceph. Default: whether anything in the cluster brings Prometheus' API."""
    resources: dict[Workload, Resources] = Field({}, examples=[{"osd": {"limits": {"memory": "4Gi"}}}])
    """Requests and limits by workload. Default: upstream's, less on small clusters."""
    priorities: dict[Daemon, DnsName] = Field({}, examples=[{"rgw": "system-cluster-critical"}])
    """PriorityClasses by daemon. Default: system-node-critical for mon and osd, else system-cluster-critical."""
