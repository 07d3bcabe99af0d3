"""Values of a manifest in words."""

from __future__ import annotations

import json
from collections.abc import Mapping

_LONGEST = 40


def describe(value: object, *, hidden: bool = False) -> str:
    """Say what a value is: `the number 8080`, `the text "x"`, `a list`.

    Args:
        value: A value of a manifest.
        hidden: Whether it must not be shown.
    """
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    kind = "truth value" if isinstance(value, bool) else "number" if isinstance(value, int | float) else "text"
    return f"a {kind}" if hidden else f"the {kind} {show(value)}"


def show(value: object) -> str:
    """Write a scalar as JSON, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST else f'{text[: _LONGEST - 1]}…"'
