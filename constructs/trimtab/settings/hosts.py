"""What is kept of a cluster outside it."""

from __future__ import annotations

from pydantic import Field

from trimtab.settings.model import Model


class EtcdBackup(Model):
    """Snapshots of etcd, written by a timer on every host that runs a member."""

    every: str = Field("6h", title="hours or minutes", pattern=r"^[1-9][0-9]*[hm]$", examples=["6h"])
    """How often: whole hours that divide a day, or whole minutes that divide an hour."""
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
