"""Values of the chart ingress-nginx, which has one release and will have no other."""

from __future__ import annotations

from trimtab.components.ingress_nginx.offers import APPLICATION, CERTIFICATES, NAMESPACE
from trimtab.components.ingress_nginx.settings import Settings
from trimtab.components.releases import wanted_release
from trimtab.kube.entrance import plan_family_policy, plan_outer_families, plan_published_address
from trimtab.kube.monitoring import MONITORING_APIS, label_monitors
from trimtab.kube.release import ChartRelease, Source, Values, match_reasons
from trimtab.kube.scheduling import plan_architecture_affinity, plan_replicas
from trimtab.plan.facts import Facts
from trimtab.plan.offers import Controller, MonitorSelector

_REPLICAS = 2

_REASONS = {
    ("controller", "service", "ipFamilies"): "the chart asks for IPv4, which an IPv6-only cluster refuses",
    ("controller", "service", "ipFamilyPolicy"): "it must fit the number of families",
    ("controller", "service", "type"): "components.ingress-nginx.expose says how the outside reaches it",
    ("controller", "kind"): "ports of the host are taken once a node",
    ("controller", "updateStrategy"): "a new pod cannot take the host's ports before the old one has gone",
    ("controller", "admissionWebhooks"): "the chart's own certificate comes from Jobs that run at every sync",
    ("controller", "publishService", "enabled"): "its own Service has no address from the outside",
    ("controller", "metrics", "serviceMonitor", "additionalLabels"): "Prometheus picks up only what has these labels",
}


def charts(settings: Settings, facts: Facts) -> dict[str, Source]:
    """Give the one release."""
    release = wanted_release(APPLICATION, settings)
    values: Values = {"controller": _controller(settings, facts, release.architectures)}
    return {
        APPLICATION: ChartRelease(
            pin=release.charts["main"],
            release_name=settings.release_name or APPLICATION,
            namespace=settings.namespace or NAMESPACE,
            values=values,
            reasons=match_reasons(_REASONS, values),
            api_versions=MONITORING_APIS if facts.has(MonitorSelector) else (),
            origins=(f"components.{APPLICATION}", "network.services"),
        )
    }


def _controller(settings: Settings, facts: Facts, architectures: tuple[str, ...]) -> Values:
    wanted = settings.ingress_class
    values: Values = {
        "ingressClassResource": {"name": wanted.name, "default": wanted.default},
        # What the controller calls itself in annotations that are older than IngressClass objects.
        "ingressClass": wanted.name,
        "admissionWebhooks": _webhook(facts),
        **_entrance(settings, facts),
        **_monitoring(facts),
    }
    if affinity := plan_architecture_affinity(facts.cluster, architectures):
        values["affinity"] = affinity
    if resources := settings.resources.get("controller"):
        values["resources"] = resources.to_kubernetes()
    return values


def _webhook(facts: Facts) -> Values:
    """Check Ingresses before they are stored where cert-manager can sign for it, else not at all."""
    return {"certManager": {"enabled": True}} if facts.has(Controller, CERTIFICATES) else {"enabled": False}


def _entrance(settings: Settings, facts: Facts) -> Values:
    if settings.expose == "LoadBalancer":
        families = plan_outer_families(facts)
        return {"service": _service("LoadBalancer", families), **_replicas(settings, facts)}
    families = facts.cluster.ip_families
    shown = _shown_address(settings, facts)
    if settings.expose == "NodePort":
        return {"service": _service("NodePort", families), **_replicas(settings, facts), **shown}
    return {
        "kind": "DaemonSet",
        "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 1}},
        "hostPort": {"enabled": True},
        "service": _service("ClusterIP", families),
        **shown,
    }


def _service(kind: str, families: tuple[str, ...]) -> Values:
    return {"type": kind, "ipFamilyPolicy": plan_family_policy(families), "ipFamilies": list(families)}


def _replicas(settings: Settings, facts: Facts) -> Values:
    return {"replicaCount": settings.replicas or plan_replicas(facts.cluster, _REPLICAS)}


def _shown_address(settings: Settings, facts: Facts) -> Values:
    address = plan_published_address(facts.cluster, settings.published_address)
    if address is None:
        return {}
    return {"publishService": {"enabled": False}, "extraArgs": {"publish-status-address": address}}


def _monitoring(facts: Facts) -> Values:
    monitor = facts.find(MonitorSelector)
    if monitor is None:
        return {}
    return {"metrics": {"enabled": True, "serviceMonitor": {"enabled": True, **label_monitors(monitor)}}}
