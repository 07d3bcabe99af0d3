"""The network of a cluster: ranges, kube-proxy, and what lies between it and the world."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from trimtab.settings.model import Address, AddressRange, Cidr, Model, Port

TimeServer = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9.:-]*$",
        max_length=253,
        json_schema_extra={"title": "a host name or address", "examples": ["ptbtime1.ptb.de"]},
    ),
]
"""An NTP server: a host name or an address."""


class KubeProxyMode(StrEnum):
    """How kube-proxy makes Services reachable."""

    IPTABLES = "iptables"
    IPVS = "ipvs"
    NFTABLES = "nftables"


class KubeProxy(Model):
    """kube-proxy, which the distribution brings."""

    mode: KubeProxyMode = KubeProxyMode.IPTABLES
    """How it makes Services reachable. ipvs is deprecated since Kubernetes 1.35."""


class Proxy(Model):
    """The HTTP proxy through which the nodes reach the world."""

    http: str = Field(
        title="an address", pattern=r"^https?://[^ \t\r\n@]+$", examples=["http://proxy.example.org:3128"]
    )
    """Its address; no password, which would lie on every node."""
    https: str | None = Field(
        None, title="an address", pattern=r"^https?://[^ \t\r\n@]+$", examples=["http://proxy.example.org:3128"]
    )
    """The one for https. Default: the same."""
    no_proxy: list[str] = Field([], examples=[[".example.org"]])
    """What is reached without it, beside the cluster's own ranges and names."""


class Network(Model):
    """Ranges and ways out. One range a family; the order of `services` is the order of families."""

    pods: list[Cidr] = Field(min_length=1, max_length=2, examples=[["2001:db8:1::/56"]])
    """The ranges that pods get addresses from: one, or one a family."""
    services: list[Cidr] = Field(min_length=1, max_length=2, examples=[["2001:db8:2::/108"]])
    """The ranges of Service addresses: one, or one a family. The first one's family is the cluster's first family."""
    nodes: list[Cidr] = Field([], examples=[["2001:db8::/64"]])
    """The ranges that the nodes' own addresses lie in; needed to see that nothing overlaps."""
    load_balancers: list[AddressRange] = Field([], examples=[["2001:db8:3::/112"]])
    """Addresses for Services of type LoadBalancer."""
    nat_outgoing: bool | None = None
    """Whether pods leave the cluster under their node's address. Default: on for private ranges (RFC 1918, ULA, shared
    address space), off for routed ones."""
    nat64: bool = False
    """Whether an IPv6-only cluster reaches IPv4 hosts through NAT64 and DNS64."""
    routed: bool = False
    """Whether the network outside knows the way back to private pod ranges, so that no NAT is needed."""
    kube_proxy: KubeProxy = Field(default_factory=KubeProxy)
    """kube-proxy, which the distribution brings."""
    mtu: int | None = Field(None, ge=1280, le=9216)
    """Largest packet of the pod network, in bytes. Default: found by Calico."""
    nameservers: list[Address] = Field([], max_length=3, examples=[["2620:fe::fe", "9.9.9.9"]])
    """The name servers that nodes ask, and the cluster's DNS for names outside. At most three, which is all that the
    resolver of a host heeds. Default: what the hosts have."""
    time_servers: list[TimeServer] = Field([], examples=[["ptbtime1.ptb.de", "ptbtime2.ptb.de"]])
    """NTP servers of the nodes, names or addresses. Default: what the hosts have."""
    proxy: Proxy | None = None
    """The HTTP proxy through which the nodes reach the world. Default: none."""
    inbound_ports: list[Port] = Field([80, 443], examples=[[443]])
    """TCP ports that the world may reach on the nodes and load balancers."""
