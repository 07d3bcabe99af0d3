"""Settings of Harbor."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from trimtab.components.harbor.storage_settings import ExternalDatabase, ObjectStorage
from trimtab.settings.component import ComponentSettings, Resources
from trimtab.settings.gateway import Gateway
from trimtab.settings.model import DnsLabel, DnsName, Model, Quantity

Workload = Literal[
    "core", "portal", "jobservice", "registry", "registryController", "scanner", "database", "redis", "exporter"
]
"""What can be given resources."""


class Tls(Model):
    """Who signs the certificate that clients see: an issuer, or a Secret of yours."""

    issuer: DnsLabel | None = None
    """The ClusterIssuer. Default: the cluster's first one, where no `secretName` is given."""
    secret_name: DnsName | None = Field(None, examples=["registry-tls"])
    """A Secret that you bring, with `tls.crt` and `tls.key`, and the authority in `ca.crt` where it is your own."""
    trusted: bool = False
    """Say true once every node trusts the authority: containerd pulls from nobody else."""
    insecure: bool = False
    """Speak plain HTTP, and have every node told so."""


class Settings(ComponentSettings):
    """A registry of images, with users, projects, and a scanner for known faults."""

    host: DnsName | None = Field(None, examples=["registry.example.org"])
    """The host name that images are pulled by. Default: `harbor.` and the cluster's `domain`."""
    size: Quantity = "40Gi"
    """The volume for images, in bytes."""
    database_size: Quantity = "5Gi"
    """The volume of Harbor's own database, in bytes."""
    scanner: bool | None = None
    """Look through images for known faults. Default: on, off on small clusters: it takes half a gibibyte."""
    scanner_size: Quantity = "5Gi"
    """The volume for what the scanner knows, in bytes."""
    storage_class: DnsName | None = None
    """The StorageClass of all volumes. Default: the cluster's default class."""
    database_storage_class: DnsName | None = None
    """The StorageClass of the database, which wants a disk and no file server. Default: that of all volumes."""
    object_storage: ObjectStorage | None = None
    """A bucket for the images, instead of a volume."""
    external_database: ExternalDatabase | None = None
    """A PostgreSQL of yours, instead of Harbor's own."""
    replicas: int = Field(1, ge=1, le=10)
    """How many of each part that may run more than once. More than one needs `objectStorage`, or a class whose volumes
    many pods may write to."""
    ingress_class: DnsName | None = None
    """The IngressClass. Default: the cluster's default class."""
    gateway: Gateway | None = None
    """A Gateway of yours that leads to Harbor, instead of an Ingress. Harbor 1.18 and newer."""
    tls: Tls = Field(default_factory=Tls)
    """Who signs the certificate that clients see."""
    secret_name: DnsName = "harbor-secrets"
    """The Secret with Harbor's passwords and keys, made outside Git."""
    resources: dict[Workload, Resources] = Field({}, examples=[{"registry": {"limits": {"memory": "1Gi"}}}])
    """Requests and limits by the name of the workload. Default: none, as upstream; the scanner has some."""
