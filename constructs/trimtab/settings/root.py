"""The whole of a cluster's settings, once all layers are merged."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from trimtab.settings.component import Delivery, Size
from trimtab.settings.gitops import GitOps
from trimtab.settings.hosts import Backup
from trimtab.settings.kubernetes import Kubernetes
from trimtab.settings.model import ClusterName, DnsLabel, DnsName, Model, RegistryHost, ReleaseVersion
from trimtab.settings.network import Network
from trimtab.settings.nodes import Node, NodeCommon, NodeCount
from trimtab.settings.own_release import OwnRelease
from trimtab.settings.secrets import Secrets
from trimtab.settings.ways_out import Allowance, OwnApplication, OwnConstruct, Patch, Registry, Repository


class Settings(Model):
    """One cluster: `apps/clusters/<cluster>.yaml` over the profiles it names over `apps/platform.yaml`."""

    api_version: Literal["trimtab/v1"] = "trimtab/v1"
    """The version of this format."""
    cluster: ClusterName = Field(examples=["place7"])
    """The cluster's name: the name of its file, its folder in `dist/`, the first part of its Applications' names."""
    profiles: list[DnsLabel] = Field([], examples=[["ipv6-only"]])
    """Layers below this file, lowest first: `apps/profiles/<name>.yaml`."""
    size: Size = Size.MEDIUM
    """How much the cluster can afford: `small` cuts replicas and requests."""
    delivery: Delivery = Delivery.VALUES
    """Who renders the charts: with `values` Argo CD does, with our values; with `rendered` we do, with helm and the
    archives of `trimtab lock`, and the cluster needs no chart repository."""
    domain: DnsName | None = Field(None, examples=["place7.example.org"])
    """The DNS domain of what the cluster serves to the outside."""
    kubernetes: Kubernetes
    """Which Kubernetes this is, and what it brings with it."""
    node_defaults: NodeCommon = Field(default_factory=NodeCommon)
    """What nodes share; each node may say otherwise."""
    nodes: dict[DnsName, Node] = {}
    """The machines, by host name."""
    node_count: NodeCount | None = None
    """How many machines, instead of `nodes`, where there is nothing more to say of them."""
    network: Network
    """Ranges and ways out."""
    backup: Backup = Field(default_factory=Backup)
    """What is kept of the cluster outside it."""
    gitops: GitOps
    """Where the tree lies in Git, and how Argo CD brings it to the cluster."""
    secrets: Secrets = Field(default_factory=Secrets)
    """How the Secrets come into the cluster that no object in Git may hold."""
    registries: dict[RegistryHost, Registry] = {}
    """Mirrors of image registries, by the registry's host name."""
    repositories: dict[str, Repository] = {}
    """Mirrors of chart and Git repositories, by the address upstream publishes."""
    releases: dict[DnsLabel, dict[ReleaseVersion, OwnRelease]] = Field({}, examples=[{"cert-manager": {"v1.21.2": {}}}])
    """Releases of components that the catalogue does not hold, by component, then by version: a patch that came out
    yesterday. Best in `apps/platform.yaml`, for all clusters."""
    components: dict[str, Any] = {}
    """What runs in the cluster, by component."""
    applications: dict[DnsLabel, OwnApplication] = {}
    """Your own applications, by name."""
    constructs: dict[DnsLabel, OwnConstruct] = {}
    """Your own cdk8s constructs, by a name of your choice."""
    patches: dict[str, Patch] = {}
    """Changes to generated objects, by a name of your choice."""
    allow: dict[str, dict[str, Allowance]] = Field(
        {}, examples=[{"local-volume-pins-workload": {"components.local-path": {"reason": "one node"}}}]
    )
    """Warnings and soft refusals that are meant: by code, then by the settings path they speak of."""
