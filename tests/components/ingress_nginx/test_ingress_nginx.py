"""ingress-nginx in every shape of cluster."""

from __future__ import annotations

from typing import Any

import pytest

from platform_support.made import NETWORK, PROMETHEUS, SHAPES, Made, make_cluster
from trimtab.catalogue.components import releases
from trimtab.plan.offers import AddressPool, IngressClass
from upstream_support.chart_values import value_errors
from upstream_support.folder import MISSING, find_upstream

VERSIONS = [release.version for release in releases("ingress-nginx")]
POOL = AddressPool(by="metallb", families=frozenset({"IPv4", "IPv6"}))
NAME = "ingress-nginx"


def make(settings: dict[str, Any] | None = None, **rest: Any) -> Made:
    """Give a cluster with ingress-nginx and somebody who gives addresses."""
    rest.setdefault("brought", (NETWORK, POOL))
    others = rest.pop("others", {})
    return make_cluster({NAME: settings or {}, **others}, **rest)


@pytest.mark.skipif(find_upstream() is None, reason=MISSING)
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("expose", ["LoadBalancer", "HostPort", "NodePort"])
@pytest.mark.parametrize(("net", "nodes"), SHAPES)
def test_every_value_is_read(version: str, expose: str, net: str, nodes: str) -> None:
    """The chart reads every key that is written, with and without cert-manager."""
    settings = {
        "version": version,
        "expose": expose,
        "publishedAddress": "192.0.2.80",
        "resources": {"controller": {"limits": {"memory": "512Mi"}}},
    }
    choices: tuple[dict[str, Any], ...] = ({}, {"cert-manager": {}})
    for others in choices:
        made = make(settings, net=net, nodes=nodes, others=others, brought=(NETWORK, POOL, *PROMETHEUS))
        assert value_errors(made.release(NAME).values, NAME, version) == []


@pytest.mark.parametrize("expose", ["LoadBalancer", "HostPort", "NodePort"])
@pytest.mark.parametrize(
    ("net", "policy", "families"),
    [
        ("IPv4", "SingleStack", ["IPv4"]),
        ("IPv6", "SingleStack", ["IPv6"]),
        ("dual", "PreferDualStack", ["IPv4", "IPv6"]),
    ],
)
def test_ingress_nginx_ipv4_only_listener(expose: str, net: str, policy: str, families: list[str]) -> None:
    """The chart says IPv4 whatever the cluster has; here it always says what the cluster has."""
    made = make({"expose": expose}, net=net, nodes="one")
    service = made.value(NAME, "controller.service")
    assert (service["ipFamilyPolicy"], service["ipFamilies"]) == (policy, families)


def test_ingress_nginx_load_balancer_without_address() -> None:
    """Without anybody to give it an address the need is unmet."""
    [unmet] = make(brought=(NETWORK,)).order.unmet
    assert unmet.need.offer is AddressPool
    assert make({"expose": "HostPort"}, brought=(NETWORK,)).order.unmet == ()


def test_no_job_makes_the_webhooks_certificate() -> None:
    """With cert-manager it signs, in an earlier wave; without it there is no webhook."""
    made = make(others={"cert-manager": {}})
    assert made.value(NAME, "controller.admissionWebhooks") == {"certManager": {"enabled": True}}
    assert made.order.waves["cert-manager"] < made.order.waves[NAME]
    [ignored] = made.applications[NAME].ignored
    assert ignored.kind == "ValidatingWebhookConfiguration"
    without = make()
    assert without.value(NAME, "controller.admissionWebhooks") == {"enabled": False}
    assert without.applications[NAME].ignored == ()


def test_host_ports_are_taken_once_a_node() -> None:
    """A pod a node, and Ingresses show the address of the first node that takes pods."""
    made = make({"expose": "HostPort"}, nodes="many")
    assert made.value(NAME, "controller.kind") == "DaemonSet"
    assert made.value(NAME, "controller.hostPort.enabled") is True
    assert made.value(NAME, "controller.extraArgs") == {"publish-status-address": "192.0.2.3"}
    assert made.value(NAME, "controller.publishService.enabled") is False
    assert made.applications[NAME].pod_security == "privileged"


def test_it_is_not_the_default_class() -> None:
    """What is about to go should not take new Ingresses; offer and chart agree."""
    made = make()
    offered = made.facts.find(IngressClass, "nginx")
    assert offered == IngressClass(by=NAME, name="nginx", default=False)
    assert made.value(NAME, "controller.ingressClassResource") == {"name": "nginx", "default": False}


@pytest.mark.parametrize(("nodes", "replicas"), [("one", 1), ("unknown", 2), ("arm64", 2)])
def test_two_run_where_there_is_room(nodes: str, replicas: int) -> None:
    """A small cluster has one."""
    assert make(nodes=nodes).value(NAME, "controller.replicaCount") == replicas


def test_ingress_nginx_monitor_dropped_silently() -> None:
    """With Prometheus there is a ServiceMonitor with its labels."""
    made = make(brought=(NETWORK, POOL, *PROMETHEUS))
    monitor = made.value(NAME, "controller.metrics.serviceMonitor")
    assert monitor == {"enabled": True, "additionalLabels": {"release": "kps"}}
    assert made.release(NAME).api_versions


def test_every_reason_speaks_of_a_value_that_is_written() -> None:
    """A reason for a value that is not there would forbid the user to set it."""
    for expose in ("LoadBalancer", "HostPort", "NodePort"):
        made = make({"expose": expose}, nodes="many", brought=(NETWORK, POOL, *PROMETHEUS))
        reasons = made.release(NAME).reasons
        assert reasons
        assert [path for path in reasons if made.value(NAME, ".".join(path)) is None] == []
