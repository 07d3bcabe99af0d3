"""Values of the chart traefik."""

from __future__ import annotations

from trimtab.components.releases import wanted_release
from trimtab.components.traefik.entrance import plan_entrance
from trimtab.components.traefik.offers import GATEWAY_CLASS, GATEWAY_GROUP, NAMESPACE, TRAEFIK
from trimtab.components.traefik.settings import Settings
from trimtab.kube.monitoring import MONITORING_APIS, label_monitors
from trimtab.kube.release import ChartRelease, Source, Values, match_reasons, merge_values
from trimtab.kube.scheduling import plan_architecture_affinity
from trimtab.plan.facts import Facts
from trimtab.plan.offers import ApiGroup, Issuer, MonitorSelector

_BUILT_IN = ("policy/v1/PodDisruptionBudget",)
"""What the chart must be told of, whoever renders it: else it writes the budget as `policy/v1beta1`, which Kubernetes
1.25 removed (traefik-helm-chart v41.3.0 templates/poddisruptionbudget.yaml:2). Helm alone knows groups, not kinds."""

_TIMEOUT = "Traefik's own minute cuts off the push of a large image (goharbor/harbor#18484)"
_STATUS = "without an address every Ingress stays Progressing in Argo CD, and later waves wait for it"

_REASONS = {
    ("service", "spec", "type"): "components.traefik.expose says how the outside reaches it",
    ("service", "spec", "ipFamilyPolicy"): "a Service has one family unless it is told",
    ("service", "spec", "ipFamilies"): "these are the families of network.loadBalancers",
    ("deployment", "kind"): "ports of the host are taken once a node",
    ("updateStrategy", "rollingUpdate"): "a new pod cannot take the host's ports before the old one has gone",
    ("providers", "kubernetesGateway", "enabled"): "without the kinds of the Gateway API Traefik only logs errors",
    ("providers", "kubernetesIngress", "publishedService", "enabled"): _STATUS,
    ("providers", "kubernetesIngress", "ingressEndpoint"): _STATUS,
    ("ports", "web", "transport", "respondingTimeouts", "readTimeout"): _TIMEOUT,
    ("ports", "websecure", "transport", "respondingTimeouts", "readTimeout"): _TIMEOUT,
    ("metrics", "prometheus", "disableAPICheck"): "the chart fails to render where it cannot see Prometheus' kinds",
    ("metrics", "prometheus", "serviceMonitor", "additionalLabels"): "Prometheus picks up only what has these labels",
}


def charts(settings: Settings, facts: Facts) -> dict[str, Source]:
    """Give the one release."""
    release = wanted_release(TRAEFIK, settings)
    values = _values(settings, facts, release.architectures)
    return {
        TRAEFIK: ChartRelease(
            pin=release.charts["main"],
            release_name=settings.release_name or TRAEFIK,
            namespace=settings.namespace or NAMESPACE,
            values=values,
            reasons=match_reasons(_REASONS, values),
            api_versions=_BUILT_IN + (MONITORING_APIS if facts.has(MonitorSelector) else ()),
            origins=("components.traefik", "network.loadBalancers"),
        )
    }


def _values(settings: Settings, facts: Facts, architectures: tuple[str, ...]) -> Values:
    wanted = settings.ingress_class
    values: Values = {
        # Else each start asks a server of Traefik's for news.
        "global": {"checkNewVersion": False},
        "ingressClass": {"enabled": True, "isDefaultClass": wanted.default, "name": wanted.name},
        "ports": _ports(settings, facts),
        **_gateways(facts),
        **_monitoring(facts),
    }
    if affinity := plan_architecture_affinity(facts.cluster, architectures):
        values["affinity"] = affinity
    if resources := settings.resources.get("traefik"):
        values["resources"] = resources.to_kubernetes()
    return merge_values(values, plan_entrance(settings, facts))


def _ports(settings: Settings, facts: Facts) -> Values:
    patience: Values = {"transport": {"respondingTimeouts": {"readTimeout": settings.read_timeout}}}
    redirects = facts.has(Issuer) if settings.redirect_to_https is None else settings.redirect_to_https
    to_https = {"entryPoint": {"to": "websecure", "scheme": "https", "permanent": True}}
    web = {**patience, **({"http": {"redirections": to_https}} if redirects else {})}
    return {"web": web, "websecure": patience}


def _gateways(facts: Facts) -> Values:
    """Serve Gateways where there are any; the Gateway itself, with its listeners and certificates, is the user's."""
    if not facts.has(ApiGroup, GATEWAY_GROUP):
        return {}
    return {
        "providers": {"kubernetesGateway": {"enabled": True}},
        "gateway": {"enabled": False},
        "gatewayClass": {"enabled": True, "name": GATEWAY_CLASS},
    }


def _monitoring(facts: Facts) -> Values:
    monitor = facts.find(MonitorSelector)
    if monitor is None:
        return {}
    prometheus = {
        "service": {"enabled": True},
        "serviceMonitor": {"enabled": True, **label_monitors(monitor)},
        "disableAPICheck": True,
    }
    return {"metrics": {"prometheus": prometheus}}
