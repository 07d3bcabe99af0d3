"""Rules on hosts, at their limits; what each prints is in `tests/bad/`."""

from __future__ import annotations

import pytest

from trimtab.rules.hosts import RULES
from trimtab.rules.nodes import RULES as NODE_RULES
from trimtab.rules.rule import Subject

BY_CODE = {rule.code: rule for rule in RULES}


def problems(made, code: str) -> list[str]:
    """Give what a rule says of a cluster."""
    plan = made.plan
    subject = Subject(cluster=plan.cluster, components=plan.settings, facts=plan.facts)
    return [problem.message for problem in BY_CODE[code].check(subject)]


@pytest.mark.parametrize(
    ("quota", "small", "large"),
    [("20Mi", 1, 0), ("1Gi", 0, 0), ("1G", 1, 0), ("8Gi", 0, 0), ("8.5Gi", 0, 1), ("20Gi", 0, 1)],
)
def test_etcd_quota_is_between_1_and_8_gibibytes(day0, quota, small, large) -> None:
    """Below one is refused, above eight is warned of; both ends are good."""
    made = day0(kubernetes={"etcd": {"quota": quota}})
    assert len(problems(made, "etcd-quota")) == small
    assert len(problems(made, "large-etcd-quota")) == large


@pytest.mark.parametrize(("tag", "count"), [("v2.27.0", 0), ("v2.31.0", 1), (None, 0)])
def test_mixed_architectures_are_told_by_tag(day0, tag, count) -> None:
    """Older tags had binaries for 32-bit ARM; without a tag nobody knows."""
    nodes = {"a": {"address": "192.0.2.1", "roles": ["control-plane"]}, "b": {"address": "192.0.2.2", "arch": "arm"}}
    made = day0("IPv4", nodes=nodes, kubernetes={"distribution": "kubespray", "distributionVersion": tag})
    assert len(problems(made, "kubespray-without-arm")) == count
    assert ("b" in made.document("10-kubespray/inventory/hosts.yaml")["all"]["hosts"]) is (tag == "v2.27.0")


@pytest.mark.parametrize(("mode", "nodes", "count"), [("nftables", {}, 1), ("nftables", None, 0), ("iptables", {}, 0)])
def test_service_route_missing_is_told_where_none_is_written(day0, mode, nodes, count) -> None:
    """With machines named the route is in their host files."""
    more = {} if nodes is None else {"nodes": nodes, "nodeCount": {"controlPlane": 1}}
    made = day0(network={"kubeProxy": {"mode": mode}}, **more)
    assert len(problems(made, "service-route-missing")) == count


def test_clock_not_kept_and_nothing_backed_up_are_quiet_once_told(day0) -> None:
    """Both speak of machines that are named, and of no others."""
    quiet = day0(network={"timeServers": ["time.example.org"]}, backup={"etcd": {}})
    for code in ("clock-not-kept", "nothing-backed-up"):
        assert problems(day0(), code) != []
        assert problems(quiet, code) == []
        assert problems(day0(nodes={}, nodeCount={"controlPlane": 3}), code) == []


@pytest.mark.parametrize(("address", "count"), [("192.0.2.1", 1), ("2001:db8::1", 0)])
def test_node_without_family_is_refused_before_anything_is_planned(day0, address, count) -> None:
    """An IPv6-only cluster cannot take a node that has IPv4 alone."""
    made = day0("IPv6")
    settings = made.plan.cluster.settings
    node = next(iter(settings.nodes.values())).model_copy(update={"address": address})
    cluster = type(made.plan.cluster)(settings.model_copy(update={"nodes": {"n1": node}}))
    found = list(BY_CODE["node-without-family"].check(Subject(cluster=cluster, components={}, facts=made.plan.facts)))
    assert len(found) == count
    assert BY_CODE["node-without-family"].early


def test_name_server_that_is_no_address_is_refused_before_anything_is_planned(day0) -> None:
    """What only looks like an address never reaches a host's files."""
    made = day0()
    network = made.plan.cluster.settings.network.model_copy(update={"nameservers": ["9.9.9"]})
    cluster = type(made.plan.cluster)(made.plan.cluster.settings.model_copy(update={"network": network}))
    rule = next(rule for rule in NODE_RULES if rule.code == "not-an-address")
    found = list(rule.check(Subject(cluster=cluster, components={}, facts=made.plan.facts)))
    assert [problem.path for problem in found] == [("network", "nameservers", 0)]
    assert rule.early
