"""Our own objects beside the chart's: alerts, etcd's addresses where it runs on hosts, the way for Nagios."""

from __future__ import annotations

from typing import Any

from trimtab.components.prometheus.alerts.alert import plan_rules
from trimtab.components.prometheus.alerts.topics import plan_topics
from trimtab.components.prometheus.control_plane import ETCD_PORT, iter_etcd_hosts
from trimtab.components.prometheus.names import PAGE_PORT, RULES, prometheus_service, wanted_namespace
from trimtab.components.prometheus.pages import ingress_class, nagios_host, wanted_issuer
from trimtab.components.prometheus.settings import Settings
from trimtab.kube.manifests import Manifests
from trimtab.kube.objects import plan_object, without_nothing
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts

NAGIOS = "prometheus-checks"
QUESTIONS = ("/-/healthy", "/api/v1/alerts", "/api/v1/query")
"""What Nagios may ask. Exactly these: `/-/reload` and `/-/quit` answer as well, since the operator switches them on
(prometheus-operator v0.93.1 pkg/prometheus/server, web.enable-lifecycle)."""

_ETCD_REASONS: dict[tuple[str | int, ...], str] = {
    ("spec", "jobName"): "the alerts on etcd look for a job of this name",
    ("spec", "staticConfigs"): "etcd runs on the control plane's hosts; no Service can select it",
}
_ROUTE_REASONS: dict[tuple[str | int, ...], str] = {
    ("spec", "rules"): "anything else than these paths would let everybody stop Prometheus",
}


def build(manifests: Manifests, application: str, settings: Settings, facts: Facts) -> None:
    """Add alerts, targets and the route to `prometheus-rules`."""
    if application != RULES:
        return
    namespace = wanted_namespace(settings)
    for topic, alerts in plan_topics(settings, facts).items():
        name = "trimtab-" + "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in topic)
        manifests.add(plan_rules(name, alerts, namespace), origin=(f"components.prometheus.alerts.{topic}",))
    if any(iter_etcd_hosts(facts.cluster)):
        origin = ("nodes", "kubernetes.distribution")
        manifests.add(_etcd(facts.cluster, namespace), origin=origin, reasons=_ETCD_REASONS)
    if host := nagios_host(settings, facts):
        route = _route(host, settings, facts)
        manifests.add(route, origin=("components.prometheus.nagios",), reasons=_ROUTE_REASONS)


def _etcd(cluster: Cluster, namespace: str) -> dict[str, Any]:
    addresses = [node.address for node in iter_etcd_hosts(cluster) if node.address]
    targets = [f"[{address}]:{ETCD_PORT}" if ":" in address else f"{address}:{ETCD_PORT}" for address in addresses]
    spec = {"jobName": "kube-etcd", "staticConfigs": [{"targets": targets}]}
    return plan_object("monitoring.coreos.com/v1alpha1", "ScrapeConfig", "kube-etcd", namespace=namespace, spec=spec)


def _route(host: str, settings: Settings, facts: Facts) -> dict[str, Any]:
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
