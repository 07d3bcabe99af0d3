"""Settings of Traefik."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from trimtab.kube.entrance import Exposure
from trimtab.settings.component import ComponentSettings, Resources
from trimtab.settings.model import DnsName, Duration, Model

Workload = Literal["traefik"]
"""What can be given resources."""


class OwnIngressClass(Model):
    """The IngressClass that Traefik serves."""

    name: DnsName = "traefik"
    """Its name."""
    default: bool = True
    """Whether Ingresses that name no class get it."""


class Settings(ComponentSettings):
    """The way from the outside to what runs in the cluster: Ingresses, Traefik's own routes, and Gateways."""

    ingress_class: OwnIngressClass = Field(default_factory=OwnIngressClass)
    """The IngressClass that Traefik serves."""
    expose: Exposure = "LoadBalancer"
    """How the outside reaches it: by an address of `network.loadBalancers`, by ports 80 and 443 of every node, or by
    high ports that something in front forwards to."""
    published_address: str | None = Field(
        None, title="an address or a host name", pattern=r"^[0-9A-Za-z:][0-9A-Za-z.:-]*$", examples=["192.0.2.10"]
    )
    """With `HostPort` and `NodePort`: the address that Ingresses show as theirs. Default: that of the first node that
    takes pods."""
    replicas: int | None = Field(None, ge=1, le=20)
    """How many run. Default: two, one on small clusters; with `HostPort` one on every node, whatever stands here."""
    redirect_to_https: bool | None = None
    """Send every plain HTTP request to HTTPS. Default: so, where the cluster has an issuer of certificates."""
    read_timeout: Duration = "10m"
    """How long a client may take to send one request. Traefik's own is a minute, which cuts off the push of a large
    image."""
    resources: dict[Workload, Resources] = Field({}, examples=[{"traefik": {"limits": {"memory": "256Mi"}}}])
    """Requests and limits by the name of the workload."""
