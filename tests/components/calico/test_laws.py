"""What holds for every range, address and block."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from hypothesis import given
from hypothesis import strategies as st

from calico_support.made import IPV4, IPV6, make_cluster
from trimtab.components.calico.peers import is_selecting, parse_peer, peer_family, render_peer
from trimtab.components.calico.pools import load_balancer_ranges
from trimtab.components.calico.settings import Peer
from trimtab.plan.ranges import range_size

ADDRESSES = st.ip_addresses()
PORTS = st.none() | st.integers(1, 65535)


@given(address=ADDRESSES, port=PORTS, brackets=st.booleans())
def test_a_peers_address_survives_being_written(
    address: IPv4Address | IPv6Address, port: int | None, brackets: bool
) -> None:
    """Reading what was written gives the same address and port again."""
    text = f"[{address}]" if brackets and address.version == 6 else str(address)
    peer = Peer.model_validate({"address": text, "port": port, "asNumber": 65001})
    again = Peer.model_validate({"address": render_peer(peer), "asNumber": 65001})
    assert parse_peer(again) == parse_peer(peer) == (str(address), port)
    assert peer_family(peer) == f"IPv{address.version}"


@given(first=st.integers(0, 2**32 - 1), count=st.integers(1, 5000))
def test_a_range_for_load_balancers_keeps_every_address(first: int, count: int) -> None:
    """The pools hold exactly the addresses of the range, none more and none twice."""
    last = min(first + count - 1, 2**32 - 1)
    text = f"{ip_address(first)}-{ip_address(last)}"
    pools = load_balancer_ranges(make_cluster(net="IPv4", network={"loadBalancers": [text]}).facts.cluster)
    assert sum(range_size(pool) for pool in pools) == last - first + 1
    assert (ip_network(pools[0])[0], ip_network(pools[-1])[-1]) == (ip_address(first), ip_address(last))


@given(version=st.sampled_from([4, 6]), prefix=st.integers(8, 128), nodes=st.integers(0, 40))
def test_a_derived_block_always_fits(version: int, prefix: int, nodes: int) -> None:
    """A block that nobody set lies within its range and within what Calico knows, and there is one for each node."""
    bits = 32 if version == 4 else 128
    prefix = min(prefix, bits)
    pods = f"{'10.0.0.0' if version == 4 else '2001:db8::'}/{prefix}"
    services = (IPV4 if version == 4 else IPV6)["services"]
    made = make_cluster(nodes=nodes, network={"pods": [str(ip_network(pods, strict=False))], "services": services})
    [pool] = made.pools.values()
    assert made.problems("block-size-not-possible") == []
    assert 2 ** (pool["blockSize"] - prefix) >= min(nodes, 2 ** (bits - prefix))


@given(labels=st.dictionaries(st.sampled_from("abc"), st.sampled_from("xyz")), key=st.sampled_from("abc"))
def test_a_selector_and_its_opposite_share_no_node(labels: dict[str, str], key: str) -> None:
    """Of a term and its negation exactly one takes a node."""
    assert is_selecting(f"{key} == 'x'", labels) != is_selecting(f"{key} != 'x'", labels)
    assert is_selecting(f"has({key})", labels) != is_selecting(f"!has({key})", labels)
