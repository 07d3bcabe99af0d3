"""Ceph's web page: port, name, address and route, which must agree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trimtab.components.rook.settings import Dashboard, Settings
from trimtab.components.rook.storage import wanted_namespace
from trimtab.kube.manifests import Manifests
from trimtab.kube.objects import plan_object, without_nothing
from trimtab.kube.routes import GATEWAY_GROUP, plan_route
from trimtab.plan.facts import Facts
from trimtab.plan.offers import AddressPool, ApiGroup, IngressClass, Issuer, Need
from trimtab.settings.gateway import Gateway

_ORIGIN = "components.rook.dashboard"
_PATH = ("components", "rook", "dashboard")
ROOKS_SERVICE = "rook-ceph-mgr-dashboard"
"""The Service that Rook makes itself (rook v1.20.6 pkg/operator/ceph/cluster/mgr/spec.go:330)."""


def has_tls(dashboard: Dashboard) -> bool:
    """Say whether the page speaks TLS itself: not behind an Ingress, which ends TLS and speaks plain HTTP to it."""
    return dashboard.host is None if dashboard.ssl is None else dashboard.ssl


def port_name(dashboard: Dashboard) -> str:
    """Give the name of the Service's port, as Rook spells it (mgr/spec.go:324-327)."""
    return "https-dashboard" if has_tls(dashboard) else "http-dashboard"


def pod_port(dashboard: Dashboard) -> int:
    """Give the port the manager listens on: 8443, 7000 without TLS, or one above 1024 (mgr/config.go:50-63)."""
    usual = 8443 if has_tls(dashboard) else 7000
    return dashboard.port if dashboard.port is not None and dashboard.port > 1024 else usual


def dashboard_needs(settings: Settings) -> tuple[Need, ...]:
    """Give what the way to the page needs: an Ingress class, or Gateways, for a host name; addresses for a Service."""
    dashboard = settings.dashboard
    if dashboard is None:
        return ()
    pool = (Need(offer=AddressPool, path=(*_PATH, "service")),) if dashboard.service == "LoadBalancer" else ()
    if dashboard.gateway:
        return (Need(offer=ApiGroup, name=GATEWAY_GROUP, path=(*_PATH, "gateway")), *pool)
    return (*((Need(offer=IngressClass, path=(*_PATH, "host")),) if dashboard.host else ()), *pool)


def iter_dashboard_hosts(settings: Settings) -> Iterator[str]:
    """Give the page's host name, where it has one."""
    if settings.dashboard and settings.dashboard.host:
        yield settings.dashboard.host


def plan_dashboard(settings: Settings) -> dict[str, Any] | None:
    """Give `spec.dashboard` of the CephCluster; nothing where it is off. Rook itself leaves `ssl: false` out."""
    dashboard = settings.dashboard
    if dashboard is None:
        return None
    return without_nothing({"enabled": True, "ssl": has_tls(dashboard) or None, "port": dashboard.port})


def build_dashboard(manifests: Manifests, settings: Settings, facts: Facts) -> None:
    """Add the ways to the page from outside: a Service of our own, an Ingress, an HTTPRoute, or none."""
    dashboard = settings.dashboard
    if dashboard is None:
        return
    if dashboard.service != "ClusterIP":
        manifests.add(_service(settings, dashboard, facts), origin=(_ORIGIN,), reasons=_REASONS)
    if dashboard.host and dashboard.gateway:
        route = _route(dashboard.host, dashboard.gateway, settings, dashboard)
        manifests.add(route, origin=(_ORIGIN,), reasons=_ROUTE_REASONS)
    elif dashboard.host:
        manifests.add(_ingress(settings, dashboard, facts), origin=(_ORIGIN,))


_REASONS: dict[tuple[str | int, ...], str] = {
    ("spec", "selector", "mgr_role"): "the standby manager answers nobody",
    ("spec", "ports"): "port and name follow from TLS: 8443 with it, 7000 without",
}

_ROUTE_REASONS: dict[tuple[str | int, ...], str] = {
    ("spec", "rules"): "Service and port follow from TLS: a route to another one finds nobody",
}


def _service(settings: Settings, dashboard: Dashboard, facts: Facts) -> dict[str, Any]:
    namespace = wanted_namespace(settings)
    port = {
        "name": port_name(dashboard),
        "port": dashboard.port or pod_port(dashboard),
        "protocol": "TCP",
        "targetPort": pod_port(dashboard),
    }
    return plan_object(
        "v1",
        "Service",
        f"{ROOKS_SERVICE}-external",
        namespace=namespace,
        labels={"app": "rook-ceph-mgr", "rook_cluster": namespace},
        spec={
            "type": dashboard.service,
            "ipFamilyPolicy": facts.cluster.ip_family_policy,
            "selector": {"app": "rook-ceph-mgr", "mgr_role": "active", "rook_cluster": namespace},
            "ports": [port],
        },
    )


def _route(host: str, gateway: Gateway, settings: Settings, dashboard: Dashboard) -> dict[str, Any]:
    port = dashboard.port or pod_port(dashboard)
    namespace = wanted_namespace(settings)
    return plan_route(ROOKS_SERVICE, host, gateway, namespace=namespace, service=ROOKS_SERVICE, port=port)


def _ingress(settings: Settings, dashboard: Dashboard, facts: Facts) -> dict[str, Any]:
    """An Ingress by the default class, with a certificate where an issuer is there."""
    classes = tuple(facts.iter_offers(IngressClass))
    chosen = next((offer.name for offer in classes if offer.default), classes[0].name if classes else None)
    issuer = facts.find(Issuer)
    backend = {"service": {"name": ROOKS_SERVICE, "port": {"name": port_name(dashboard)}}}
    tls = [{"hosts": [dashboard.host], "secretName": f"{ROOKS_SERVICE}-tls"}] if issuer else None
    return plan_object(
        "networking.k8s.io/v1",
        "Ingress",
        ROOKS_SERVICE,
        namespace=wanted_namespace(settings),
        annotations={"cert-manager.io/cluster-issuer": issuer.name} if issuer else None,
        spec=without_nothing(
            {
                "ingressClassName": chosen,
                "rules": [
                    {
                        "host": dashboard.host,
                        "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": backend}]},
                    }
                ],
                "tls": tls,
            }
        ),
    )
