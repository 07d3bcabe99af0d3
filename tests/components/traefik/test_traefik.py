"""Traefik in every shape of cluster: values, classes, needs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from platform_support.made import NETWORK, PROMETHEUS, SHAPES, Made, make_cluster
from trimtab.catalogue.chart_facts import chart_facts
from trimtab.catalogue.components import releases
from trimtab.components.traefik import charts
from trimtab.components.traefik.settings import Settings
from trimtab.plan.offers import AddressPool, GatewayClass, IngressClass, Issuer
from upstream_support.chart_values import value_errors
from upstream_support.folder import MISSING, find_upstream

VERSIONS = [release.version for release in releases("traefik")]
POOL = AddressPool(by="metallb", families=frozenset({"IPv4", "IPv6"}))
FULL: dict[str, Any] = {
    "replicas": 3,
    "redirectToHttps": True,
    "readTimeout": "30m",
    "resources": {"traefik": {"limits": {"memory": "256Mi"}}},
}


def make(settings: dict[str, Any] | None = None, **rest: Any) -> Made:
    """Give a cluster with Traefik and somebody who gives addresses."""
    rest.setdefault("brought", (NETWORK, POOL))
    others = rest.pop("others", {})
    return make_cluster({"traefik": settings or {}, **others}, **rest)


@pytest.mark.skipif(find_upstream() is None, reason=MISSING)
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("expose", ["LoadBalancer", "HostPort", "NodePort"])
@pytest.mark.parametrize(("net", "nodes"), SHAPES)
def test_every_value_is_read(version: str, expose: str, net: str, nodes: str) -> None:
    """The chart reads every key that is written, however Traefik is reached and whatever the cluster looks like."""
    settings = {"version": version, "expose": expose, "publishedAddress": "edge.example.org", **FULL}
    brought = (NETWORK, POOL, *PROMETHEUS)
    made = make(settings, others={"gateway-api": {}}, net=net, nodes=nodes, brought=brought)
    assert value_errors(made.release("traefik").values, "traefik", version) == []


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("brought", [(NETWORK, POOL), (NETWORK, POOL, *PROMETHEUS)])
def test_the_chart_is_told_of_the_built_in_kinds_it_asks_for(version: str, brought: tuple[Any, ...]) -> None:
    """A kind that the chart asks for by name is said, monitored or not: else its budget has an API that is gone."""
    facts = chart_facts("traefik", version)
    assert facts is not None
    asked = {api for api in facts.api_versions_asked if api.count("/") == 2 and api.startswith("policy/")}
    assert asked
    assert asked <= set(make({"version": version}, brought=brought).release("traefik").api_versions)


def test_traefik_load_balancer_without_address() -> None:
    """Without anybody to give it an address the need is unmet; with ports of the hosts there is no such need."""
    [unmet] = make(brought=(NETWORK,)).order.unmet
    assert (unmet.application, unmet.need.offer) == ("traefik", AddressPool)
    for expose in ("HostPort", "NodePort"):
        assert make({"expose": expose}, brought=(NETWORK,)).order.unmet == ()


@pytest.mark.parametrize(
    ("net", "pool", "expected"),
    [
        ("IPv4", {"IPv4"}, (None, None)),
        ("IPv6", {"IPv6"}, (None, None)),
        ("dual", {"IPv4", "IPv6"}, ("PreferDualStack", ["IPv4", "IPv6"])),
        ("dual", {"IPv6"}, ("SingleStack", ["IPv6"])),
        ("dual", set(), ("PreferDualStack", ["IPv4", "IPv6"])),
    ],
)
def test_the_service_has_the_families_it_can_get(net: str, pool: set[str], expected: tuple[Any, Any]) -> None:
    """A dual-stack cluster says both families, or the one that addresses are set aside for; below service.spec."""
    made = make(net=net, brought=(NETWORK, AddressPool(by="metallb", families=frozenset(pool))))
    spec = made.value("traefik", "service.spec")
    assert (spec.get("ipFamilyPolicy"), spec.get("ipFamilies")) == expected
    assert made.value("traefik", "service.ipFamilyPolicy") is None


def test_host_ports_are_taken_once_a_node() -> None:
    """Ports 80 and 443 of every node, by a pod each, which lets go before the next one comes."""
    made = make({"expose": "HostPort", "replicas": 3}, nodes="many", net="dual")
    assert made.value("traefik", "deployment") == {"kind": "DaemonSet"}
    assert [made.value("traefik", f"ports.{port}.hostPort") for port in ("web", "websecure")] == [80, 443]
    assert made.value("traefik", "updateStrategy.rollingUpdate") == {"maxUnavailable": 1, "maxSurge": 0}
    assert made.value("traefik", "service.spec") == {"type": "ClusterIP", "ipFamilyPolicy": "PreferDualStack"}


@pytest.mark.parametrize(("expose", "level"), [("LoadBalancer", "restricted"), ("HostPort", "privileged")])
def test_only_host_ports_need_privileges(expose: str, level: str) -> None:
    """The chart's pods fit the strictest level, except for ports of the host."""
    assert make({"expose": expose}).applications["traefik"].pod_security == level


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (None, {"ip": "192.0.2.3"}),
        ("2001:db8::80", {"ip": "2001:db8::80"}),
        ("edge.example.org", {"hostname": "edge.example.org"}),
    ],
)
def test_ingresses_show_an_address_without_a_load_balancer(given: str | None, shown: dict[str, str]) -> None:
    """Argo CD waits for an Ingress to have an address: the one that is set, else that of the first usable node."""
    settings = {"expose": "NodePort", **({"publishedAddress": given} if given else {})}
    made = make(settings, nodes="many", others={"gateway-api": {}})
    assert made.value("traefik", "providers.kubernetesIngress.ingressEndpoint") == shown
    assert made.value("traefik", "providers.kubernetesIngress.publishedService.enabled") is False
    status = made.value("traefik", "providers.kubernetesGateway.statusAddress")
    assert status == {**shown, "service": {"enabled": False}}


