"""What every component can be told: namespace, release name, version, resources, size, sync, and the way out."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, PrivateAttr

from trimtab.catalogue.chart import Release
from trimtab.settings.model import DnsLabel, HelmRelease, Model, Quantity, ReleaseVersion, Values


class Size(StrEnum):
    """How much a cluster, or a component in it, can afford."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Delivery(StrEnum):
    """Who renders a chart."""

    VALUES = "values"
    RENDERED = "rendered"


class Amounts(Model):
    """Amounts of what a container uses."""

    cpu: Quantity | None = Field(None, examples=["250m"])
    """Processor time; 1 is one core."""
    memory: Quantity | None = Field(None, examples=["512Mi"])
    """Memory, in bytes."""
    ephemeral_storage: Quantity | None = Field(None, alias="ephemeral-storage", examples=["1Gi"])
    """Disk of the node that containers write to, in bytes."""


class Resources(Model):
    """What a container asks for and what it may not pass."""

    requests: Amounts | None = None
    """What the scheduler sets aside."""
    limits: Amounts | None = None
    """What the container may not pass."""

    def to_kubernetes(self) -> dict[str, dict[str, str]]:
        """Give the `resources` of a container, without what is not set."""
        return self.model_dump(by_alias=True, exclude_none=True)


class Sync(Model):
    """How Argo CD brings what lies in Git to the cluster."""

    automated: bool | None = None
    """Sync without being asked. Off means `ordered`: a person or `trimtab sync` starts each sync."""
    self_heal: bool | None = None
    """Undo what somebody changed in the cluster by hand."""
    prune: bool | None = None
    """Delete what has left Git. What holds data is never pruned without a confirmation, whatever stands here."""

    @property
    def said(self) -> dict[str, bool]:
        """What is set, by field; made here, since the first `model_dump` of a run wakes pydantic's compiler."""
        return {name: value for name, value in self if value is not None}


class ComponentSettings(Model):
    """The settings that every component has."""

    version: ReleaseVersion | None = None
    """The release: one in the catalogue, or one that `releases` names. Default: the newest in the catalogue."""
    namespace: DnsLabel | None = None
    """The namespace of the component. Set it for an installation that exists already: its volumes stay where they
    are."""
    release_name: HelmRelease | None = None
    """The Helm release name. Set it for an installation that exists already. At most 53 characters (Helm's limit)."""
    size_class: Size | None = None
    """How much the component may take. Default: the cluster's `size`."""
    sync: Sync = Field(default_factory=Sync)
    """How its applications are synced. Default: `gitops.sync`."""
    delivery: Delivery | None = None
    """Who renders its charts. Default: the cluster's `delivery`."""
    values: dict[str, Values] = Field({}, examples=[{"cert-manager": {"replicaCount": 2}}])
    """Helm values by the name of the application, merged over ours last. A key that the chart does not read is
    refused."""
    _own_releases: tuple[Release, ...] = PrivateAttr(())

    @property
    def own_releases(self) -> tuple[Release, ...]:
        """The releases of this component that the repository names itself, beside those in the catalogue."""
        return self._own_releases

    def knowing(self, own: tuple[Release, ...]) -> Self:
        """Give the same settings, with which these releases of the repository's own may be taken."""
        if own == self._own_releases:
            return self
        made = self.model_copy()
        made._own_releases = own  # noqa: SLF001 - of its own class
        return made
