"""What `trimtab verify` may be told of a tree that no settings made."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from trimtab.settings.model import DnsLabel, DnsName, Model
from trimtab.settings.model_schema import model_definitions
from trimtab.settings.subschema import Schema
from trimtab.settings.ways_out import Allowance

FILE_NAME = "trimtab-verify.yaml"
"""Found by itself at the top of a tree."""
SCHEMA_FILE = "verify.schema.json"
MINOR = r"^1\.[0-9]{1,2}$"


class ExtraKind(Model):
    """A kind that something outside the tree adds to the cluster."""

    group: str = Field(min_length=1, examples=["example.org"])
    """Its API group."""
    kind: str = Field(min_length=1, examples=["Widget"])
    """Its name."""
    plural: str = Field("", examples=["widgets"])
    """Its name in addresses."""
    namespaced: bool = True
    """Whether its objects live in a namespace."""
    versions: list[str] = Field(min_length=1, examples=[["v1"]])
    """The versions that the API server answers for."""


class Provided(Model):
    """Objects that the cluster has without this tree."""

    namespaces: list[DnsLabel] = []
    """Namespaces."""
    storage_classes: list[DnsName] = []
    """StorageClasses."""
    ingress_classes: list[DnsName] = []
    """IngressClasses."""
    gateway_classes: list[DnsName] = []
    """GatewayClasses."""
    priority_classes: list[DnsName] = []
    """PriorityClasses."""
    cluster_issuers: list[DnsName] = []
    """ClusterIssuers of cert-manager."""
    issuers: dict[DnsLabel, list[DnsName]] = {}
    """Issuers of cert-manager, by namespace."""
    service_accounts: dict[DnsLabel, list[DnsName]] = {}
    """ServiceAccounts, by namespace."""
    config_maps: dict[DnsLabel, list[DnsName]] = {}
    """ConfigMaps, by namespace."""
    services: dict[DnsLabel, list[DnsName]] = {}
    """Services, by namespace."""


class VerifyConfig(Model):
    """What `trimtab verify` is told of a tree: what its settings would say, if it had any."""

    api_version: Literal["trimtab/v1"] = "trimtab/v1"
    """The format of this file."""
    kubernetes: str | None = Field(None, title="a minor version", pattern=MINOR, examples=["1.35"])
    """The minor version of Kubernetes. Default: the newest that this release knows."""
    exclude: list[str] = Field([], examples=[["examples/*", "*.draft.yaml"]])
    """Files that are not looked at, as patterns over the path in the tree; `*` goes over `/` too."""
    definitions: list[str] = Field([], examples=[["crds/widgets.yaml"]])
    """Files of CustomResourceDefinitions that the cluster has without this tree, relative to this file."""
    kinds: list[ExtraKind] = []
    """Kinds whose definitions are not at hand."""
    secrets: dict[DnsLabel, dict[DnsName, list[str]]] = Field({}, examples=[{"shop": {"database": ["password"]}}])
    """Secrets that are made outside Git: namespace, name, keys; an empty list of keys where they are not known."""
    provided: Provided = Field(default_factory=Provided)
    """Other objects that the cluster has without this tree."""
    allow: dict[str, dict[str, Allowance]] = Field(
        {}, examples=[{"no-health-probe": {"shop/*": {"reason": "the probe comes with the next image"}}}]
    )
    """Warnings and soft refusals that are meant: code, then file, `file#Kind/name`, or `*` for the whole tree; `*` in
    a file stands for anything."""


def verify_schema() -> Schema:
    """Give the JSON Schema (draft 2020-12) of the file."""
    names, definitions = model_definitions([VerifyConfig])
    root = definitions.pop(names[0])
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, "title": "What a tree is held against", **root, "$defs": definitions}
