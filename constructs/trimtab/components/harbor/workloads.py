"""The pods of Harbor: which run, how many, what they ask for, on which nodes."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.components.harbor.names import is_scanning
from trimtab.components.harbor.settings import Settings
from trimtab.kube.release import Values, set_value
from trimtab.kube.scheduling import plan_node_selector
from trimtab.plan.facts import Facts
from trimtab.plan.offers import MonitorSelector

PODS = {
    "core": ("core",),
    "portal": ("portal",),
    "jobservice": ("jobservice",),
    "registry": ("registry",),
    "scanner": ("trivy",),
    "database": ("database", "internal"),
    "redis": ("redis", "internal"),
    "exporter": ("exporter",),
}
"""Workload to where the chart speaks of its pods."""

_CONTAINERS = {**PODS, "registry": ("registry", "registry"), "registryController": ("registry", "controller")}
"""Workload to where the chart speaks of its container."""

_REPLICATED = ("core", "portal", "jobservice", "registry")


def plan_workloads(settings: Settings, facts: Facts, architectures: tuple[str, ...]) -> Values:
    """Give replicas, resources and node selectors of whatever runs."""
    values: Values = {"trivy": {"enabled": is_scanning(settings, facts.cluster)}}
    running = tuple(_iter_running(settings, facts))
    selector = plan_node_selector(facts.cluster, architectures)
    for name in running:
        if selector:
            values = set_value(values, (*PODS[name], "nodeSelector"), selector)
        if settings.replicas > 1 and name in _REPLICATED:
            values = set_value(values, (*PODS[name], "replicas"), settings.replicas)
    for name, resources in settings.resources.items():
        if name in running or name == "registryController":
            values = set_value(values, (*_CONTAINERS[name], "resources"), resources.to_kubernetes())
    return values


def _iter_running(settings: Settings, facts: Facts) -> Iterator[str]:
    off = {
        "scanner": not is_scanning(settings, facts.cluster),
        "database": settings.external_database is not None,
        "exporter": not facts.has(MonitorSelector),
    }
    return (name for name in PODS if not off.get(name))
