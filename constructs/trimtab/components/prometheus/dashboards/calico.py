"""Calico: whether each node's agent knows what is wanted, and whether the kernel takes it.

Metrics: calico felix/calc/async_calc_graph.go, felix/calc/policy_resolver.go, felix/dataplane/linux/int_dataplane.go,
felix/iptables/table.go, felix/ipsets/ipset_defs.go, felix/daemon/logging.go. State 3 is in sync.
"""

from __future__ import annotations

from trimtab.components.prometheus.dashboards.board import Board
from trimtab.components.prometheus.dashboards.panel import curves, stat
from trimtab.components.prometheus.dashboards.promql import grown, or_none, per_second

_APPLY = "felix_int_dataplane_apply_time_seconds"

BOARD = Board(
    name="calico",
    title="Calico",
    panels=(
        stat("Agents that report", "count(felix_resync_state)", width=8),
        stat(
            "Agents out of sync",
            or_none("count(felix_resync_state != 3)"),
            bounds=(1,),
            width=8,
            about="They do not reach the API server, or Typha: new pods get no network there.",
        ),
        stat(
            "Failures of the kernel in an hour",
            grown("felix_int_dataplane_failures", window="1h"),
            bounds=(1,),
            width=8,
            about="Each is tried again; many mean that a module lacks, or that somebody else writes the same rules.",
        ),
        curves("Pods by node", ("max by (node) (felix_active_local_endpoints)", "{{node}}")),
        curves("Policies in force by node", ("max by (node) (felix_active_local_policies)", "{{node}}")),
        curves(
            "A change takes on average",
            (f"{per_second(f'{_APPLY}_sum', 'node')} / {per_second(f'{_APPLY}_count', 'node')}", "{{node}}"),
            unit="s",
        ),
        curves(
            "Rules that the kernel refused",
            (per_second("felix_iptables_restore_errors", "node"), "{{node}}: rules"),
            (per_second("felix_ipset_errors", "node"), "{{node}}: sets"),
            unit="ops",
        ),
        curves("Errors in the log", (per_second("felix_log_errors", "node"), "{{node}}"), unit="ops", width=24),
    ),
)
