"""The pools of pod addresses, and what else follows from the cluster's ranges."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network, summarize_address_range
from typing import Any

from trimtab.components.calico.settings import Encapsulation, Family, Settings
from trimtab.plan.cluster import Cluster
from trimtab.plan.ranges import is_private, range_bounds
from trimtab.settings.network import KubeProxyMode

BLOCK_SIZES: dict[Family, range] = {"IPv4": range(20, 33), "IPv6": range(116, 129)}
"""Prefix lengths of blocks (tigera/operator v1.42.3 pkg/controller/ippool/validation.go:103-130)."""

_USUAL_BLOCK: dict[Family, int] = {"IPv4": 26, "IPv6": 122}
"""What the operator takes where nothing is said (pkg/controller/ippool/defaults.go:182,197)."""


def pod_ranges(cluster: Cluster) -> tuple[tuple[Family, str], ...]:
    """Give each pod range with its family, as Calico spells it: masked and short."""
    return tuple((family_of(cidr), str(ip_network(cidr, strict=False))) for cidr in cluster.settings.network.pods)


def family_of(cidr: str) -> Family:
    """Give the family of a range in CIDR form."""
    return "IPv6" if ip_network(cidr, strict=False).version == 6 else "IPv4"


def wanted_encapsulation(settings: Settings) -> Encapsulation:
    """Give how packets are wrapped: without BGP nobody else tells a node where another node's pods are."""
    return settings.encapsulation or ("None" if settings.bgp is not None else "VXLAN")


def wanted_dataplane(settings: Settings, cluster: Cluster) -> str:
    """Give what filters packets: Calico and kube-proxy must use the same (docs.tigera.io, nftables data plane)."""
    is_nftables = cluster.settings.network.kube_proxy.mode == KubeProxyMode.NFTABLES
    return settings.dataplane or ("Nftables" if is_nftables else "Iptables")


def wanted_nat(cidr: str, cluster: Cluster) -> bool:
    """Say whether pods of a range leave under their node's address: private ones do, unless the way back is known."""
    network = cluster.settings.network
    return network.nat_outgoing if network.nat_outgoing is not None else is_private(cidr) and not network.routed


def wanted_block_size(family: Family, cidr: str, settings: Settings, cluster: Cluster) -> int:
    """Give the prefix length of blocks: the usual one, longer where the range would not give each node a block."""
    if family in settings.block_size:
        return settings.block_size[family]
    prefix = ip_network(cidr, strict=False).prefixlen
    bits_for_nodes = (max(1, len(cluster.nodes)) - 1).bit_length()
    return min(max(_USUAL_BLOCK[family], prefix + bits_for_nodes), BLOCK_SIZES[family][-1])


def plan_pool(family: Family, cidr: str, settings: Settings, cluster: Cluster) -> dict[str, Any]:
    """Give a pool of the Installation with every field that the operator would fill in.

    The operator writes its defaults back, and a list is replaced as a whole: a field left out would differ for ever
    (tigera/operator v1.42.3 pkg/controller/ippool/defaults.go:155-245, pool_controller.go:204-216).
    """
    return {
        "name": f"default-{family.lower()}-ippool",
        "cidr": cidr,
        "blockSize": wanted_block_size(family, cidr, settings, cluster),
        "encapsulation": wanted_encapsulation(settings),
        "natOutgoing": "Enabled" if wanted_nat(cidr, cluster) else "Disabled",
        "nodeSelector": "all()",
        "allowedUses": ["Workload", "Tunnel"],
        "assignmentMode": "Automatic",
        "disableBGPExport": False,
        "disableNewAllocations": False,
    }


def load_balancer_ranges(cluster: Cluster) -> tuple[str, ...]:
    """Give the addresses for load balancers in CIDR form: a range from first to last may be several."""
    return tuple(
        str(network) for text in cluster.settings.network.load_balancers for network in _summarize(*range_bounds(text))
    )


def _summarize(first: Any, last: Any) -> list[IPv4Network | IPv6Network]:
    return list(summarize_address_range(first, last))


def load_balancer_block_size(cidr: str) -> int:
    """Give the block size of a pool for load balancers: the usual one, or the pool's own where that is smaller."""
    return max(_USUAL_BLOCK[family_of(cidr)], ip_network(cidr).prefixlen)
