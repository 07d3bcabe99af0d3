"""Ceph's page: port, name, address and way agree in every shape."""

from __future__ import annotations

from typing import Any

import pytest

from rook_support.made import make_cluster
from trimtab.plan.offers import ApiGroup, IngressClass, Issuer, Offer
from trimtab.rules.monitoring import check_route_without_host
from trimtab.rules.rule import Subject


@pytest.mark.parametrize(
    ("dashboard", "name", "port", "target"),
    [
        ({}, "https-dashboard", 8443, 8443),
        ({"ssl": False}, "http-dashboard", 7000, 7000),
        ({"port": 443}, "https-dashboard", 443, 8443),
        ({"ssl": False, "port": 80}, "http-dashboard", 80, 7000),
        ({"port": 9443}, "https-dashboard", 9443, 9443),
    ],
)
def test_dashboard_unreachable_port_and_name_agree(
    dashboard: dict[str, Any], name: str, port: int, target: int
) -> None:
    """With TLS 8443, without 7000; a port up to 1024 is the Service's alone."""
    spec = make_cluster({"dashboard": {**dashboard, "service": "NodePort"}}, hosts=[1]).spec("Service")
    assert spec["ports"] == [{"name": name, "port": port, "protocol": "TCP", "targetPort": target}]


def test_dashboard_unreachable_standby_is_not_asked() -> None:
    """Our Service follows the active manager."""
    spec = make_cluster({"dashboard": {"service": "LoadBalancer"}}, hosts=[1]).spec("Service")
    assert spec["type"] == "LoadBalancer"
    assert spec["selector"]["mgr_role"] == "active"


@pytest.mark.parametrize(("net", "address"), [("IPv4", None), ("IPv6", "::"), ("dual", None)])
def test_dashboard_unreachable_address_on_ipv6_only(net: str, address: str | None) -> None:
    """Where there is no IPv4 the page is told to listen on IPv6."""
    config = make_cluster({"dashboard": {}}, hosts=[1], net=net).spec("CephCluster")["cephConfig"]
    assert config.get("mgr", {}).get("mgr/dashboard/server_addr") == address


@pytest.mark.parametrize(("net", "policy"), [("IPv6", "SingleStack"), ("dual", "PreferDualStack")])
def test_service_has_the_clusters_families(net: str, policy: str) -> None:
    """In a dual-stack cluster the page has both addresses."""
    assert make_cluster({"dashboard": {"service": "NodePort"}}, net=net).spec("Service")["ipFamilyPolicy"] == policy


def test_dashboard_unreachable_behind_an_ingress() -> None:
    """Behind an Ingress the page speaks plain HTTP, and the Ingress names Rook's Service by the port's name."""
    brought = (IngressClass(by="traefik", name="traefik", default=True), Issuer(by="i", name="letsencrypt"))
    made = make_cluster({"dashboard": {"host": "ceph.example.org"}}, hosts=[1], brought=brought)
    spec = made.spec("Ingress")
    assert "ssl" not in made.spec("CephCluster")["dashboard"]
    assert spec["ingressClassName"] == "traefik"
    [path] = spec["rules"][0]["http"]["paths"]
    assert path["backend"]["service"] == {"name": "rook-ceph-mgr-dashboard", "port": {"name": "http-dashboard"}}
    assert spec["tls"] == [{"hosts": ["ceph.example.org"], "secretName": "rook-ceph-mgr-dashboard-tls"}]


@pytest.mark.parametrize(("more", "port"), [({}, 7000), ({"port": 80}, 80), ({"port": 9000}, 9000)])
def test_dashboard_unreachable_behind_a_gateway(more: dict[str, Any], port: int) -> None:
    """A route names ports by number: the one that Rook's Service has, by which the page speaks plain HTTP."""
    gateway = {"name": "public", "namespace": "gateways"}
    made = make_cluster({"dashboard": {"host": "ceph.example.org", "gateway": gateway, **more}}, hosts=[1])
    assert "ssl" not in made.spec("CephCluster")["dashboard"]
    assert [b for b in made.built if b.manifest["kind"] == "Ingress"] == []
    spec = made.spec("HTTPRoute")
    assert spec["hostnames"] == ["ceph.example.org"]
    assert spec["parentRefs"][0] == {"group": "gateway.networking.k8s.io", "kind": "Gateway", **gateway}
    [rule] = spec["rules"]
    assert rule["matches"] == [{"path": {"type": "PathPrefix", "value": "/"}}]
    assert (rule["backendRefs"][0]["name"], rule["backendRefs"][0]["port"]) == ("rook-ceph-mgr-dashboard", port)


@pytest.mark.parametrize(
    ("way", "offer"), [({}, IngressClass), ({"gateway": {"name": "public", "namespace": "gateways"}}, ApiGroup)]
)
def test_way_to_the_page_is_needed(way: dict[str, Any], offer: type[Offer]) -> None:
    """A host name wants somebody who serves it, and stands in the list of names; without one nothing is needed."""
    cluster = make_cluster({"dashboard": {"host": "ceph.example.org", **way}}, hosts=[1]).applications["rook-cluster"]
    assert [need.offer for need in cluster.needs if need.path[:3] == ("components", "rook", "dashboard")] == [offer]
    assert cluster.host_names == ("ceph.example.org",)
    assert make_cluster({"dashboard": {}}, hosts=[1]).applications["rook-cluster"].host_names == ()


@pytest.mark.parametrize(("more", "count"), [({}, 1), ({"host": "ceph.example.org"}, 0)])
def test_gateway_without_a_host_name_leads_nowhere(more: dict[str, Any], count: int) -> None:
    """A route takes requests by their host name: a Gateway alone is refused, at its place."""
    made = make_cluster({"dashboard": {"gateway": {"name": "public", "namespace": "gateways"}, **more}}, hosts=[1])
    subject = Subject(cluster=made.facts.cluster, components={"rook": made.settings}, facts=made.facts)
    found = list(check_route_without_host(subject))
    assert [problem.path for problem in found] == [("components", "rook", "dashboard", "gateway")] * count


def test_no_dashboard_unless_asked() -> None:
    """Off by default; with no word more it is on, inside the cluster, with TLS."""
    assert "dashboard" not in make_cluster(hosts=[1]).spec("CephCluster")
    made = make_cluster({"dashboard": {}}, hosts=[1])
    assert made.spec("CephCluster")["dashboard"] == {"enabled": True, "ssl": True}
    assert [b for b in made.built if b.manifest["kind"] == "Service"] == []
