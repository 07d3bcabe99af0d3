"""MetalLB: addresses that are left, who announces them, and to whom.

Metrics: metallb internal/allocator/stats.go, internal/bgp/metrics/metrics.go, internal/k8s/controllers/stats.go and
speaker/main.go. The FRR mode that is a program of its own names its sessions `frrk8s_bgp_session_up`.
"""

from __future__ import annotations

from trimtab.components.prometheus.dashboards.board import Board
from trimtab.components.prometheus.dashboards.panel import curves, stat, table
from trimtab.components.prometheus.dashboards.promql import or_none, per_second

_SESSIONS = "metallb_bgp_session_up or frrk8s_bgp_session_up"

BOARD = Board(
    name="metallb",
    title="MetalLB",
    panels=(
        stat(
            "Configuration",
            "max(metallb_k8s_client_config_stale_bool)",
            words=((0, "in use", "green"), (1, "refused, an older one is in use", "red")),
            about="What is wrong stands in the log of the controller.",
            width=8,
        ),
        stat("BGP sessions down", or_none(f"count(({_SESSIONS}) == 0)"), bounds=(1,), width=8),
        stat(
            "Services announced",
            "count(count by (service) (metallb_speaker_announced))",
            width=8,
        ),
        curves(
            "Addresses in use",
            ("max by (pool) (metallb_allocator_addresses_in_use_total)", "{{pool}}"),
            about="IPv6 pools count more addresses than a curve can show: here is what is used of them.",
        ),
        curves(
            "Pools are used by",
            (
                "max by (pool) (metallb_allocator_addresses_in_use_total / (metallb_allocator_addresses_total > 0))",
                "{{pool}}",
            ),
            unit="percentunit",
            bounds=(0.8, 0.95),
        ),
        table("Who announces which address", "max by (service, ip, node, protocol) (metallb_speaker_announced)"),
        curves("BGP sessions", (f"max by (instance, peer) ({_SESSIONS})", "{{instance}} {{peer}}")),
        curves(
            "Questions for addresses answered (ARP, NDP)",
            (per_second("metallb_layer2_responses_sent", "ip"), "{{ip}}"),
            unit="ops",
        ),
    ),
)
