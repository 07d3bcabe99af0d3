"""Ceph's page: port, name, address and way agree in every shape."""

from __future__ import annotations

from typing import Any

import pytest

from rook_support.made import make_cluster
from trimtab.plan.offers import IngressClass, Issuer


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


def test_no_dashboard_unless_asked() -> None:
    """Off by default; with no word more it is on, inside the cluster, with TLS."""
    assert "dashboard" not in make_cluster(hosts=[1]).spec("CephCluster")
    made = make_cluster({"dashboard": {}}, hosts=[1])
    assert made.spec("CephCluster")["dashboard"] == {"enabled": True, "ssl": True}
    assert [b for b in made.built if b.manifest["kind"] == "Service"] == []
