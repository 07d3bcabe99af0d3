"""How the chart names what it makes, and where: our own objects point at some of it."""

from __future__ import annotations

from trimtab.components.prometheus.settings import Settings

CRDS = "prometheus-crds"
PROMETHEUS = "prometheus"
RULES = "prometheus-rules"

NAMESPACE = "monitoring"
CHART = "kube-prometheus-stack"
GROUP = "monitoring.coreos.com"

PAGE_PORT = 9090
"""The port of Prometheus' Service (kube-prometheus-stack 88.5.3 values.yaml, prometheus.service.port)."""


def wanted_namespace(settings: Settings) -> str:
    """Give the namespace of everything."""
    return settings.namespace or NAMESPACE


def wanted_release_name(settings: Settings) -> str:
    """Give the name of the Helm release."""
    return settings.release_name or CHART


def prometheus_service(settings: Settings) -> str:
    """Give the name of Prometheus' Service: the chart keeps 26 characters of the release's (_helpers.tpl, fullname)."""
    release = wanted_release_name(settings)
    whole = release if CHART in release else f"{release}-{CHART}"
    return f"{whole[:26].removesuffix('-')}-prometheus"
