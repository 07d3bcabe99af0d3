"""Traefik: requests, errors and time by service, certificates that it shows.

Metrics: traefik pkg/observability/metrics/prometheus.go; entry points and services are counted unless switched off.
"""

from __future__ import annotations

from trimtab.components.prometheus.dashboards.board import Board
from trimtab.components.prometheus.dashboards.panel import curves, stat
from trimtab.components.prometheus.dashboards.promql import at_most, or_none, per_second

_SERVICE = "traefik_service_requests_total"
_FAILED = f'{_SERVICE}{{code=~"5.."}}'
_DAY = 86400

BOARD = Board(
    name="traefik",
    title="Traefik",
    panels=(
        stat("Requests", per_second("traefik_entrypoint_requests_total"), "reqps", width=8),
        stat(
            "Answered with an error of the server",
            f"({or_none(per_second(_FAILED))}) / {per_second(_SERVICE)}",
            "percentunit",
            bounds=(0.01, 0.05),
            width=8,
        ),
        stat(
            "First certificate ends in",
            "min(traefik_tls_certs_not_after) - time()",
            "s",
            bounds=(7 * _DAY, 14 * _DAY),
            falls=True,
            width=8,
        ),
        curves(
            "Requests by service",
            (per_second(_SERVICE, "service"), "{{service}}"),
            unit="reqps",
        ),
        curves(
            "Errors of the server by service",
            (per_second(_FAILED, "service", "code"), "{{service}} {{code}}"),
            unit="reqps",
        ),
        curves(
            "An answer takes, at most in 95 of 100",
            (at_most(0.95, "traefik_service_request_duration_seconds_bucket", "service"), "{{service}}"),
            unit="s",
        ),
        curves(
            "Answers by code",
            (per_second("traefik_entrypoint_requests_total", "code"), "{{code}}"),
            unit="reqps",
        ),
        curves("Open connections", ("sum by (entrypoint) (traefik_open_connections)", "{{entrypoint}}")),
        curves(
            "Sent by service",
            (per_second("traefik_service_responses_bytes_total", "service"), "{{service}}"),
            unit="Bps",
        ),
    ),
)
