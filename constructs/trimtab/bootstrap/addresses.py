"""Addresses as hosts want them: by family, in brackets, and the endpoint taken apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address, ip_network

from trimtab.plan.cluster import Cluster
from trimtab.plan.nodes import NodeFacts
from trimtab.plan.ranges import is_address
from trimtab.settings.kubernetes import EndpointProvider

API_PORT = 6443
"""Where kubeadm's and kubespray's API servers listen (kubernetes cmd/kubeadm/app/constants, KubeAPIServerPort)."""


def in_brackets(address: str) -> str:
    """Give an address as it stands before a port: IPv6 in brackets."""
    return f"[{address}]" if ":" in address else address


def anywhere(cluster: Cluster) -> str:
    """Give the address that means: listen on all. `::` takes IPv4 connections too."""
    return "0.0.0.0" if cluster.ip_families == ("IPv4",) else "::"  # noqa: S104 - the firewall says who may come


def node_addresses(node: NodeFacts, cluster: Cluster) -> tuple[str, ...]:
    """Give a node's addresses, the one of the cluster's first family first; both in a dual-stack cluster."""
    known = {f"IPv{ip_address(text).version}": text for text in (node.address, node.secondary_address) if text}
    return tuple(known[family] for family in cluster.ip_families if family in known)


def of_family(texts: tuple[str, ...], version: int) -> list[str]:
    """Give the addresses or ranges of one family (4 or 6)."""
    return [text for text in texts if _version(text) == version]


@lru_cache(maxsize=1 << 12)
def _version(text: str) -> int:
    """Give the family of an address or a range; the same few stand in every rule of a firewall."""
    return ip_network(text, strict=False).version


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where the API server is reached."""

    host: str
    """A name or an address, without brackets."""
    port: int
    address: str | None
    """The address behind it; nothing where it is a name and nobody says."""
    provider: EndpointProvider

    def __str__(self) -> str:
        return f"{in_brackets(self.host)}:{self.port}"


def plan_endpoint(cluster: Cluster) -> Endpoint | None:
    """Take the endpoint apart; nothing where the settings name none."""
    kubernetes = cluster.settings.kubernetes
    if kubernetes.endpoint is None:
        return None
    host, _, port = kubernetes.endpoint.rpartition(":")
    host = host.strip("[]")
    return Endpoint(
        host=host,
        port=int(port),
        address=kubernetes.endpoint_address or (host if is_address(host) else None),
        provider=kubernetes.endpoint_provider,
    )


def control_planes(cluster: Cluster) -> tuple[NodeFacts, ...]:
    """Give the nodes that run the control plane, by name; the first of them is where a cluster begins."""
    return tuple(node for node in cluster.nodes if node.is_control_plane)
