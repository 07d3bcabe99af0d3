"""The block of pod addresses that each node gets."""

from __future__ import annotations

from ipaddress import ip_network

MOST_BITS = 16
"""The controller manager cuts blocks at most this many bits longer than the range
(kubernetes pkg/controller/nodeipam/ipam/cidrset, clusterSubnetMaxDiff)."""

_USUAL = {4: 24, 6: 64}
"""kube-controller-manager's own defaults (--node-cidr-mask-size-ipv4, --node-cidr-mask-size-ipv6)."""

_SMALLEST_BLOCK = {4: 28, 6: 122}
"""The longest block that still holds a node's pods: 16 addresses, 64 addresses."""



def plan_node_mask(pods: str, nodes: int) -> int | None:
    """Work out the prefix length of a node's block.

    Args:
        pods: The pod range of one family.
        nodes: How many nodes there are.

    Returns:
        The usual length (/24, /64) where the range has that many such blocks; else 16 bits longer than the range, or
        less where that leaves a node too few addresses. None when no length fits.
    """
    network = ip_network(pods, strict=False)
    needed = network.prefixlen + max(0, (nodes - 1).bit_length())
    usual = _USUAL[network.version]
    if needed <= usual <= network.prefixlen + MOST_BITS and (network.prefixlen < usual or nodes == 1):
        return usual
    longest = min(network.prefixlen + MOST_BITS, _SMALLEST_BLOCK[network.version])
    return longest if needed <= longest else None
