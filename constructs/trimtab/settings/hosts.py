"""What is kept of a cluster outside it."""

from __future__ import annotations

from pydantic import Field

from trimtab.settings.model import Model


class EtcdBackup(Model):
    """Snapshots of etcd, written by a timer on every host that runs a member."""

    every: str = Field(
        "6h",
        title="1h to 23h, or 1m to 59m",
        pattern=r"^(([1-9]|1[0-9]|2[0-3])h|([1-9]|[1-5][0-9])m)$",
        examples=["6h", "30m"],
    )
    """How often, in whole hours or minutes; counted anew each day, or each hour."""
    keep: int = Field(28, ge=1, le=1000)
    """How many snapshots each host keeps."""
    directory: str = Field(
        "/var/backups/etcd", title="an absolute path", pattern=r"^/[A-Za-z0-9_./-]+$", examples=["/var/backups/etcd"]
    )
    """Where on the host; fetch them from there, for a copy on the same disk is none."""


class Backup(Model):
    """What is kept of the cluster outside it."""

    etcd: EtcdBackup | None = None
    """Snapshots of etcd. Default: none."""
