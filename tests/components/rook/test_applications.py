"""Three layers, each an application of its own."""

from __future__ import annotations

import pytest

from rook_support.made import make_cluster
from trimtab.plan.offers import AddressPool, ApiGroup, IngressClass, PodNetwork
from trimtab.plan.order import plan_order

NETWORK = PodNetwork(by="kubernetes")


@pytest.mark.parametrize(
    ("version", "names"),
    [
        ("v1.20.6", ["rook-operator", "rook-csi", "rook-cluster"]),
        ("v1.19.10", ["rook-operator", "rook-cluster"]),
        ("v1.18.11", ["rook-operator", "rook-cluster"]),
    ],
)
def test_operator_and_cluster_in_one_app_never(version: str, names: list[str]) -> None:
    """The operator, the drivers and the cluster are deleted one by one, so each is an application."""
    assert list(make_cluster({"version": version}, hosts=[1]).applications) == names


def test_teardown_hangs_unless_layers_have_an_order() -> None:
    """The operator comes first and goes last, the drivers between: whoever serves a finalizer outlives it."""
    made = make_cluster(hosts=[1], brought=(NETWORK,))
    waves = plan_order(tuple(made.applications.values()), made.facts.offers, ()).waves
    assert waves["rook-operator"] < waves["rook-csi"] < waves["rook-cluster"]


def test_ceph_warning_blocks_sync_of_nobody_else() -> None:
    """A CephCluster that warns counts as degraded: it stands in an application with what depends on it alone."""
    made = make_cluster({"blockPools": {"p": {}}, "toolbox": {}}, hosts=[1])
    assert made.built
    assert "rook-cluster" not in made.charts


def test_data_pruned_is_known_of_both() -> None:
    """The operator's chart holds the CRDs, the cluster the data: neither is deleted in cascade."""
    applications = make_cluster(hosts=[1]).applications
    assert applications["rook-operator"].holds_data
    assert applications["rook-cluster"].holds_data


def test_one_layer_brings_the_namespace() -> None:
    """The operator's layer brings the namespace, which must allow privileged pods."""
    applications = make_cluster(hosts=[1]).applications
    assert [name for name, a in applications.items() if a.creates_namespace] == ["rook-operator"]
    assert applications["rook-operator"].pod_security == "privileged"
    assert {a.namespace for a in applications.values()} == {"rook-ceph"}


def test_needs_follow_from_what_is_asked_for() -> None:
    """A way from outside needs addresses or an Ingress class; snapshots wait for their API only where it is there."""
    made = make_cluster(
        {"dashboard": {"service": "LoadBalancer", "host": "ceph.example.org"}, "snapshots": {}}, hosts=[1]
    )
    needs = {need.offer: need for need in made.applications["rook-cluster"].needs if need.path}
    assert set(needs) == {AddressPool, IngressClass, ApiGroup}
    assert needs[ApiGroup].optional
    assert needs[IngressClass].path == ("components", "rook", "dashboard", "host")
