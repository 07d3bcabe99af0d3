"""Ways from a Gateway to a Service: HTTPRoutes, with every field that the API server would fill in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from trimtab.kube.objects import plan_object, without_nothing
from trimtab.settings.gateway import Gateway

GATEWAY_GROUP = "gateway.networking.k8s.io"
PathType = Literal["Exact", "PathPrefix"]


def plan_parent(gateway: Gateway) -> dict[str, Any]:
    """Give the reference to a Gateway.

    Group and kind are those that the API server writes itself: without them Argo CD would see a difference for ever
    (gateway-api v1.6.1 apis/v1/shared_types.go, ParentReference).
    """
    return without_nothing(
        {
            "group": GATEWAY_GROUP,
            "kind": "Gateway",
            "name": gateway.name,
            "namespace": gateway.namespace,
            "sectionName": gateway.section_name,
        }
    )


def plan_route_values(host: str, gateway: Gateway) -> dict[str, Any]:
    """Give a chart's `route` values for one host, as kube-prometheus-stack and Grafana's chart read them."""
    return {"main": {"enabled": True, "hostnames": [host], "parentRefs": [plan_parent(gateway)]}}


def plan_route(
    name: str,
    host: str,
    gateway: Gateway,
    *,
    namespace: str,
    service: str,
    port: int,
    paths: Iterable[tuple[PathType, str]] = (("PathPrefix", "/"),),
) -> dict[str, Any]:
    """Give an HTTPRoute from one host name to one Service.

    Args:
        name: Its name.
        host: The host name that clients ask for.
        gateway: The Gateway whose listener takes it.
        namespace: The namespace of the route and of the Service.
        service: The Service's name.
        port: The Service's port, by number: a route knows no names of ports.
        paths: Which paths lead there, and how each is compared.
    """
    backend = {"group": "", "kind": "Service", "name": service, "port": port, "weight": 1}
    matches = [{"path": {"type": kind, "value": path}} for kind, path in paths]
    spec = {
        "parentRefs": [plan_parent(gateway)],
        "hostnames": [host],
        "rules": [{"matches": matches, "backendRefs": [backend]}],
    }
    return plan_object(f"{GATEWAY_GROUP}/v1", "HTTPRoute", name, namespace=namespace, spec=spec)
