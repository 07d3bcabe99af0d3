"""Ceph: health, room, what it is busy with.

Metrics: ceph v19.2 src/pybind/mgr/prometheus/module.py; health 0, 1, 2 is good, a warning, an error.
Only what the manager itself tells: counters of single daemons come from another exporter, which not every release runs.
"""

from __future__ import annotations

from trimtab.components.prometheus.dashboards.board import Board
from trimtab.components.prometheus.dashboards.panel import curves, stat
from trimtab.components.prometheus.dashboards.promql import WINDOW

_POOL = "* on (pool_id) group_left (name) max by (pool_id, name) (ceph_pool_metadata)"
_WORDS = ((0, "good", "green"), (1, "warning", "yellow"), (2, "error", "red"))


def _by_pool(metric: str) -> str:
    return f"max by (pool_id) ({metric}) {_POOL}"


def _rate_by_pool(metric: str) -> str:
    return f"max by (pool_id) (rate({metric}[{WINDOW}])) {_POOL}"


BOARD = Board(
    name="ceph",
    title="Ceph",
    panels=(
        stat("Health", "max(ceph_health_status)", words=_WORDS, about="In the toolbox: ceph health detail."),
        stat(
            "Room used",
            "max(ceph_cluster_total_used_raw_bytes) / max(ceph_cluster_total_bytes)",
            "percentunit",
            bounds=(0.75, 0.85),
            about="At 95 per cent of one disk all writes stop.",
        ),
        stat("Disks down", "count(ceph_osd_up) - sum(ceph_osd_up)", bounds=(1,)),
        stat(
            "Monitors out of quorum",
            "count(ceph_mon_quorum_status) - sum(ceph_mon_quorum_status)",
            bounds=(1,),
            about="Without half of them all volumes hang.",
        ),
        curves("Stored by pool", (_by_pool("ceph_pool_stored"), "{{name}}"), unit="bytes"),
        curves("Room left by pool", (_by_pool("ceph_pool_max_avail"), "{{name}}"), unit="bytes"),
        curves(
            "Placement groups that are not as they should be",
            ("max(ceph_pg_total) - max(ceph_pg_active)", "not active"),
            ("max(ceph_pg_total) - max(ceph_pg_clean)", "not clean"),
            about="What is not active answers neither reads nor writes; what is not clean lacks copies or moves.",
        ),
        curves(
            "Objects",
            ("max(ceph_num_objects_degraded)", "with too few copies"),
            ("max(ceph_num_objects_misplaced)", "at another place than wanted"),
            ("max(ceph_num_objects_unfound)", "not found"),
        ),
        curves("Read by pool", (_rate_by_pool("ceph_pool_rd_bytes"), "{{name}}"), unit="Bps"),
        curves("Written by pool", (_rate_by_pool("ceph_pool_wr_bytes"), "{{name}}"), unit="Bps"),
        curves(
            "Commit by disk",
            ("max by (ceph_daemon) (ceph_osd_commit_latency_ms)", "{{ceph_daemon}}"),
            unit="ms",
            about="One disk far above the others is about to fail, or is of another kind.",
        ),
        curves("Recovery by pool", (_by_pool("ceph_pool_recovering_bytes_per_sec"), "{{name}}"), unit="Bps"),
    ),
)
