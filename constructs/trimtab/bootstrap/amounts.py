"""Amounts of bytes that upstream wants as a number."""

from __future__ import annotations

from trimtab.plan.quantities import parse_quantity

GIBIBYTE = 1024**3


def count_bytes(quantity: str) -> int:
    """Give a Kubernetes quantity as a whole number of bytes.

    Raises:
        ValueError: It is none.
    """
    amount = parse_quantity(quantity)
    if amount is None:
        raise ValueError(f"no quantity: {quantity}")
    return int(amount)
