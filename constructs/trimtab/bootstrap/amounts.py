"""Amounts of bytes that upstream wants as a number."""

from __future__ import annotations

from decimal import Decimal

GIBIBYTE = 1024**3

_UNITS = {
    "": 1,
    **{unit: 1000**power for power, unit in enumerate(("k", "M", "G", "T", "P", "E"), 1)},
    **{f"{unit}i": 1024**power for power, unit in enumerate(("K", "M", "G", "T", "P", "E"), 1)},
    "n": Decimal("1e-9"),
    "u": Decimal("1e-6"),
    "m": Decimal("1e-3"),
}


def count_bytes(quantity: str) -> int:
    """Give a Kubernetes quantity as a whole number of bytes."""
    number = quantity.rstrip("numkKMGTPEi")
    return int(Decimal(number) * _UNITS[quantity[len(number) :]])
