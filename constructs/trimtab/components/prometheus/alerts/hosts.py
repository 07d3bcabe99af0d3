"""Alerts on the hosts' disks: images and snapshots that nobody clears away fill them over months."""

from __future__ import annotations

from trimtab.components.prometheus.alerts.alert import Alert

REAL = (
    'job="node-exporter",fstype!~"tmpfs|ramfs|overlay|squashfs|nsfs|iso9660|vfat",'
    'mountpoint!~"/var/lib/kubelet/.+|/boot.*"'
)
"""The labels of filesystems that hold anything of the host's own."""

DISKS = (
    Alert(
        name="DiskFullerThanImageCollectionAllows",
        # The kubelet starts to delete unused images at 85 per cent (kubernetes.io, garbage collection of images).
        expression=f"1 - node_filesystem_avail_bytes{{{REAL}}} / node_filesystem_size_bytes{{{REAL}}} > 0.87",
        lasting="2h",
        severity="warning",
        summary="{{ $labels.mountpoint }} on {{ $labels.instance }} is {{ $value | humanizePercentage }} full",
        cure="Deleting unused images did not help. On the host: crictl rmi --prune, then look for snapshots of "
        "containerd that no image names, for logs, and for volumes of emptyDir.",
    ),
    Alert(
        name="PodsEvictedForDisk",
        expression=(
            'increase(kubelet_evictions{job="kubelet",eviction_signal=~"(nodefs|imagefs|containerfs).*"}[1h]) > 0'
        ),
        lasting="0s",
        severity="warning",
        summary="{{ $labels.node }} evicted pods because its disk ran full ({{ $labels.eviction_signal }})",
        cure="Find the pod that writes to the node's disk, and give it a limit for ephemeral-storage.",
    ),
)
