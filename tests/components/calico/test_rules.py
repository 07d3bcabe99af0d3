"""What is refused about Calico, and what is not."""

from __future__ import annotations

from typing import Any

import pytest

from calico_support.made import make_cluster

V6 = "2001:db8::ff"
PEER: dict[str, Any] = {"address": V6, "asNumber": 65001}


def bgp(*peers: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Give settings with BGP and these peers."""
    return {"bgp": {"peers": {f"r{i}": peer for i, peer in enumerate(peers)}, **fields}}


@pytest.mark.parametrize("net", ["IPv4", "IPv6", "dual", "ULA"])
@pytest.mark.parametrize("nodes", [0, 1, 5])
def test_nothing_is_wrong_with_the_defaults(net: str, nodes: int) -> None:
    """Calico without a word of settings fits every cluster."""
    assert make_cluster(net=net, nodes=nodes).codes == set()


@pytest.mark.parametrize(
    ("calico", "wrong"),
    [
        ({"encapsulation": "None"}, True),
        ({"encapsulation": "None", "bgp": {}}, False),
        ({"encapsulation": "VXLAN"}, False),
    ],
)
def test_pod_route_not_advertised_is_refused(calico: dict[str, Any], wrong: bool) -> None:
    """Neither an overlay nor BGP means that pods on two nodes never meet."""
    assert bool(make_cluster(calico).problems("pod-route-not-advertised")) == wrong


@pytest.mark.parametrize(
    ("net", "calico", "wrong"),
    [
        ("IPv4", {"encapsulation": "IPIP", "bgp": {}}, False),
        ("IPv4", {"encapsulation": "IPIPCrossSubnet"}, True),
        ("dual", {"encapsulation": "IPIP", "bgp": {}}, True),
        ("IPv6", {"encapsulation": "IPIPCrossSubnet", "bgp": {}}, True),
        ("IPv6", {"encapsulation": "VXLANCrossSubnet", "bgp": {}}, False),
    ],
)
def test_ipip_carries_ipv4_with_bgp_alone(net: str, calico: dict[str, Any], wrong: bool) -> None:
    """IPIP is refused for IPv6 pods and without BGP, as the operator refuses it."""
    assert bool(make_cluster(calico, net=net).problems("encapsulation-not-possible")) == wrong


@pytest.mark.parametrize(
    ("net", "network", "wrong"),
    [
        ("ULA", {"natOutgoing": False}, True),
        ("IPv4", {"natOutgoing": False}, True),
        ("dual", {"natOutgoing": False}, True),
        ("ULA", {"natOutgoing": False, "routed": True}, False),
        ("IPv6", {"natOutgoing": False}, False),
        ("ULA", {}, False),
    ],
)
def test_private_pods_without_nat_are_refused(net: str, network: dict[str, Any], wrong: bool) -> None:
    """Private pods need NAT or a network that knows the way back."""
    problems = make_cluster(net=net, network=network).problems("private-pods-without-nat")
    assert bool(problems) == wrong
    assert {problem.path for problem in problems} <= {("network", "natOutgoing")}


@pytest.mark.parametrize(
    ("own", "peer", "wrong"),
    [(65000, 65001, 0), (2147483647, 65001, 0), (2147483648, 65001, 1), (4200000000, 4294967294, 2)],
)
@pytest.mark.parametrize("version", ["v3.32.1", "v3.31.7", "v3.30.7"])
def test_as_number_out_of_range_is_refused(version: str, own: int, peer: int, wrong: int) -> None:
    """No release we know holds a number beyond 31 bits, be it ours or a peer's."""
    made = make_cluster({"version": version, **bgp({**PEER, "asNumber": peer}, asNumber=own)})
    problems = made.problems("as-number-out-of-range")
    assert len(problems) == wrong
    assert all(version in problem.message for problem in problems)


@pytest.mark.parametrize(
    "address",
    [
        "router1",
        "2001:db8::/64",
        "2001:db8::ff:1179:",
        f"[{V6}",
        f"[{V6}]:0",
        f"[{V6}]:70000",
        "fe80::1%eth0",
        "192.0.2",
    ],
)
def test_bgp_peer_address_form_nonsense_is_refused(address: str) -> None:
    """A name, a range, half a bracket or an impossible port is no peer."""
    problems = make_cluster(bgp({**PEER, "address": address})).problems("bgp-peer-address-form")
    assert [problem.path for problem in problems] == [("components", "calico", "bgp", "peers", "r0", "address")]


def test_bgp_peer_address_form_two_ports_are_refused() -> None:
    """Which of two ports is meant nobody can tell."""
    assert make_cluster(bgp({**PEER, "address": f"[{V6}]:1", "port": 2})).problems("bgp-peer-address-form")


def test_a_peer_of_a_family_without_pods_is_refused() -> None:
    """The nodes of an IPv6-only cluster open no session to an IPv4 router."""
    made = make_cluster(bgp({**PEER, "address": "192.0.2.1"}))
    assert made.problems("bgp-peer-of-other-family")
    assert not make_cluster(bgp({**PEER, "address": "192.0.2.1"}), net="dual").problems("bgp-peer-of-other-family")


LABELLED = {
    "node1": {"address": "2001:db8::1", "labels": {"rack": "r1"}},
    "node2": {"address": "2001:db8::2", "labels": {"rack": "r2"}},
}


@pytest.mark.parametrize(
    ("peers", "lonely"),
    [
        ([], "node1"),
        ([PEER], None),
        ([{**PEER, "nodeSelector": "all()"}], None),
        ([{**PEER, "nodeSelector": "rack == 'r1'"}], "node2"),
        ([{**PEER, "nodeSelector": "rack != 'r1'"}], "node1"),
        ([{**PEER, "nodeSelector": 'has(rack) && rack == "r2"'}], "node1"),
        ([{**PEER, "nodeSelector": "!has(rack)"}], "node1"),
        ([{**PEER, "nodeSelector": "rack == 'r1'"}, {**PEER, "nodeSelector": "rack == 'r2'"}], None),
        ([{**PEER, "nodeSelector": "rack in {'r1', 'r2'}"}], None),
        ([{**PEER, "address": "192.0.2.1"}], "node1"),
    ],
)
def test_bgp_mesh_off_without_peers_is_refused(peers: list[dict[str, Any]], lonely: str | None) -> None:
    """With the mesh off every node needs a peer, in the family of its pods."""
    problems = make_cluster(bgp(*peers, nodeToNodeMesh=False), machines=LABELLED).problems("bgp-mesh-off-without-peers")
    assert [lonely in problem.message for problem in problems if lonely] == ([True] if lonely else [])
    assert bool(problems) == bool(lonely)


@pytest.mark.parametrize(("nodes", "wrong"), [(0, True), (1, False), (2, True)])
def test_one_node_needs_no_mesh(nodes: int, wrong: bool) -> None:
    """A single node has nobody to learn routes from."""
    made = make_cluster(bgp(nodeToNodeMesh=False), nodes=nodes)
    assert bool(made.problems("bgp-mesh-off-without-peers")) == wrong


@pytest.mark.parametrize(
    ("net", "calico", "wrong"),
    [
        ("IPv6", bgp(), 1),
        ("IPv6", bgp(PEER), 0),
        ("IPv4", bgp(), 0),
        ("ULA", bgp(), 0),
        ("dual", bgp({**PEER, "address": "192.0.2.1"}), 1),
        ("IPv6", {**bgp(), "encapsulation": "VXLAN"}, 0),
        ("IPv6", {}, 0),
    ],
)
def test_pod_route_not_advertised_to_routers_is_warned_of(net: str, calico: dict[str, Any], wrong: int) -> None:
    """Pods that leave under their own address want a router that learns the way back."""
    assert len(make_cluster(calico, net=net).problems("bgp-without-peers")) == wrong


@pytest.mark.parametrize(
    ("net", "calico", "pods", "at"),
    [
        ("IPv6", {"blockSize": {"IPv6": 112}}, None, "IPv6"),
        ("dual", {"blockSize": {"IPv4": 33}}, None, "IPv4"),
        ("IPv6", {"blockSize": {"IPv6": 122}}, "2001:db8:1::/124", "IPv6"),
        ("IPv6", {"blockSize": {"IPv6": 122}}, "2001:db8:1::/122", None),
    ],
)
def test_pod_range_too_small_for_the_block_that_is_set(net: str, calico: Any, pods: str | None, at: str | None) -> None:
    """A block has a size that Calico knows and fits into its range."""
    made = make_cluster(calico, net=net, network={"pods": [pods]} if pods else None)
    assert [problem.path[-1] for problem in made.problems("block-size-not-possible")] == ([at] if at else [])


@pytest.mark.parametrize(
    ("mode", "dataplane", "wrong"),
    [
        ("iptables", "Nftables", True),
        ("nftables", "Iptables", True),
        ("ipvs", "Nftables", True),
        ("nftables", "Nftables", False),
        ("nftables", "BPF", False),
    ],
)
def test_two_data_planes_are_refused(mode: str, dataplane: str, wrong: bool) -> None:
    """Calico and kube-proxy filter in one way."""
    made = make_cluster({"dataplane": dataplane}, network={"kubeProxy": {"mode": mode}})
    assert bool(made.problems("data-planes-differ")) == wrong


def test_bpf_needs_the_api_servers_address() -> None:
    """Whoever replaces kube-proxy cannot reach the API server through it."""
    assert make_cluster({"dataplane": "BPF"}).problems("bpf-without-endpoint")
    kubernetes = {"version": "1.35", "endpoint": "api.example.org:6443"}
    assert not make_cluster({"dataplane": "BPF"}, kubernetes=kubernetes).problems("bpf-without-endpoint")


def test_nothing_to_advertise_is_refused() -> None:
    """A range that is not there cannot be announced."""
    assert make_cluster(bgp(PEER, advertise=["loadBalancers"])).problems("nothing-to-advertise")


def test_a_range_that_is_none_stops_no_rule() -> None:
    """What is no range is told by another rule; these go on."""
    made = make_cluster(
        bgp(PEER, advertise=["loadBalancers"]), network={"pods": ["1:2:3/64"], "loadBalancers": ["1:2/64"]}
    )
    assert made.codes <= {"bgp-peer-of-other-family"}
