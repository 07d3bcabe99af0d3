"""Alerts on Ceph, from what its manager tells (docs.ceph.com, Prometheus module)."""

from __future__ import annotations

from trimtab.components.prometheus.alerts.alert import Alert

CEPH = (
    Alert(
        name="CephInError",
        expression="max(ceph_health_status) == 2",
        lasting="5m",
        severity="critical",
        summary="Ceph's health is an error",
        cure="In the toolbox: ceph health detail.",
    ),
    Alert(
        name="CephWarnsForLong",
        expression="max(ceph_health_status) == 1",
        lasting="1h",
        severity="warning",
        summary="Ceph's health has been a warning for an hour",
        cure="In the toolbox: ceph health detail.",
    ),
    Alert(
        name="CephMetricsGone",
        # Only where it told something within a day: what is not watched at all is no surprise.
        expression="count(max_over_time(ceph_health_status[1d])) unless count(ceph_health_status)",
        lasting="30m",
        severity="critical",
        summary="Ceph's manager tells nothing",
        cure="No manager runs, or its metrics cannot be reached on port 9283. Nothing else would warn of lost disks.",
    ),
    Alert(
        name="CephMonitorOutOfQuorum",
        expression="ceph_mon_quorum_status == 0",
        lasting="15m",
        severity="warning",
        summary="the monitor {{ $labels.ceph_daemon }} is out of quorum",
        cure="When half of the monitors are gone, all volumes hang. Look at its node, and at the clocks of all nodes.",
    ),
    Alert(
        name="CephDiskDown",
        expression="ceph_osd_up == 0",
        lasting="15m",
        severity="warning",
        summary="{{ $labels.ceph_daemon }} is down",
        cure="Ceph makes new copies elsewhere while there is room. Look at the disk, its node, the daemon's log.",
    ),
    Alert(
        name="CephPlacementGroupsInactive",
        expression="sum(ceph_pg_total) - sum(ceph_pg_active) > 0",
        lasting="15m",
        severity="critical",
        summary="{{ $value }} placement groups answer neither reads nor writes",
        cure="In the toolbox: ceph pg dump_stuck. Hosts or disks are too few for a pool's copies, or down.",
    ),
    Alert(
        name="CephFillsUp",
        expression="max(ceph_cluster_total_used_raw_bytes) / max(ceph_cluster_total_bytes) > 0.75",
        lasting="30m",
        severity="warning",
        summary="Ceph's disks are {{ $value | humanizePercentage }} full",
        cure="At 85 per cent of one disk it warns, at 95 per cent all writes stop. Add disks or delete volumes.",
    ),
)
