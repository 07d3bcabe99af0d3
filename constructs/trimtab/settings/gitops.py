"""Where the tree lies in Git, and how Argo CD brings it to the cluster."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from trimtab.settings.component import Sync
from trimtab.settings.model import DnsLabel, DnsName, Duration, Model


class SecretName(Model):
    """A Secret that somebody makes outside Git."""

    secret_name: DnsName = Field(examples=["repo-platform"])
    """The name of the Secret."""


class Destination(Model):
    """The cluster that Argo CD applies to."""

    server: str | None = Field(
        None,
        title="an https address without a slash at its end",
        pattern=r"^https://[^ \t\r\n]*[^/ \t\r\n]$",
        examples=["https://kubernetes.default.svc"],
    )
    """The address of its API server. Default: the cluster that Argo CD runs in."""
    name: str | None = Field(None, min_length=1)
    """Its name in Argo CD, instead of the address."""


class SyncWindow(Model):
    """A time in which Argo CD may, or may not, sync."""

    kind: Literal["allow", "deny"]
    """Whether it opens or closes."""
    schedule: str = Field(
        title="a cron schedule of five fields", pattern=r"^[^ \t\r\n]+( [^ \t\r\n]+){4}$", examples=["0 18 * * 1-5"]
    )
    """When it begins: cron with five fields."""
    duration: Duration = Field(examples=["14h"])
    """How long it lasts."""
    time_zone: str = "UTC"
    """The time zone of the schedule, as the tz database names it."""
    applications: list[str] = Field(["*"], min_length=1)
    """Names of Applications, with `*` for anything."""
    manual_sync: bool = False
    """Whether a person may sync all the same."""


class GitOps(Model):
    """Where the tree lies in Git, and how Argo CD brings it to the cluster."""

    repo_url: str = Field(
        alias="repoURL",
        title="the address of a Git repository",
        pattern=r"^(https?://|ssh://|git@)[^ \t\r\n]+$",
        examples=["https://git.example.org/platform.git"],
    )
    """The Git repository that holds this project."""
    target_revision: str = Field("main", min_length=1)
    """The branch or tag that Argo CD follows."""
    path: str = Field(
        "",
        title="a relative path",
        pattern=r"^([^/ \t\r\n]([^ \t\r\n]*[^/ \t\r\n])?)?$",
        examples=["clusters/platform"],
    )
    """The folder of this project in the repository. Default: its top."""
    credentials: SecretName | None = None
    """The Secret with the repository's credentials (label `argocd.argoproj.io/secret-type: repository`)."""
    destination: Destination = Field(default_factory=Destination)
    """The cluster that Argo CD applies to."""
    namespace: DnsLabel = "argocd"
    """The namespace that Argo CD reads its Applications from."""
    sync: Sync = Field(default_factory=lambda: Sync.model_construct(automated=True, self_heal=True, prune=True))
    """How Applications are synced, unless a component says otherwise."""
    sync_windows: dict[str, SyncWindow] = {}
    """Times in which Argo CD may, or may not, sync, by a name of your choice."""
