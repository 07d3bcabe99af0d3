"""Settings of cert-manager."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from trimtab.components.cert_manager.issuer_settings import IssuerSettings
from trimtab.settings.component import ComponentSettings, Resources
from trimtab.settings.model import DnsName

Workload = Literal["controller", "webhook", "cainjector"]
"""What can be given resources."""


class Settings(ComponentSettings):
    """Certificates for everything that speaks TLS, and the ClusterIssuers they come from."""

    issuers: dict[DnsName, IssuerSettings] = Field(
        {}, examples=[{"letsencrypt": {"acme": {"email": "ops@example.org"}}}]
    )
    """ClusterIssuers, by name."""
    recursive_nameservers: list[str] = Field([], examples=[["[2620:fe::fe]:53"]])
    """Resolvers that DNS-01 self-checks ask: `host`, `host:port`, an IPv6 address, or a `https://` address. Brackets
    and port 53 are set where they belong. Default: the cluster's own."""
    resources: dict[Workload, Resources] = Field({}, examples=[{"controller": {"requests": {"cpu": "50m"}}}])
    """Requests and limits by the name of the workload."""
