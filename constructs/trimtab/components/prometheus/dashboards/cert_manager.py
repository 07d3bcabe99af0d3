"""Certificates that cert-manager looks after, and how the authorities answer it.

Metrics: cert-manager internal/collectors/certificate_collector.go and pkg/metrics/metrics.go.
"""

from __future__ import annotations

from trimtab.components.prometheus.dashboards.board import Board
from trimtab.components.prometheus.dashboards.panel import curves, stat, table
from trimtab.components.prometheus.dashboards.promql import grown, per_second

_ENDS = "certmanager_certificate_expiration_timestamp_seconds"
_RENEWED = "certmanager_certificate_renewal_timestamp_seconds"
_UNREADY = 'certmanager_certificate_ready_status{condition!="True"}'
_DAY = 86400

BOARD = Board(
    name="cert-manager",
    title="cert-manager",
    panels=(
        stat("Certificates", f"count({_ENDS})", width=8),
        stat(
            "Not ready",
            f"sum(max by (exported_namespace, namespace, name) ({_UNREADY}))",
            bounds=(1,),
            width=8,
        ),
        stat("First one ends in", f"min({_ENDS} > 0) - time()", "s", bounds=(7 * _DAY, 14 * _DAY), falls=True, width=8),
        table("Time left", f"sort(min by (exported_namespace, namespace, name) ({_ENDS} > 0) - time())", "s"),
        curves(
            "Renewal is late by",
            (f"time() - ({_RENEWED} > 0) > 0", "{{name}}"),
            unit="s",
            about="Follow it with cmctl status certificate.",
        ),
        curves(
            "Answers of ACME servers",
            (grown("certmanager_http_acme_client_request_count", "host", "status"), "{{host}} {{status}}"),
            about="429 is a limit of theirs: wait, and look for what asks so often.",
        ),
        curves(
            "Errors by controller",
            (per_second("certmanager_controller_sync_error_count", "controller"), "{{controller}}"),
            unit="ops",
            width=24,
        ),
    ),
)
