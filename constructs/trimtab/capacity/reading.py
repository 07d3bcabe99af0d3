"""Reads out of plain data that may have any shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def mappings(value: Any) -> list[Mapping[str, Any]]:
    """Give the mappings in a list; none where it is no list."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def count(value: Any) -> int:
    """Give a number of copies; one where nothing is said."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 1
