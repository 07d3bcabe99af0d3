"""etcd: quota, leader, disks and the way between its members.

Metrics: etcd v3.6 server/etcdserver/metrics.go, server/storage/mvcc/metrics.go, server/storage/wal/metrics.go,
server/storage/backend/metrics.go, server/etcdserver/api/rafthttp/metrics.go.
"""

from __future__ import annotations

from trimtab.components.prometheus.dashboards.board import Board
from trimtab.components.prometheus.dashboards.panel import curves, stat
from trimtab.components.prometheus.dashboards.promql import at_most, grown, or_none

_JOB = '{job=~".*etcd.*"}'
_QUOTA = f"etcd_server_quota_backend_bytes{_JOB}"
_USED = f"etcd_mvcc_db_total_size_in_bytes{_JOB}"


def _slowest(bucket: str, *by: str) -> str:
    return at_most(0.99, f"{bucket}{_JOB}", "instance", *by)


BOARD = Board(
    name="etcd",
    title="etcd",
    panels=(
        stat(
            "Members without a leader",
            or_none(f"count(etcd_server_has_leader{_JOB} == 0)"),
            bounds=(1,),
            about="Most of the members must reach each other.",
        ),
        stat("Quota used", f"max({_USED} / {_QUOTA})", "percentunit", bounds=(0.75, 0.9), about="At 100 writes stop."),
        stat(
            "Quotas",
            f'count(count_values("quota", {_QUOTA}))',
            bounds=(2,),
            about="More than one: the smallest holds for all, and was mended on some members only.",
        ),
        stat("Leaders in a day", f"max(increase(etcd_server_leader_changes_seen_total{_JOB}[1d]))", bounds=(4,)),
        curves("Size", (_USED, "{{instance}}"), (_QUOTA, "{{instance}}: quota"), unit="bytes"),
        curves(
            "Size in use",
            (f"etcd_mvcc_db_total_size_in_use_in_bytes{_JOB}", "{{instance}}"),
            unit="bytes",
            about="Far below the size: defragment each member in turn.",
        ),
        curves(
            "Writing the log takes, at most in 99 of 100",
            (_slowest("etcd_disk_wal_fsync_duration_seconds_bucket"), "{{instance}}"),
            unit="s",
            bounds=(0.01,),
            about="Above 10 ms the disk is too slow for etcd, or others write to it.",
        ),
        curves(
            "Writing the data takes, at most in 99 of 100",
            (_slowest("etcd_disk_backend_commit_duration_seconds_bucket"), "{{instance}}"),
            unit="s",
        ),
        curves(
            "To the others and back, at most in 99 of 100",
            (_slowest("etcd_network_peer_round_trip_time_seconds_bucket", "To"), "{{instance}} {{To}}"),
            unit="s",
        ),
        curves(
            "Proposals",
            (f"etcd_server_proposals_pending{_JOB}", "{{instance}}: pending"),
            (grown(f"etcd_server_proposals_failed_total{_JOB}", "instance"), "{{instance}}: failed"),
        ),
    ),
)
