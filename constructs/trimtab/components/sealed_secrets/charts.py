"""Values of the chart sealed-secrets."""

from __future__ import annotations

from trimtab.components.releases import wanted_release
from trimtab.components.sealed_secrets.offers import APPLICATION, CONTROLLER_NAME, NAMESPACE
from trimtab.components.sealed_secrets.settings import Settings
from trimtab.kube.monitoring import MONITORING_APIS
from trimtab.kube.release import ChartRelease, Source, Values, match_reasons
from trimtab.kube.scheduling import plan_architecture_affinity
from trimtab.plan.facts import Facts
from trimtab.plan.offers import MonitorSelector

_REASONS = {
    ("fullnameOverride",): "kubeseal looks for the controller by this name",
    ("rbac", "serviceProxier", "bind"): "else every signed-in account may call the controller through the API server",
}


def charts(settings: Settings, facts: Facts) -> dict[str, Source]:
    """Give the one release."""
    release = wanted_release("sealed-secrets", settings)
    values = _values(settings, facts, release.architectures)
    return {
        APPLICATION: ChartRelease(
            pin=release.charts["main"],
            release_name=settings.release_name or "sealed-secrets",
            namespace=settings.namespace or NAMESPACE,
            values=values,
            reasons=match_reasons(_REASONS, values),
            api_versions=MONITORING_APIS if facts.has(MonitorSelector) else (),
            origins=("components.sealed-secrets",),
        )
    }


def _values(settings: Settings, facts: Facts, architectures: tuple[str, ...]) -> Values:
    values: Values = {
        "fullnameOverride": CONTROLLER_NAME,
        # Only the certificate is asked for that way, and it lies in Git.
        "rbac": {"serviceProxier": {"bind": False}},
    }
    if settings.key_renew_period is not None:
        values["keyrenewperiod"] = settings.key_renew_period
    if affinity := plan_architecture_affinity(facts.cluster, architectures):
        values["affinity"] = affinity
    if resources := settings.resources.get("controller"):
        values["resources"] = resources.to_kubernetes()
    if (monitor := facts.find(MonitorSelector)) is not None:
        labels: Values = {"labels": dict(monitor.labels)} if monitor.labels else {}
        values["metrics"] = {"serviceMonitor": {"enabled": True, **labels}}
    return values
