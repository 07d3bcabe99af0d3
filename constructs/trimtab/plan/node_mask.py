"""The block of pod addresses that each node gets."""

from __future__ import annotations

from ipaddress import ip_network

MOST_BITS = 16
"""The controller manager cuts blocks at most this many bits longer than the range
(kubernetes pkg/controller/nodeipam/ipam/cidrset, clusterSubnetMaxDiff)."""

_USUAL = {4: 24, 6: 64}
"""kube-controller-manager's own defaults (--node-cidr-mask-size-ipv4, --node-cidr-mask-size-ipv6)."""

_ROOMY = {4: 25, 6: 120}
"""The longest block with an address for each of the 110 pods that a kubelet runs (--max-pods)."""

_SMALLEST = {4: 28, 6: 124}
"""The longest block worth cutting: 16 addresses."""


def plan_node_mask(pods: str, nodes: int) -> int | None:
    """Work out the prefix length of a node's block.

    It cannot be changed once nodes have their blocks, so more nodes are provided for wherever addresses allow it.

    Args:
        pods: The pod range of one family.
        nodes: How many nodes there are.

    Returns:
        The usual length (/24, /64) where the range has more than one such block, and one for each node; else the
        longest that the controller manager cuts and that holds the pods of a full node; else what is left for each
        node. None when that is too little.
    """
    network = ip_network(pods, strict=False)
    version, widest = network.version, network.prefixlen
    needed, longest = widest + max(0, (nodes - 1).bit_length()), widest + MOST_BITS
    usual, roomy = _USUAL[version], min(longest, _ROOMY[version])
    if max(needed, widest + 1) <= usual <= longest:
        return usual
    if needed <= roomy:
        return roomy
    return needed if needed <= min(longest, _SMALLEST[version]) else None
