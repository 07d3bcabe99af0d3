"""What charts are told of Prometheus: its APIs, and the labels by which it finds monitors."""

from __future__ import annotations

from typing import Any

from trimtab.plan.offers import MonitorSelector

MONITORING_APIS = (
    "monitoring.coreos.com/v1",
    "monitoring.coreos.com/v1/ServiceMonitor",
    "monitoring.coreos.com/v1/PodMonitor",
    "monitoring.coreos.com/v1/PrometheusRule",
)
"""What Argo CD is told the cluster serves once Prometheus' CRDs are there; else charts drop their monitors silently."""

MONITORING_GROUP = "monitoring.coreos.com"
"""The group of all of them."""


def label_monitors(monitor: MonitorSelector) -> dict[str, Any]:
    """Give the value that many a chart has for the labels of its monitors; none where Prometheus asks for none."""
    return {"additionalLabels": dict(monitor.labels)} if monitor.labels else {}
