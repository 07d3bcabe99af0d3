"""Settings of the NFS driver."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from trimtab.settings.component import ComponentSettings, Resources
from trimtab.settings.model import DnsName, Model

Workload = Literal["controller", "node"]
"""What can be given resources: the driver's own container, in the controller and on every node."""


class NfsClass(Model):
    """One StorageClass: a directory of an NFS server, in which each volume is a directory."""

    server: str = Field(
        title="a host name or an address",
        pattern=r"^(\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z:][0-9A-Za-z.:-]*)$",
        examples=["nfs.example.org", "2001:db8::99"],
    )
    """The server. An IPv6 address has no brackets: the driver sets them itself."""
    share: str = Field(title="an absolute path", pattern=r"^/[^ \t\r\n]*$", examples=["/export/volumes"])
    """The directory that the server exports."""
    sub_dir: str | None = Field(
        None,
        title="a relative path",
        pattern=r"^[^/ \t\r\n][^ \t\r\n]*$",
        examples=["${pvc.metadata.namespace}/${pvc.metadata.name}"],
    )
    """The directory of a volume below the share. Default: a name of its own for each volume."""
    default: bool = False
    """Whether claims that name no class get it."""
    reclaim_policy: Literal["Delete", "Retain"] = "Delete"
    """What becomes of a volume whose claim is deleted."""
    on_delete: Literal["delete", "retain", "archive"] = "delete"
    """What becomes of the directory when a volume is deleted: `archive` renames it."""
    mount_options: list[str] = Field([], examples=[["nfsvers=4.1", "hard"]])
    """Options of the mount. Default: what client and server agree on. The directory itself is deleted without them."""
    mount_permissions: str | None = Field(None, title="octal digits", pattern=r"^[0-7]{3,4}$", examples=["0770"])
    """Mode that the driver gives a volume after each mount. Default: as it is; a pod's `fsGroup` is the better way."""


class Settings(ComponentSettings):
    """Volumes on an NFS server that is there already: many pods on many nodes may write to one of them."""

    storage_classes: dict[DnsName, NfsClass] = Field(
        {}, examples=[{"nfs": {"server": "nfs.example.org", "share": "/export/volumes"}}]
    )
    """StorageClasses, by name."""
    resources: dict[Workload, Resources] = Field({}, examples=[{"node": {"limits": {"memory": "500Mi"}}}])
    """Requests and limits by the name of the workload. Default: the chart's own."""
