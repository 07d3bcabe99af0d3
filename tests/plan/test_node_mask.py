"""The block of each node: as kube-controller-manager can cut it, and large enough for a node full of pods."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.plan.node_mask import MOST_BITS, plan_node_mask

LENGTHS = {"10.0.0.0/{}": (8, 32), "fd00::/{}": (40, 128)}
ranges = st.sampled_from(sorted(LENGTHS)).flatmap(
    lambda form: st.integers(*LENGTHS[form]).map(lambda length: str(ip_network(form.format(length), strict=False)))
)
counts = st.integers(1, 5000)


def possible(pods: str, nodes: int) -> list[int]:
    """List by brute force every length that gives each node a block of at least 16 addresses."""
    network = ip_network(pods)
    longest = min(network.prefixlen + MOST_BITS, network.max_prefixlen - 4)
    return [length for length in range(network.prefixlen, longest + 1) if 2 ** (length - network.prefixlen) >= nodes]


@given(ranges, counts)
def test_a_length_is_found_exactly_where_there_is_one(pods: str, nodes: int) -> None:
    """Each node gets a block, at most 16 bits longer than the range; none is given only where none would do."""
    mask, choices = plan_node_mask(pods, nodes), possible(pods, nodes)
    assert mask in choices if choices else mask is None


@given(ranges, counts)
def test_a_full_node_has_addresses_wherever_that_is_possible(pods: str, nodes: int) -> None:
    """A kubelet runs 110 pods: where some block holds them for every node, the chosen one does."""
    mask = plan_node_mask(pods, nodes)
    bits = ip_network(pods).max_prefixlen
    roomy = [length for length in possible(pods, nodes) if 2 ** (bits - length) >= 110]
    assert mask is not None and 2 ** (bits - mask) >= 110 if roomy else True


@given(ranges, counts)
def test_more_nodes_never_make_a_block_larger(pods: str, nodes: int) -> None:
    """Adding a node keeps the length or makes it longer; it never jumps back."""
    fewer, more = plan_node_mask(pods, nodes), plan_node_mask(pods, nodes + 1)
    assert more is None or (fewer is not None and fewer <= more)


@pytest.mark.parametrize(
    ("pods", "nodes", "mask"),
    [
        ("2001:db8::/64", 1, 80),
        ("2001:db8::/64", 4, 80),
        ("2001:db8::/56", 4, 64),
        ("2001:db8::/48", 4, 64),
        ("2001:db8::/112", 3, 120),
        ("10.233.64.0/18", 4, 24),
        ("10.233.64.0/18", 64, 24),
        ("10.233.64.0/18", 65, 25),
        ("10.244.0.0/16", 256, 24),
        ("10.0.0.0/24", 1, 25),
        ("10.0.0.0/24", 3, 26),
        ("10.0.0.0/24", 17, None),
        ("10.0.0.0/4", 4, 20),
    ],
)
def test_pod_range_too_small_is_avoided_by_a_longer_block(pods: str, nodes: int, mask: int | None) -> None:
    """The usual /24 and /64 where they fit; a /64 for all pods gives a /80 to each node, not one block to one node."""
    assert plan_node_mask(pods, nodes) == mask
