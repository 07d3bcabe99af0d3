"""How much of a volume Prometheus may fill."""

from __future__ import annotations

from decimal import Decimal

from trimtab.plan.quantities import parse_quantity

_SHARE = Decimal("0.8")
_MEBIBYTE = 1024**2


def plan_retention_size(size: str) -> str:
    """Give four fifths of a volume in whole mebibytes, one at least: the rest is for the log and for compaction.

    Source of the share: prometheus v3 docs/storage.md, "Right-Sizing Retention Size" (80 to 85 per cent at most).

    Args:
        size: The volume, as a Kubernetes quantity in bytes.

    Returns:
        An amount in the operator's words, such as `16384MiB`.
    """
    usable = (parse_quantity(size) or Decimal(0)) * _SHARE
    return f"{max(1, int(usable // _MEBIBYTE))}MiB"
