"""How much of the volume samples may take."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.components.prometheus.amounts import plan_retention_size


@pytest.mark.parametrize(
    ("size", "share"),
    [("20Gi", "16384MiB"), ("3Gi", "2457MiB"), ("50G", "38146MiB"), ("1.5Gi", "1228MiB"), ("1", "1MiB")],
)
def test_four_fifths_of_the_volume(size: str, share: str) -> None:
    """Whole mebibytes, rounded down, and one at least."""
    assert plan_retention_size(size) == share


@given(st.integers(1, 10**6), st.sampled_from(["Mi", "Gi", "Ti", "M", "G", "T"]))
def test_samples_never_take_more_than_the_volume(number: int, unit: str) -> None:
    """Every size gives an amount that the operator reads, and at most four fifths of what there is."""
    share = plan_retention_size(f"{number}{unit}")
    assert re.fullmatch(r"[0-9]+MiB", share)
    power = "KMGT".index(unit[0]) + 1
    whole = Decimal(number) * (1024 if unit.endswith("i") else 1000) ** power
    assert int(share.removesuffix("MiB")) * 1024**2 <= max(whole * Decimal("0.8"), Decimal(1024**2))
