"""How full the volumes of a namespace are."""

from __future__ import annotations

from trimtab.components.prometheus.dashboards.panel import Panel, curves


def plan_volumes(namespace: str) -> Panel:
    """Give curves of all volumes in a namespace (kubernetes pkg/kubelet/metrics/collectors/volume_stats.go)."""
    labels = f'{{namespace="{namespace}"}}'
    share = f"1 - kubelet_volume_stats_available_bytes{labels} / kubelet_volume_stats_capacity_bytes{labels}"
    return curves(
        "Volumes are full by",
        (f"max by (persistentvolumeclaim) ({share})", "{{persistentvolumeclaim}}"),
        unit="percentunit",
        bounds=(0.8, 0.9),
    )
