"""Amounts as Kubernetes writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.plan.quantities import QUANTITY, parse_quantity
from trimtab.verify.kubernetes.forms import PATTERNS


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("500m", "0.5"),
        ("8Gi", 8 * 1024**3),
        ("1.5k", 1500),
        ("1e3", 1000),
        ("2E-1", "0.2"),
        ("3E", 3 * 10**18),
        ("-.5", "-0.5"),
        ("5.", 5),
        (" 1 ", 1),
        ("Ki", 0),
        ("+", 0),
        (".", 0),
        (12, 12),
        (0.25, "0.25"),
    ],
)
def test_amount(text: object, amount: str | int) -> None:
    """Units of a thousand and of 1024, exponents, signs; blanks are trimmed, and no digits are 0."""
    assert parse_quantity(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", " ", "1K", "1 Gi", "8GB", "1e", "0x1", "1.2.3", "--1", "١", True, None, [1]])
def test_what_is_no_quantity(text: object) -> None:
    """The API server takes none of these."""
    assert parse_quantity(text) is None


@given(st.text("0123456789.+-eEmkKiMGn ", max_size=8) | st.from_regex(QUANTITY, fullmatch=True))
def test_amount_has_the_form_and_the_form_an_amount(text: str) -> None:
    """What is read as an amount and what a schema takes as one are the same, but for exponents beyond counting."""
    digits = text.strip().lower().rpartition("e")[2].lstrip("+-")
    if not (digits.isdigit() and len(digits) > 3):
        assert (parse_quantity(text) is not None) == bool(PATTERNS["quantity"].fullmatch(text))
