"""The machines: what of theirs stops a cluster, beside the chart's own pages on each of them.

Metrics: node_exporter collector/filesystem_common.go, meminfo.go, loadavg.go, timex.go, netdev_common.go,
diskstats_linux.go; kube-state-metrics docs/metrics/cluster/node-metrics.md; kubelet pkg/kubelet/metrics/metrics.go.
"""

from __future__ import annotations

from trimtab.components.prometheus.alerts.hosts import REAL
from trimtab.components.prometheus.dashboards.board import Board
from trimtab.components.prometheus.dashboards.panel import curves, stat
from trimtab.components.prometheus.dashboards.promql import WINDOW, grown, or_none, per_second

_NODE = 'job="node-exporter"'
_LEFT = f"node_filesystem_avail_bytes{{{REAL}}}"
_SIZE = f"node_filesystem_size_bytes{{{REAL}}}"
_CORES = f'node_cpu_seconds_total{{{_NODE},mode="idle"}}'
_READY = 'kube_node_status_condition{condition="Ready",status="true"}'

BOARD = Board(
    name="hosts",
    title="Hosts",
    panels=(
        stat("Nodes", f"count({_READY})"),
        stat("Not ready", or_none(f"count({_READY} == 0)"), bounds=(1,)),
        stat(
            "Pods evicted in a day",
            or_none(grown('kubelet_evictions{job="kubelet"}', window="1d")),
            bounds=(1,),
            about="A node ran out of disk or memory.",
        ),
        stat(
            "Clocks that nobody keeps",
            or_none(f"count(node_timex_sync_status{{{_NODE}}} == 0)"),
            bounds=(1,),
            about="Ceph warns where two monitors are 0.05 seconds apart. On the host: chronyc tracking.",
        ),
        curves(
            "Disks are full by",
            (f"max by (instance, mountpoint) (1 - {_LEFT} / {_SIZE})", "{{instance}} {{mountpoint}}"),
            unit="percentunit",
            about="At 85 per cent the kubelet deletes unused images, at 90 it evicts pods.",
        ),
        curves(
            "Memory in use",
            (
                f"1 - node_memory_MemAvailable_bytes{{{_NODE}}} / node_memory_MemTotal_bytes{{{_NODE}}}",
                "{{instance}}",
            ),
            unit="percentunit",
        ),
        curves(
            "Load by core",
            (f"node_load5{{{_NODE}}} / on (instance) count by (instance) ({_CORES})", "{{instance}}"),
        ),
        curves(
            "Disks are busy",
            (
                f"max by (instance, device) (rate(node_disk_io_time_seconds_total{{{_NODE}}}[{WINDOW}]))",
                "{{instance}} {{device}}",
            ),
            unit="percentunit",
        ),
        curves(
            "Network errors and drops",
            (per_second("node_network_receive_errs_total", "instance"), "{{instance}}: received, broken"),
            (per_second("node_network_transmit_errs_total", "instance"), "{{instance}}: not sent"),
            (per_second("node_network_receive_drop_total", "instance"), "{{instance}}: received, dropped"),
            unit="pps",
        ),
        curves("Clocks are off by", (f"abs(node_timex_offset_seconds{{{_NODE}}})", "{{instance}}"), unit="s"),
    ),
)
