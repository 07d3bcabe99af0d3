"""Reads out of plain data that may have any shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def at(value: Any, *path: str) -> Mapping[str, Any]:
    """Give the mapping at a path; an empty one where there is none."""
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def mappings(value: Any) -> list[Mapping[str, Any]]:
    """Give the mappings in a list; none where it is no list."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def count(value: Any) -> int:
    """Give a number of copies; one where nothing is said."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 1
