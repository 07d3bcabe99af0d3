"""Rules on ranges and machines, at their edges."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.findings.finding import Finding
from trimtab.plan.node_mask import plan_node_mask
from trimtab.rules.network import enough_for

Codes = Callable[[str], list[str]]


@pytest.mark.parametrize(
    ("services", "found"),
    [
        ("10.16.0.0/12", []),
        ("10.0.0.0/11", ["service-range-size"]),
        ("10.233.0.0/29", ["service-range-size"]),
        ("10.233.0.0/28", []),
    ],
)
def test_services_have_between_ten_addresses_and_twenty_bits(codes: Codes, services: str, found: list[str]) -> None:
    """The narrowest and the widest range that kubeadm takes are quiet, and one step further is not."""
    assert codes(f"network: {{pods: [192.168.0.0/16], services: [{services}]}}") == found


def test_a_wide_ipv6_service_range_is_refused_with_the_one_to_write(find: Callable[[str], list[Finding]]) -> None:
    """Kubeadm allocates 20 bits at most: /108, and the help says how to write it."""
    found = find('network: {pods: ["fd00::/56"], services: ["fd01::/64"], nat64: true}')
    assert [(one.code, one.help) for one in found] == [("service-range-size", "write fd01::/108")]


def test_a_text_that_is_no_range_is_told_once_and_nothing_is_built_on_it(codes: Codes) -> None:
    """The plan takes ranges for granted: with a wrong one there is that finding and no other."""
    assert codes("network: {pods: [300.0.0.0/16], services: [300.0.0.0/16]}\ncomponents: {cert-manager: {}}") == [
        "not-a-range",
        "not-a-range",
    ]


@given(st.sampled_from(["10.0.0.0/26", "10.0.0.0/20", "fd00::/64", "fd00::/122"]), st.integers(1, 3000))
def test_the_range_that_help_names_is_wide_enough(text: str, nodes: int) -> None:
    """Who follows the advice has a block of 256 addresses for each node."""
    wider = ip_network(text).supernet(new_prefix=enough_for(text, nodes)) if _is_narrower(text, nodes) else None
    assert wider is None or (plan_node_mask(str(wider), nodes) or 999) <= wider.max_prefixlen - 7


def _is_narrower(text: str, nodes: int) -> bool:
    return ip_network(text).prefixlen >= enough_for(text, nodes)


def test_one_address_in_two_spellings_is_one_address(codes: Codes) -> None:
    """IPv6 has many spellings; nodes are told apart by what they mean."""
    network = 'network: {pods: ["fd00::/56"], services: ["fd01::/108"], nat64: true}'
    nodes = 'nodes: {one: {address: "2001:db8::0011"}, two: {address: "2001:DB8::11"}}'
    assert codes(f"{network}\n{nodes}") == ["node-address-twice"]


def test_a_second_family_is_held_against_its_own_ranges(codes: Codes) -> None:
    """An IPv6 address is not missed among the nodes' IPv4 ranges."""
    nodes = 'nodes: {one: {address: 10.0.0.1, secondaryAddress: "2001:db8::1"}}'
    assert codes(f"network: {{nodes: [10.0.0.0/24]}}\n{nodes}") == []
    assert codes(f'network: {{nodes: [10.0.0.0/24, "fd00::/64"]}}\n{nodes}') == ["node-address-ambiguous"]


@pytest.mark.parametrize(("version", "found"), [("1.34", []), ("1.35", ["deprecated-ipvs"])])
def test_ipvs_is_deprecated_since_1_35(codes: Codes, version: str, found: list[str]) -> None:
    """Below 1.35 Kubernetes says nothing of it, and neither do we."""
    assert codes(f"kubernetes: {{version: '{version}'}}\nnetwork: {{kubeProxy: {{mode: ipvs}}}}") == found


@pytest.mark.parametrize("mode", ["iptables", "nftables"])
def test_load_balancer_strict_arp_concerns_ipvs_alone(codes: Codes, mode: str) -> None:
    """The other modes put no Service address on an interface."""
    network = f"network: {{kubeProxy: {{mode: {mode}}}, loadBalancers: [10.0.1.0/24]}}"
    assert "load-balancer-strict-arp" not in codes(f"{network}\ncomponents: {{metallb: {{}}}}")


@pytest.mark.parametrize("version", ["v1.2.3", "1.2.3"])
def test_a_bad_version_is_bad_though_it_is_unknown(codes: Codes, version: str) -> None:
    """A release too old for the catalogue may still be known to lose data."""
    assert codes(f"components: {{cert-manager: {{version: {version}}}}}") == ["unknown-release"]
    nodes = "".join(f"  n{i}: {{address: 10.0.0.{i}, disks: [{{name: sdb, size: 1Ti}}]}}\n" for i in (1, 2, 3))
    found = codes(f"nodes:\n{nodes}components: {{rook: {{version: v1.6.3, devices: fromNodes}}}}")
    assert found == ["unknown-release", "known-bad-version"]
