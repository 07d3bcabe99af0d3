"""Quantities as Kubernetes writes them: `500m`, `8Gi`, `1e3`."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

_UNITS: dict[str, Decimal] = {
    "": Decimal(1),
    "n": Decimal("1e-9"),
    "u": Decimal("1e-6"),
    "m": Decimal("1e-3"),
    **{unit: Decimal(1000) ** power for power, unit in enumerate(("k", "M", "G", "T", "P", "E"), 1)},
    **{f"{unit}i": Decimal(1024) ** power for power, unit in enumerate(("K", "M", "G", "T", "P", "E"), 1)},
}
_SUFFIX = "(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)"
_DIGITS = r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]*)"
QUANTITY = rf"^\s*(?:[+-]?{_DIGITS}{_SUFFIX}?|[+-]{_SUFFIX}?|{_SUFFIX})\s*$"
"""The form of a quantity, as a pattern that Python and the schema engine read alike.

Source: apimachinery v0.35.4 pkg/api/resource/quantity.go, ParseQuantity and Quantity.UnmarshalJSON, which trims
blanks. A thousand is a small k, and no digits at all are taken for 0.
"""
_FORM = re.compile(QUANTITY)
_PARTS = re.compile(r"([+-]?[0-9.]*)(?:([eE][+-]?[0-9]{1,3})|([a-zA-Z]*))")
"""An exponent of more digits is beyond what anybody counts."""
_BINARY = ("Ki", "Mi", "Gi", "Ti", "Pi", "Ei")


def parse_quantity(text: object) -> Decimal | None:
    """Read a quantity: bytes, cores, or whatever is counted; nothing where it is none, or beyond counting.

    Args:
        text: The quantity; a number of a manifest is one too.
    """
    if isinstance(text, bool) or not isinstance(text, str | int | float):
        return None
    return _parse(str(text))


@lru_cache(maxsize=1 << 12)
def _parse(text: str) -> Decimal | None:
    match = _PARTS.fullmatch(text.strip()) if _FORM.fullmatch(text) else None
    if match is None:
        return None
    written, exponent, unit = match.groups()
    number = written if written.strip("+-.") else "0"
    return Decimal(f"{number}{exponent}") if exponent else Decimal(number) * _UNITS[unit]


def render_bytes(amount: Decimal | int) -> str:
    """Write bytes for people, to one decimal of the largest binary unit that leaves a one before it: `1.5 GiB`."""
    number, unit = Decimal(amount), ""
    for larger in _BINARY:
        if abs(number) < 1024:
            break
        number, unit = number / 1024, larger
    text = f"{number:.1f}".removesuffix(".0") if unit else f"{number:.0f}"
    return f"{text} {unit}B" if unit else f"{text} B"


def render_cores(amount: Decimal | int) -> str:
    """Write processor time for people: `0.25`, `12`."""
    text = f"{Decimal(amount):.2f}"
    return text.rstrip("0").rstrip(".")
