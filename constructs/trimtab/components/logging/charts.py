"""The chart releases: the operator's definitions, the operator, Fluent Bit."""

from __future__ import annotations

from typing import Any

from trimtab.components.logging.fluent_bit import REASONS, plan_fluent_bit, wanted_fluent_bit
from trimtab.components.logging.names import CRDS, FLUENT_BIT, OPERATOR, wanted_namespace
from trimtab.components.logging.settings import Settings
from trimtab.components.releases import wanted_release
from trimtab.kube.monitoring import MONITORING_APIS
from trimtab.kube.release import ChartRelease, Source, Values, match_reasons
from trimtab.kube.scheduling import plan_architecture_affinity
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import MonitorSelector

METRICS_PORT = "9114"
"""Any port will do; this is the one that upstream's documentation uses (docs, Enable the metrics endpoint)."""

_CA_VALIDITY = "87600h"

_OPERATOR_REASONS: dict[tuple[str, ...], str] = {
    ("installCRDs",): "the definitions are an application of their own: deleting them deletes every Elasticsearch",
    (
        "config",
        "caValidity",
    ): "Fluent Bit reads the authority only when it starts; a new one each year would cut it off",
    ("config", "metrics", "port"): "without a port there is nothing to scrape",
    ("podMonitor", "labels"): "Prometheus picks up only what has these labels",
    ("affinity",): "its image exists only for these processors",
}


def charts(settings: Settings, facts: Facts) -> dict[str, Source]:
    """Give the three releases. What we write is read alike by every version held."""
    release = wanted_release("logging", settings)
    monitored = MONITORING_APIS if facts.has(MonitorSelector) else ()
    operator = _plan_operator(settings, facts, release.architectures)
    fluent_bit = plan_fluent_bit(settings, facts)
    return {
        CRDS: ChartRelease(
            pin=release.charts["crds"],
            release_name="eck-operator-crds",
            namespace=settings.operator_namespace,
            values={},
            origins=("components.logging",),
        ),
        OPERATOR: ChartRelease(
            pin=release.charts["operator"],
            release_name=settings.release_name or "elastic-operator",
            namespace=settings.operator_namespace,
            values=operator,
            reasons=_kept(_OPERATOR_REASONS, operator),
            api_versions=monitored,
            origins=("components.logging", "nodes"),
        ),
        FLUENT_BIT: ChartRelease(
            pin=wanted_fluent_bit(settings),
            release_name=settings.fluent_bit.release_name,
            namespace=wanted_namespace(settings),
            values=fluent_bit,
            reasons=_kept(REASONS, fluent_bit),
            api_versions=monitored,
            origins=("components.logging", "network", "nodes", "size"),
        ),
    }


def _kept(reasons: dict[tuple[str, ...], str], values: Values) -> dict[tuple[str, ...], str]:
    return match_reasons(reasons, values)


def _plan_operator(settings: Settings, facts: Facts, architectures: tuple[str, ...]) -> Values:
    config: dict[str, Any] = {"caValidity": _CA_VALIDITY}
    values: Values = {"installCRDs": False, "config": config, **_where(facts.cluster, architectures)}
    if resources := settings.resources.get("operator"):
        values["resources"] = resources.to_kubernetes()
    if monitor := facts.find(MonitorSelector):
        labels = {"labels": dict(monitor.labels)} if monitor.labels else {}
        config["metrics"] = {"port": METRICS_PORT}
        values["podMonitor"] = {"enabled": True, **labels}
    return values


def _where(cluster: Cluster, architectures: tuple[str, ...]) -> Values:
    affinity = plan_architecture_affinity(cluster, architectures)
    return {"affinity": affinity} if affinity else {}
