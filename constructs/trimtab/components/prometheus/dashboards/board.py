"""One dashboard, and the ConfigMap that Grafana's sidecar reads it from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from trimtab.components.prometheus.dashboards.panel import Panel
from trimtab.kube.objects import plan_object

LABEL = {"grafana_dashboard": "1"}
"""What the sidecar looks for (kube-prometheus-stack 88.5.3 values.yaml, grafana.sidecar.dashboards.label)."""

COLUMNS = 24
_SCHEMA = 39
"""The schema of Grafana 11; newer ones read it as it is."""

_DATASOURCE = {"name": "datasource", "label": "Prometheus", "type": "datasource", "query": "prometheus"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A page of panels on one topic."""

    name: str
    """Words joined with hyphens: part of the page's address, so changing it breaks bookmarks."""
    title: str
    panels: tuple[Panel, ...]

    def render(self) -> str:
        """Write it as Grafana reads it: one key a line, so that a change can be reviewed."""
        return json.dumps(self._to_grafana(), indent=1, ensure_ascii=False) + "\n"

    def _to_grafana(self) -> dict[str, Any]:
        return {
            "uid": f"trimtab-{self.name}",
            "title": f"Trimtab / {self.title}",
            "tags": ["trimtab"],
            "schemaVersion": _SCHEMA,
            "editable": False,
            "refresh": "1m",
            "time": {"from": "now-6h", "to": "now"},
            "templating": {"list": [_DATASOURCE]},
            "panels": list(_lay_out(self.panels)),
        }


def _lay_out(panels: Sequence[Panel]) -> Iterator[dict[str, Any]]:
    """Put panels side by side from the left; a row is as high as its highest one."""
    x = y = high = 0
    for number, panel in enumerate(panels, 1):
        if x + panel.width > COLUMNS:
            x, y, high = 0, y + high, 0
        yield panel.to_grafana(number, x, y)
        x, high = x + panel.width, max(high, panel.height)


def plan_board(board: Board, namespace: str) -> dict[str, Any]:
    """Give the ConfigMap of a dashboard. Its key is a file's name among those of all dashboards of the cluster."""
    name = f"trimtab-dashboard-{board.name}"
    data = {f"trimtab-{board.name}.json": board.render()}
    return plan_object("v1", "ConfigMap", name, namespace=namespace, labels=LABEL, data=data)
