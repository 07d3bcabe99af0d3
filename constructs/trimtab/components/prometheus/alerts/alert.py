"""One alert in our words, and the object that holds a group of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from trimtab.kube.objects import plan_object

API_VERSION = "monitoring.coreos.com/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """When somebody is to be told, and of what."""

    name: str
    expression: str
    """In PromQL; it fires for each series that the expression gives."""
    lasting: str
    """How long the expression must hold first, in Prometheus' words: `15m`."""
    severity: Literal["warning", "critical"]
    """`critical`: data or the cluster itself is in danger now."""
    summary: str
    """One line, with labels of the series as `{{ $labels.name }}`."""
    cure: str
    """What to do, in a sentence or two."""

    def to_rule(self) -> dict[str, Any]:
        """Give it as a rule of a PrometheusRule."""
        return {
            "alert": self.name,
            "expr": self.expression,
            "for": self.lasting,
            "labels": {"severity": self.severity},
            "annotations": {"summary": self.summary, "description": self.cure},
        }


def plan_rules(name: str, alerts: Sequence[Alert], namespace: str) -> dict[str, Any]:
    """Give a PrometheusRule with one group of alerts."""
    group = {"name": name, "rules": [alert.to_rule() for alert in alerts]}
    return plan_object(API_VERSION, "PrometheusRule", name, namespace=namespace, spec={"groups": [group]})
