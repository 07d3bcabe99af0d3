"""The pods of Argo CD: how many, what they ask for, where they run, whether they are watched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trimtab.components.argocd.settings import Settings
from trimtab.kube.release import Values
from trimtab.kube.scheduling import plan_replicas, plan_tolerations
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import MonitorSelector
from trimtab.plan.proxy import plan_proxy_environment

ARCHITECTURES = ("amd64", "arm64", "ppc64le", "s390x")
"""What Argo CD's image exists for (argo-cd v3.5.1 .github/workflows/image.yaml)."""

_REQUESTS = {
    "controller": ("250m", "256Mi"),
    "server": ("50m", "64Mi"),
    "repoServer": ("10m", "64Mi"),
    "redis": ("100m", "64Mi"),
    "applicationSet": ("100m", "128Mi"),
    "notifications": ("100m", "128Mi"),
    "dex": ("10m", "32Mi"),
}
"""What each asks for unless told: the examples in the chart's own values (argo-helm charts/argo-cd/values.yaml).

Without any, the pods that would mend the cluster are the first to go from a node whose memory runs out. No limits: a
renderer that meets one is killed in the midst of a large chart.
"""

_SMALL = {
    "controller": ("100m", "256Mi"),
    "redis": ("25m", "64Mi"),
    "applicationSet": ("25m", "64Mi"),
    "notifications": ("25m", "64Mi"),
}
"""The same on a small cluster, where a whole core may be all there is."""

_CHART_NAME = "argocd"
"""What the chart calls itself in names (argo-helm charts/argo-cd/values.yaml, nameOverride)."""

_REPLICATED = ("server", "repoServer", "applicationSet")
"""What may run more than once. The controller would have to share out clusters, of which there is one."""


def plan_workloads(settings: Settings, facts: Facts) -> Values:
    """Give replicas, resources and monitors of every workload that runs, and the proxy of what fetches.

    The repo server gets it, and the server where it asks a provider outside who somebody is. It speaks to the repo
    server by gRPC, which takes the proxy for everything that it is not told: so it is told the names of the others.
    """
    values: Values = {name: _workload(name, settings, facts) for name in _running(settings)}
    if not settings.application_sets:
        values["applicationSet"] = {"replicas": 0}
    if environment := plan_proxy_environment(facts.cluster):
        values["repoServer"]["env"] = _environment(environment)
        if settings.oidc:
            values["server"]["env"] = _environment(plan_proxy_environment(facts.cluster, *_own_names(settings)))
    return values


def _environment(words: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in words.items()]


def _own_names(settings: Settings) -> tuple[str, ...]:
    """Give the Services that the server asks by HTTP or gRPC, by the short names it uses; Redis takes no proxy.

    Source: argo-helm charts/argo-cd/templates/_helpers.tpl (argo-cd.fullname, argo-cd.config.params).
    """
    release = settings.release_name or "argocd"
    full = release if _CHART_NAME in release else f"{release}-{_CHART_NAME}"
    return tuple(f"{full}-{part}" for part in ("repo-server", "dex-server"))


def _running(settings: Settings) -> tuple[str, ...]:
    off = {
        "applicationSet": not settings.application_sets,
        "notifications": not settings.notifications,
        "dex": not settings.dex,
        "redis": settings.high_availability,
    }
    return tuple(name for name in _REQUESTS if not off.get(name))


def _workload(name: str, settings: Settings, facts: Facts) -> Values:
    values: Values = {"resources": _resources(name, settings, facts.cluster)}
    if name in _REPLICATED:
        values["replicas"] = plan_replicas(facts.cluster, 2) if settings.high_availability else 1
    monitor = facts.find(MonitorSelector)
    if monitor and name != "redis":
        wanted = {"enabled": True, "additionalLabels": dict(monitor.labels)}
        values["metrics"] = {"enabled": True, "serviceMonitor": wanted}
    return values


def _resources(name: str, settings: Settings, cluster: Cluster) -> dict[str, Any]:
    given = {str(key): value for key, value in settings.resources.items()}.get(name)
    if given is not None:
        return given.to_kubernetes()
    small = cluster.is_small if settings.size_class is None else settings.size_class == "small"
    cpu, memory = _SMALL.get(name, _REQUESTS[name]) if small else _REQUESTS[name]
    return {"requests": {"cpu": cpu, "memory": memory}}


def plan_scheduling(settings: Settings, cluster: Cluster, architectures: tuple[str, ...]) -> Values:
    """Keep the pods off nodes without an image; let them onto tainted ones where there are no others."""
    known = architectures or ARCHITECTURES
    everywhere: Values = {}
    if not set(cluster.architectures) <= set(known):
        usable = [arch for arch in cluster.architectures if arch in known] or list(known)
        expression = {"key": "kubernetes.io/arch", "operator": "In", "values": usable}
        everywhere["affinity"] = {"nodeAffinity": {"type": "hard", "matchExpressions": [expression]}}
    values: Values = {"global": everywhere} if everywhere else {}
    if cluster.has_nodes and not cluster.schedulable_nodes:
        tolerations = plan_tolerations(cluster)
        everywhere["tolerations"] = tolerations
        values["global"] = everywhere
        if settings.high_availability:
            values["redis-ha"] = {"tolerations": tolerations, "haproxy": {"tolerations": tolerations}}
    return values
