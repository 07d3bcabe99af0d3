"""MetalLB in every shape of cluster: values, pool, announcement, order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from platform_support.made import NETWORK, NETWORKS, NODES, PROMETHEUS, SHAPES, TRAEFIK, make_cluster
from trimtab.catalogue.components import releases
from trimtab.components.metallb import charts
from trimtab.findings.path import get_value
from trimtab.plan.offers import AddressPool
from upstream_support.chart_values import value_errors
from upstream_support.crd_schemas import validate
from upstream_support.folder import MISSING, find_upstream
from upstream_support.releases import release_crds

VERSIONS = [release.version for release in releases("metallb")]
BROUGHT = (NETWORK, TRAEFIK, *PROMETHEUS)
FULL: dict[str, Any] = {
    "interfaces": ["eth0", "enp3s0.100"],
    "resources": {"controller": {"requests": {"cpu": "1"}}, "speaker": {"limits": {"memory": "1Gi"}}},
}


@pytest.mark.skipif(find_upstream() is None, reason=MISSING)
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(("net", "nodes"), SHAPES)
def test_everything_is_valid(version: str, net: str, nodes: str) -> None:
    """The chart reads every value and the API server takes pool and announcement, whatever the cluster looks like."""
    made = make_cluster({"metallb": {"version": version, **FULL}}, net=net, nodes=nodes, brought=BROUGHT)
    assert value_errors(made.release("metallb").values, "metallb", version) == []
    crds = release_crds("metallb", version)
    assert [one.manifest["kind"] for one in made.built] == ["IPAddressPool", "L2Advertisement"]
    assert [p for one in made.built for p in validate(one.manifest, crds)] == []


@pytest.mark.parametrize(("net", "families"), [("IPv4", {"IPv4"}), ("IPv6", {"IPv6"}), ("dual", {"IPv4", "IPv6"})])
def test_one_pool_holds_every_family(net: str, families: set[str]) -> None:
    """The pool has the ranges as written, and what is offered says which families they are."""
    made = make_cluster({"metallb": {}}, net=net)
    assert made.spec("IPAddressPool")["addresses"] == NETWORKS[net]["loadBalancers"]
    pool = made.facts.find(AddressPool)
    assert pool
    assert pool.families == families


def test_the_pool_is_announced() -> None:
    """Without an announcement nobody answers; interfaces are named only where they are set."""
    assert make_cluster({"metallb": {}}).spec("L2Advertisement") == {"ipAddressPools": ["default"]}
    named = make_cluster({"metallb": {"interfaces": ["eth0"]}}).spec("L2Advertisement")
    assert named == {"ipAddressPools": ["default"], "interfaces": ["eth0"]}


def test_the_pool_comes_after_the_webhook_that_checks_it() -> None:
    """The webhook lives in the controller, so the pool is a later wave."""
    waves = make_cluster({"metallb": {}}).order.waves
    assert waves["metallb-pools"] > waves["metallb"]


@pytest.mark.parametrize("nodes", list(NODES))
def test_no_bgp_daemon_is_started(nodes: str) -> None:
    """Layer 2 needs none, and the chart starts one on every node by default."""
    assert make_cluster({"metallb": {}}, nodes=nodes).value("metallb", "frrk8s.enabled") is False


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ("unknown", None),
        ("one", None),
        ("mixed", None),  # the chart tolerates the control plane's own taint already
        ("many", [{"key": "role", "operator": "Equal", "value": "infra", "effect": "NoSchedule"}]),
    ],
)
def test_metallb_nothing_schedulable(nodes: str, expected: list[dict[str, str]] | None) -> None:
    """The speaker tolerates every taint of every node, and nothing twice."""
    assert make_cluster({"metallb": {}}, nodes=nodes).value("metallb", "speaker.tolerations") == expected


@pytest.mark.parametrize(("nodes", "expected"), [("unknown", None), ("one", True), ("many", None), ("arm64", None)])
def test_control_planes_announce_where_there_is_nothing_else(nodes: str, expected: bool | None) -> None:
    """Nodes that kubeadm excludes from load balancing answer where there are no others."""
    assert make_cluster({"metallb": {}}, nodes=nodes).value("metallb", "speaker.ignoreExcludeLB") is expected


def test_metallb_mixed_architectures(monkeypatch: pytest.MonkeyPatch) -> None:
    """The speaker runs on every architecture that has an image, not on one of them only."""
    release = replace(releases("metallb")[0], architectures=("amd64", "arm64"))
    monkeypatch.setattr(charts, "wanted_release", lambda *_: release)
    made = make_cluster({"metallb": {}}, nodes="mixed")
    for workload in ("controller", "speaker"):
        affinity = made.value("metallb", f"{workload}.affinity.nodeAffinity")
        [term] = affinity["requiredDuringSchedulingIgnoredDuringExecution"]["nodeSelectorTerms"]
        assert term["matchExpressions"][0]["values"] == ["amd64", "arm64"]
    assert make_cluster({"metallb": {}}, nodes="many").value("metallb", "speaker.affinity") is None


def test_metallb_monitor_dropped_silently() -> None:
    """With Prometheus both workloads are scraped, and the chart needs not be told Prometheus' account."""
    made = make_cluster({"metallb": {}}, brought=BROUGHT)
    labels = {"additionalLabels": {"release": "kps"}}
    monitor = {"enabled": True, "controller": labels, "speaker": labels}
    assert made.value("metallb", "prometheus") == {"rbacPrometheus": False, "serviceMonitor": monitor}
    assert "monitoring.coreos.com/v1/ServiceMonitor" in made.release("metallb").api_versions
    assert make_cluster({"metallb": {}}).value("metallb", "prometheus") is None


def test_pods_may_use_the_hosts_network() -> None:
    """The speaker opens raw sockets on the host, which only the privileged level allows."""
    applications = make_cluster({"metallb": {}}).applications
    assert applications["metallb"].pod_security == "privileged"
    assert not applications["metallb-pools"].creates_namespace


def test_every_reason_speaks_of_a_value_that_is_written() -> None:
    """A reason for a value that is not there would forbid the user to set it."""
    for nodes in NODES:
        release = make_cluster({"metallb": {}}, nodes=nodes).release("metallb")
        assert [path for path in release.reasons if get_value(release.values, path) is None] == []