@pytest.mark.parametrize(("nodes", "replicas", "budget"), [("one", 1, False), ("unknown", 2, True), ("arm64", 2, True)])
def test_two_run_where_there_is_room(nodes: str, replicas: int, budget: bool) -> None:
    """A small cluster has one; several may leave a node one after the other."""
    made = make(nodes=nodes)
    assert made.value("traefik", "deployment.replicas") == replicas
    assert (made.value("traefik", "podDisruptionBudget") is not None) is budget


@pytest.mark.parametrize(("known", "held"), [(("amd64", "arm", "arm64"), False), (("amd64",), True)])
def test_traefik_mixed_architectures(monkeypatch: pytest.MonkeyPatch, known: tuple[str, ...], held: bool) -> None:
    """Today's image exists for every node here; one that did not would keep its pods off the others."""
    assert (make(nodes="mixed").value("traefik", "affinity")) is None
    release = replace(releases("traefik")[0], architectures=known)
    monkeypatch.setattr(charts, "wanted_release", lambda *_: release)
    assert (make(nodes="mixed").value("traefik", "affinity") is not None) is held


def test_gateways_are_served_where_their_kinds_are() -> None:
    """With the Gateway API there is a GatewayClass, after the kinds; without it neither class nor switch."""
    made = make(others={"gateway-api": {}})
    assert made.facts.find(GatewayClass) == GatewayClass(by="traefik", name="traefik")
    assert made.value("traefik", "providers.kubernetesGateway.enabled") is True
    assert made.value("traefik", "gateway.enabled") is False
    assert made.order.waves["gateway-api"] < made.order.waves["traefik"]
    without = make()
    assert without.facts.find(GatewayClass) is None
    assert without.value("traefik", "providers") is None


def test_the_class_is_the_default_unless_told() -> None:
    """Offer and chart agree on name and default."""
    for settings, expected in (
        ({}, ("traefik", True)),
        ({"ingressClass": {"name": "web", "default": False}}, ("web", False)),
    ):
        made = make(settings)
        offered = made.facts.find(IngressClass)
        assert offered is not None
        assert (offered.name, offered.default) == expected
        made_class = made.value("traefik", "ingressClass")
        assert (made_class["name"], made_class["isDefaultClass"]) == expected


@pytest.mark.parametrize(
    ("issuers", "said", "redirects"), [(True, None, True), (False, None, False), (True, False, False)]
)
def test_plain_requests_are_redirected_where_certificates_are(
    issuers: bool, said: bool | None, redirects: bool
) -> None:
    """Without an issuer there may be no certificate to redirect to."""
    brought = (NETWORK, POOL, *((Issuer(by="x", name="le"),) if issuers else ()))
    made = make({} if said is None else {"redirectToHttps": said}, brought=brought)
    target = made.value("traefik", "ports.web.http.redirections.entryPoint.to")
    assert target == ("websecure" if redirects else None)


def test_large_pushes_have_ten_minutes() -> None:
    """Traefik's own minute cuts them off; both ports have the patience that is set."""
    for settings, expected in (({}, "10m"), ({"readTimeout": "1h"}, "1h")):
        made = make(settings)
        for port in ("web", "websecure"):
            timeouts = made.value("traefik", f"ports.{port}.transport.respondingTimeouts")
            assert timeouts == {"readTimeout": expected}


def test_traefik_monitor_dropped_silently() -> None:
    """With Prometheus there is a ServiceMonitor with its labels, rendered whether or not Argo CD sees the kind."""
    made = make(brought=(NETWORK, POOL, *PROMETHEUS))
    prometheus = made.value("traefik", "metrics.prometheus")
    assert prometheus["serviceMonitor"] == {"enabled": True, "additionalLabels": {"release": "kps"}}
    assert prometheus["disableAPICheck"] is True
    assert "monitoring.coreos.com/v1" in made.release("traefik").api_versions
    assert make().value("traefik", "metrics") is None


def test_every_reason_speaks_of_a_value_that_is_written() -> None:
    """A reason for a value that is not there would forbid the user to set it."""
    for expose in ("LoadBalancer", "HostPort", "NodePort"):
        made = make({"expose": expose}, net="dual", nodes="many", others={"gateway-api": {}})
        reasons = made.release("traefik").reasons
        assert [path for path in reasons if made.value("traefik", ".".join(path)) is None] == []
        assert ("service", "spec", "type") in reasons


def test_defaults_are_enough() -> None:
    """A user may say `traefik: {}`."""
    assert Settings.model_validate({}).expose == "LoadBalancer"
    assert make().order.unmet == ()
