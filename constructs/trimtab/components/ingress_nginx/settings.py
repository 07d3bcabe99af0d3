"""Settings of ingress-nginx."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from trimtab.kube.entrance import Exposure
from trimtab.settings.component import ComponentSettings, Resources
from trimtab.settings.model import DnsName, Model

Workload = Literal["controller"]
"""What can be given resources."""


class NginxIngressClass(Model):
    """The IngressClass that it serves."""

    name: DnsName = "nginx"
    """Its name."""
    default: bool = False
    """Whether Ingresses that name no class get it."""


class Settings(ComponentSettings):
    """The ingress controller that is no longer developed: for clusters that have it and are about to leave it."""

    ingress_class: NginxIngressClass = Field(default_factory=NginxIngressClass)
    """The IngressClass that it serves."""
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
    resources: dict[Workload, Resources] = Field({}, examples=[{"controller": {"limits": {"memory": "512Mi"}}}])
    """Requests and limits by the name of the workload. Default: the chart's own requests."""
