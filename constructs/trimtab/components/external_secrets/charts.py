"""Values of the chart external-secrets."""

from __future__ import annotations

from trimtab.components.external_secrets.offers import NAMESPACE, OPERATOR
from trimtab.components.external_secrets.settings import Settings
from trimtab.components.releases import wanted_release
from trimtab.kube.monitoring import MONITORING_APIS, label_monitors
from trimtab.kube.release import ChartRelease, Source, Values, match_reasons, merge_values
from trimtab.kube.scheduling import plan_workload
from trimtab.plan.facts import Facts
from trimtab.plan.offers import MonitorSelector

_REASONS = {
    ("installCRDs",): "references are written in these kinds, and nothing else brings them",
    ("serviceMonitor", "renderMode"): "else the chart drops its monitors without a word when the API is not known yet",
}


def charts(settings: Settings, facts: Facts) -> dict[str, Source]:
    """Give the one release."""
    release = wanted_release("external-secrets", settings)
    values = _values(settings, facts, release.architectures)
    return {
        OPERATOR: ChartRelease(
            pin=release.charts["main"],
            release_name=settings.release_name or "external-secrets",
            namespace=settings.namespace or NAMESPACE,
            values=values,
            reasons=match_reasons(_REASONS, values),
            api_versions=MONITORING_APIS if facts.has(MonitorSelector) else (),
            origins=("components.external-secrets",),
        )
    }


def _values(settings: Settings, facts: Facts, architectures: tuple[str, ...]) -> Values:
    cluster = facts.cluster
    values: Values = {"installCRDs": True}
    values = merge_values(values, plan_workload(cluster, architectures, settings.resources.get("controller")))
    for name in ("webhook", "certController"):
        if workload := plan_workload(cluster, architectures, settings.resources.get(name)):
            values[name] = workload
    if cluster.is_dual_stack:
        values["service"] = {"ipFamilyPolicy": cluster.ip_family_policy}
    if (monitor := facts.find(MonitorSelector)) is not None:
        values["serviceMonitor"] = {"enabled": True, "renderMode": "alwaysRender", **label_monitors(monitor)}
    return values
