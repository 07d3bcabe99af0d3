"""Argo CD: what is not as Git says, and what it waits for.

Metrics: argo-cd v3.5.1 docs/operator-manual/metrics.md.
"""

from __future__ import annotations

from trimtab.components.prometheus.dashboards.board import Board
from trimtab.components.prometheus.dashboards.panel import curves, stat, table
from trimtab.components.prometheus.dashboards.promql import at_most, grown, or_none, per_second

_UNSYNCED = 'argocd_app_info{sync_status!="Synced"}'
_UNHEALTHY = 'argocd_app_info{health_status!="Healthy"}'

BOARD = Board(
    name="argocd",
    title="Argo CD",
    panels=(
        stat("Applications", "count(argocd_app_info)"),
        stat("Out of sync", or_none(f"count({_UNSYNCED})"), bounds=(1,)),
        stat("Not healthy", or_none(f"count({_UNHEALTHY})"), bounds=(1,)),
        stat(
            "Clusters reached",
            "min(argocd_cluster_connection_status)",
            words=((0, "not all", "red"), (1, "all", "green")),
        ),
        table("Not as they should be", f"max by (name, sync_status, health_status) ({_UNSYNCED} or {_UNHEALTHY})"),
        curves(
            "Syncs",
            (grown("argocd_app_sync_total", "phase"), "{{phase}}"),
        ),
        curves(
            "A comparison takes, at most in 95 of 100",
            (at_most(0.95, "argocd_app_reconcile_bucket"), "all"),
            unit="s",
        ),
        curves(
            "Git asked",
            (per_second("argocd_git_request_total", "request_type"), "{{request_type}}"),
            unit="reqps",
        ),
        curves(
            "Git takes, at most in 95 of 100",
            (at_most(0.95, "argocd_git_request_duration_seconds_bucket", "request_type"), "{{request_type}}"),
            unit="s",
        ),
        curves(
            "Renderings that wait for the repository",
            ("sum by (repo) (argocd_repo_pending_request_total)", "{{repo}}"),
            width=24,
        ),
    ),
)
