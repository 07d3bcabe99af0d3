"""Logging: what Fluent Bit reads, hands over and loses; how full Elasticsearch's volumes are.

Metrics: fluent-bit src/flb_input.c and src/flb_output.c; containers by the kubelet (cAdvisor); the operator by
controller-runtime (pkg/internal/controller/metrics).
"""

from __future__ import annotations

from trimtab.components.prometheus.dashboards.board import Board
from trimtab.components.prometheus.dashboards.panel import curves, stat
from trimtab.components.prometheus.dashboards.promql import grown, per_second
from trimtab.components.prometheus.dashboards.volumes import plan_volumes

_OPERATOR = 'controller_runtime_reconcile_errors_total{controller=~"elasticsearch.*|kibana.*"}'
_RECORDS = (
    stat("Records read", per_second("fluentbit_input_records_total"), "cps"),
    stat("Records handed over", per_second("fluentbit_output_proc_records_total"), "cps"),
    stat(
        "Records lost in a day",
        grown("fluentbit_output_dropped_records_total", window="1d"),
        bounds=(1,),
        about="Elasticsearch refused them, or too often did not answer.",
    ),
    stat("Nodes that report", "count(count by (instance) (fluentbit_input_records_total))"),
    curves(
        "Elasticsearch did not take",
        (per_second("fluentbit_output_errors_total", "name"), "{{name}}: errors"),
        (per_second("fluentbit_output_retries_total", "name"), "{{name}}: tried again"),
        (per_second("fluentbit_output_retries_failed_total", "name"), "{{name}}: given up"),
        unit="ops",
    ),
    curves("Read by input", (per_second("fluentbit_input_bytes_total", "name"), "{{name}}"), unit="Bps"),
)


def plan_logging(namespace: str) -> Board:
    """Give the page of the Elasticsearch and the Fluent Bit in a namespace."""
    labels = f'namespace="{namespace}",container="elasticsearch"'
    used = f"container_memory_working_set_bytes{{{labels}}}"
    allowed = f'kube_pod_container_resource_limits{{{labels},resource="memory"}}'
    memory = (f"max by (pod) ({used})", "{{pod}}"), (f"max by (pod) ({allowed})", "{{pod}}: limit")
    errors = (per_second(_OPERATOR, "controller"), "{{controller}}")
    return Board(
        name="logging",
        title="Logging",
        panels=(
            *_RECORDS,
            plan_volumes(namespace),
            curves("Elasticsearch's memory", *memory, unit="bytes"),
            curves("The operator's errors", errors, unit="ops", width=24),
        ),
    )
