"""Each rule on load balancers finds the bad thing, at its place, and leaves the good thing alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platform_support.made import NETWORK, NETWORKS, make_cluster
from trimtab.components.protocol import Component
from trimtab.findings.path import render_path
from trimtab.plan.offers import AddressPool
from trimtab.rules.load_balancers import RULES
from trimtab.rules.order import RULES as ORDER_RULES
from trimtab.rules.registry import RULES as ALL_RULES


def made(ranges: list[str], *, net: str = "dual", **root: Any) -> Any:
    """Give a cluster with MetalLB and these ranges."""
    return make_cluster({"metallb": {}}, net=net, network={**NETWORKS[net], "loadBalancers": ranges}, **root)


@pytest.mark.parametrize(
    ("net", "ranges", "places"),
    [
        ("IPv6", ["192.0.2.0/28"], [0]),
        ("IPv4", ["192.0.2.0/28", "2001:db8:3::1-2001:db8:3::9"], [1]),
        ("IPv6", ["2001:db8:3::/112"], []),
        ("dual", ["192.0.2.0/28", "2001:db8:3::/112"], []),
        ("dual", ["192.0.2.0/28"], []),
        ("IPv6", ["192.0.2.9-192.0.2.1"], []),
    ],
)
def test_load_balancer_family(net: str, ranges: list[str], places: list[int]) -> None:
    """A range that no Service can take is found at its place; a range that is none is another rule's."""
    found = made(ranges, net=net).problems(RULES, "load-balancer-family")
    assert [problem.path for problem in found] == [("network", "loadBalancers", place) for place in places]


@pytest.mark.parametrize(
    ("ranges", "owners"),
    [
        (["192.0.2.0/28"], ["nodes.n1.address"]),
        (["192.0.2.1-192.0.2.1"], ["nodes.n1.address"]),
        (["2001:db8::/64"], ["nodes.n1.secondaryAddress", "kubernetes.endpoint"]),
        (["192.0.2.2-192.0.2.9", "2001:db8:3::/112"], []),
    ],
)
def test_load_balancer_takes_node_address(ranges: list[str], owners: list[str]) -> None:
    """An address of a node or of the endpoint inside a range is found, whichever family it is."""
    nodes = {"n1": {"address": "192.0.2.1", "secondaryAddress": "2001:db8::11"}}
    kubernetes = {"version": "1.34", "endpoint": "[2001:db8::6]:6443"}
    found = make_cluster(
        {"metallb": {}},
        net="dual",
        network={**NETWORKS["dual"], "loadBalancers": ranges},
        kubernetes=kubernetes,
        named=nodes,
    ).problems(RULES, "load-balancer-takes-node-address")
    assert [render_path(problem.related[0][0]) for problem in found] == owners


def test_an_endpoint_by_name_is_no_address() -> None:
    """A host name says nothing of addresses."""
    kubernetes = {"version": "1.34", "endpoint": "api.example.org:6443"}
    assert made(["192.0.2.0/28"], kubernetes=kubernetes).problems(RULES, "load-balancer-takes-node-address") == []


@given(first=st.integers(0, 255), size=st.integers(0, 255), node=st.integers(0, 255))
def test_a_node_is_found_exactly_when_it_is_inside(first: int, size: int, node: int) -> None:
    """The rule agrees with the arithmetic of the range, both ends included."""
    last = min(255, first + size)
    cluster = make_cluster(
        {},
        net="IPv4",
        network={**NETWORKS["IPv4"], "loadBalancers": [f"192.0.2.{first}-192.0.2.{last}"]},
        named={"n1": {"address": f"192.0.2.{node}"}},
    )
    assert bool(cluster.problems(RULES, "load-balancer-takes-node-address")) is (first <= node <= last)


@pytest.mark.parametrize("distribution", ["kubeadm", "k3s"])
def test_metallb_load_balancer_without_address(distribution: str) -> None:
    """MetalLB without ranges has nothing to give, whatever else the distribution brings."""
    kubernetes = {"version": "1.34", "distribution": distribution}
    [problem] = made([], kubernetes=kubernetes).problems(ORDER_RULES, "load-balancer-without-address")
    assert problem.path == ("components", "metallb")
    assert made(["192.0.2.64/28"], kubernetes=kubernetes).problems(ORDER_RULES, "load-balancer-without-address") == []


def test_two_load_balancers() -> None:
    """MetalLB beside the distribution's own, or beside another component, is found once."""
    k3s = made(["192.0.2.64/28"], kubernetes={"version": "1.34", "distribution": "k3s"})
    assert [p.path for p in k3s.problems(RULES, "two-load-balancers")] == [("components", "metallb")]
    calico = make_cluster({"metallb": {}}, brought=(NETWORK, AddressPool(by="calico")))
    assert [p.path for p in calico.problems(RULES, "two-load-balancers")] == [("components", "metallb")]
    assert make_cluster({"metallb": {}}).problems(RULES, "two-load-balancers") == []


def test_k3s_without_servicelb_is_fine() -> None:
    """What is switched off and left out of `provides` is no second load balancer."""
    kubernetes = {"version": "1.34", "distribution": "k3s", "provides": ["flannel", "coredns"]}
    assert made(["192.0.2.64/28"], kubernetes=kubernetes).problems(RULES, "two-load-balancers") == []


@pytest.mark.parametrize(("mode", "count"), [("ipvs", 1), ("iptables", 0), ("nftables", 0)])
def test_metallb_load_balancer_strict_arp(mode: str, count: int) -> None:
    """kube-proxy in mode ipvs answers for MetalLB's addresses unless it is told not to: the mode is warned of."""
    network = {**NETWORKS["IPv4"], "kubeProxy": {"mode": mode}}
    cluster = make_cluster({"metallb": {}}, network=network, kubernetes={"version": "1.35"})
    assert len(cluster.problems(ALL_RULES, "load-balancer-strict-arp")) == count


def test_a_bad_range_does_not_stop_the_plan() -> None:
    """What is offered is worked out before rules run, so nonsense must get through it."""
    metallb = Component("metallb")
    settings = metallb.settings()
    cluster = made(["192.0.2.9-192.0.2.1", "10.0.0.0/99"]).cluster
    assert len(metallb.offers.offers(settings, cluster)) == 3
