"""Harbor: its parts, its room, its work.

Metrics: goharbor/website docs/administration/metrics; the volumes by the kubelet (kubelet_volume_stats).
"""

from __future__ import annotations

from trimtab.components.prometheus.dashboards.board import Board
from trimtab.components.prometheus.dashboards.panel import curves, stat
from trimtab.components.prometheus.dashboards.promql import grown, or_none, per_second
from trimtab.components.prometheus.dashboards.volumes import plan_volumes


def plan_harbor(namespace: str) -> Board:
    """Give the page of the Harbor in a namespace."""
    return Board(
        name="harbor",
        title="Harbor",
        panels=(
            stat("Health", "min(harbor_health)", words=((0, "broken", "red"), (1, "good", "green")), width=8),
            stat("Parts that are down", or_none("count(harbor_up == 0)"), bounds=(1,), width=8),
            stat("Jobs that wait", "sum(harbor_task_queue_size)", width=8),
            plan_volumes(namespace),
            curves(
                "Stored by project",
                ("sum by (project_name) (harbor_project_quota_usage_byte)", "{{project_name}}"),
                unit="bytes",
            ),
            curves(
                "Requests to the core",
                (per_second("harbor_core_http_request_total", "method"), "{{method}}"),
                unit="reqps",
            ),
            curves(
                "Answers of the registry",
                (per_second("registry_http_requests_total", "code"), "{{code}}"),
                unit="reqps",
            ),
            curves(
                "Jobs done",
                (grown("harbor_jobservice_task_total", "type", "status"), "{{type}} {{status}}"),
            ),
            curves(
                "The oldest job waits since",
                ("max by (type) (harbor_task_queue_latency)", "{{type}}"),
                unit="s",
            ),
        ),
    )
