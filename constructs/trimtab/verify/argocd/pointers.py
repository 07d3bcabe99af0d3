"""JSON pointers, resolved in an object (RFC 6901)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

MISSING = object()
"""What a pointer leads to that leads nowhere."""

_POSITION = re.compile("[0-9]{1,9}")


def parse_pointer(text: str) -> tuple[str, ...] | None:
    """Read a pointer; nothing where it does not begin with `/`."""
    if not text.startswith("/"):
        return None
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in text[1:].split("/"))


def resolve_pointer(parts: tuple[str, ...], value: Any) -> Any:
    """Follow a pointer.

    Returns:
        What it leads to, or `MISSING`.
    """
    for part in parts:
        if isinstance(value, Mapping):
            value = value.get(part, MISSING)
        elif isinstance(value, list) and _POSITION.fullmatch(part) and int(part) < len(value):
            value = value[int(part)]
        else:
            return MISSING
    return value
