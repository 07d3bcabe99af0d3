"""Our own objects beside the chart's: alerts, dashboards, etcd's addresses where it runs on hosts, Nagios' way."""

from __future__ import annotations

from typing import Any

from trimtab.components.prometheus.alerts.alert import plan_rules
from trimtab.components.prometheus.alerts.topics import plan_topics
from trimtab.components.prometheus.control_plane import iter_etcd_hosts
from trimtab.components.prometheus.dashboards.board import plan_board
from trimtab.components.prometheus.dashboards.topics import plan_boards
from trimtab.components.prometheus.names import PAGE_PORT, RULES, prometheus_service, wanted_namespace
from trimtab.components.prometheus.pages import ingress_class, nagios_host, wanted_issuer
from trimtab.components.prometheus.settings import Settings
from trimtab.components.prometheus.targets import CALICO_REASONS, ETCD_REASONS, has_agents, plan_agents, plan_etcd
from trimtab.kube.manifests import Manifests
from trimtab.kube.objects import plan_object, without_nothing
from trimtab.kube.routes import plan_route
from trimtab.plan.facts import Facts

NAGIOS = "prometheus-checks"
QUESTIONS = ("/-/healthy", "/api/v1/alerts", "/api/v1/query")
"""What Nagios may ask. Exactly these: `/-/reload` and `/-/quit` answer as well, since the operator switches them on
(prometheus-operator v0.93.1 pkg/prometheus/server, web.enable-lifecycle)."""

_ROUTE_REASONS: dict[tuple[str | int, ...], str] = {
    ("spec", "rules"): "anything else than these paths would let everybody stop Prometheus",
}


def build(manifests: Manifests, application: str, settings: Settings, facts: Facts) -> None:
    """Add alerts, dashboards, targets and the route to `prometheus-rules`."""
    if application != RULES:
        return
    namespace = wanted_namespace(settings)
    for topic, alerts in plan_topics(settings, facts).items():
        name = "trimtab-" + "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in topic)
        manifests.add(plan_rules(name, alerts, namespace), origin=(f"components.prometheus.alerts.{topic}",))
    for page, board in plan_boards(settings, facts).items():
        manifests.add(plan_board(board, namespace), origin=(f"components.prometheus.dashboards.{page}",))
    if any(iter_etcd_hosts(facts.cluster)):
        origin = ("nodes", "kubernetes.distribution")
        manifests.add(plan_etcd(facts.cluster, namespace), origin=origin, reasons=ETCD_REASONS)
    if has_agents(facts):
        manifests.add(plan_agents(namespace), origin=("components.calico",), reasons=CALICO_REASONS)
    if host := nagios_host(settings, facts):
        route = _gateway_route(host, settings) or _ingress(host, settings, facts)
        manifests.add(route, origin=("components.prometheus.nagios",), reasons=_ROUTE_REASONS)


def _gateway_route(host: str, settings: Settings) -> dict[str, Any] | None:
    """An HTTPRoute of three exact paths, where a Gateway leads in."""
    if settings.gateway is None:
        return None
    return plan_route(
        NAGIOS,
        host,
        settings.gateway,
        namespace=wanted_namespace(settings),
        service=prometheus_service(settings),
        port=PAGE_PORT,
        paths=(("Exact", path) for path in QUESTIONS),
    )


def _ingress(host: str, settings: Settings, facts: Facts) -> dict[str, Any]:
    """An Ingress of three exact paths; Alertmanager has none that only answers, since its alerts can be posted to."""
    issuer = wanted_issuer(settings, facts)
    backend = {"service": {"name": prometheus_service(settings), "port": {"number": PAGE_PORT}}}
    paths = [{"path": path, "pathType": "Exact", "backend": backend} for path in QUESTIONS]
    return plan_object(
        "networking.k8s.io/v1",
        "Ingress",
        NAGIOS,
        namespace=wanted_namespace(settings),
        annotations={"cert-manager.io/cluster-issuer": issuer} if issuer else None,
        spec=without_nothing(
            {
                "ingressClassName": ingress_class(settings, facts),
                "rules": [{"host": host, "http": {"paths": paths}}],
                "tls": [{"hosts": [host], "secretName": f"{NAGIOS}-tls"}] if issuer else None,
            }
        ),
    )
