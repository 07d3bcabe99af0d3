"""Settings of the local-path provisioner."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from trimtab.settings.component import ComponentSettings, Resources
from trimtab.settings.model import DnsName, Model

Workload = Literal["provisioner"]
"""What can be given resources."""


class LocalClass(Model):
    """The StorageClass of local volumes."""

    name: DnsName = "local-path"
    """Its name."""
    default: bool = False
    """Whether claims that name no class get it."""
    reclaim_policy: Literal["Delete", "Retain"] = "Delete"
    """What becomes of a volume whose claim is deleted."""


class Settings(ComponentSettings):
    """Volumes in a folder of one node: the pod cannot move, and that disk holds the only copy."""

    storage_class: LocalClass = Field(default_factory=LocalClass)
    """The StorageClass of local volumes."""
    path: str | None = Field(
        None, title="an absolute path", pattern=r"^/[^/ \t\r\n][^ \t\r\n]*$", examples=["/opt/local-path"]
    )
    """The folder on each node. Default: `local-path` below the node's data directory where its root is in memory, else
    upstream's `/opt/local-path-provisioner`."""
    resources: dict[Workload, Resources] = Field({}, examples=[{"provisioner": {"requests": {"cpu": "20m"}}}])
    """Requests and limits by the name of the workload."""
