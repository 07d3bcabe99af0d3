"""Values of the chart harbor."""

from __future__ import annotations

from trimtab.components.harbor.exposure import plan_exposure
from trimtab.components.harbor.names import HARBOR, wanted_namespace
from trimtab.components.harbor.secrets import plan_secret_values
from trimtab.components.harbor.settings import Settings
from trimtab.components.harbor.storage import plan_storage
from trimtab.components.harbor.workloads import PODS, plan_workloads
from trimtab.components.releases import wanted_release
from trimtab.kube.monitoring import MONITORING_APIS, label_monitors
from trimtab.kube.release import (
    Adaptation,
    ChartRelease,
    Source,
    Values,
    adapt_values,
    drop_value,
    match_reasons,
    merge_values,
)
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import MonitorSelector
from trimtab.plan.proxy import plan_proxy_environment

ADAPTATIONS = (
    Adaptation(
        below="1.18.0",
        adapt=lambda values: drop_value(values, ("ipFamily", "policy")),
        why="the families of Services can be said since 1.18 only",
        source="harbor-helm v1.17.4 values.yaml:332, v1.18.4 values.yaml:345",
    ),
)

_RANDOM = "the chart would make another one at every render, and the pods would start anew"

_REASONS: dict[tuple[str, ...], str] = {
    ("existingSecretAdminPassword",): "the chart's own is Harbor12345, for everybody",
    ("existingSecretSecretKey",): "what Harbor keeps encrypted can be read with this key alone",
    ("core", "existingSecret"): _RANDOM,
    ("core", "secretName"): _RANDOM,
    ("core", "existingXsrfSecret"): _RANDOM,
    ("jobservice", "existingSecret"): _RANDOM,
    ("registry", "existingSecret"): _RANDOM,
    ("registry", "credentials", "existingSecret"): _RANDOM,
    ("database", "internal", "password"): "the chart's own is changeit, for everybody, and would lie in Git",
    ("database", "internal", "extraEnvVars"): "PostgreSQL must take the password that Harbor's core takes",
    ("database", "external", "existingSecret"): "Harbor's core takes the database's password from there",
    ("expose", "tls", "certSource"): "the chart would make another certificate at every render",
    ("caSecretName",): "the chart mounts a Secret without a name else",
    ("externalURL",): "tokens and pull commands name it, so it must be the one that clients use",
    ("updateStrategy", "type"): "a new pod cannot have the volume before the old one has gone",
    ("ipFamily", "policy"): "the cluster has two families; `families` breaks the chart's Service of Redis",
    ("ipFamily", "ipv6", "enabled"): "the portal does not start where the kernel has no IPv6",
    ("proxy", "noProxy"): "Harbor's parts would ask the proxy for each other",
    ("metrics", "serviceMonitor", "additionalLabels"): "Prometheus picks up only what has these labels",
    ("persistence", "imageChartStorage", "disableredirect"): "clients would be sent to a server inside the cluster",
    **{(*path, "nodeSelector"): "there are images for amd64 alone" for path in PODS.values()},
}


def charts(settings: Settings, facts: Facts) -> dict[str, Source]:
    """Give the one release."""
    release = wanted_release(HARBOR, settings)
    pin = release.charts["main"]
    values = adapt_values(_values(settings, facts, release.architectures), pin.version, ADAPTATIONS)
    return {
        HARBOR: ChartRelease(
            pin=pin,
            release_name=settings.release_name or HARBOR,
            namespace=wanted_namespace(settings),
            values=values,
            reasons=match_reasons(_REASONS, values),
            api_versions=MONITORING_APIS if facts.has(MonitorSelector) else (),
            origins=("components.harbor", "domain"),
        )
    }


def _values(settings: Settings, facts: Facts, architectures: tuple[str, ...]) -> Values:
    cluster = facts.cluster
    parts = (
        plan_exposure(settings, facts),
        plan_secret_values(settings),
        plan_storage(settings, cluster),
        plan_workloads(settings, facts, architectures),
        _families(cluster),
        _proxy(cluster),
        _monitoring(facts),
    )
    values: Values = {}
    for part in parts:
        values = merge_values(values, part)
    return values


def _families(cluster: Cluster) -> Values:
    if cluster.is_dual_stack:
        return {"ipFamily": {"policy": cluster.ip_family_policy}}
    return {} if cluster.is_ipv6_only else {"ipFamily": {"ipv6": {"enabled": False}}}


def _proxy(cluster: Cluster) -> Values:
    """Tell what fetches from outside: proxy caches, replications, the scanner's list of faults.

    The chart adds its own Services to what is reached without it (harbor-helm v1.19.1 templates/_helpers.tpl, noProxy).
    """
    words = plan_proxy_environment(cluster)
    names = {"HTTP_PROXY": "httpProxy", "HTTPS_PROXY": "httpsProxy", "NO_PROXY": "noProxy"}
    return {"proxy": {names[word]: value for word, value in words.items()}} if words else {}


def _monitoring(facts: Facts) -> Values:
    monitor = facts.find(MonitorSelector)
    if monitor is None:
        return {}
    return {"metrics": {"enabled": True, "serviceMonitor": {"enabled": True, **label_monitors(monitor)}}}
