"""Parameters of a Helm source, `a.b[0].c` with a text beside it, to values as Helm makes them of `--set`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from trimtab.findings.path import Path

_PART = re.compile(r"((?:\\.|[^\\.\[\]])*)((?:\[\d{1,5}\])*)(\.|$)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_INTEGER = re.compile(r"-?[1-9]\d{0,17}|0")
_MOST_ITEMS = 1000
"""Positions from here on are no list that anybody means (Helm itself refuses those above 65536)."""


def parse_parameter_name(name: str) -> Path | None:
    r"""Split the name of a parameter into keys and positions; a dot with a backslash before it belongs to its key.

    Returns:
        The path; nothing where Helm would refuse the name.

    Source: helm pkg/strvals/parser.go.
    """
    path: list[str | int] = []
    at = 0
    while at <= len(name):
        part = _PART.match(name, at)
        if part is None or not part[1]:
            return None
        path.append(_ESCAPED.sub(r"\1", part[1]))
        path += [int(position) for position in part[2][1:-1].split("][") if position]
        if not part[3]:
            break
        at = part.end()
    return None if any(isinstance(key, int) and key >= _MOST_ITEMS for key in path) else tuple(path)


def parse_parameter_value(text: str, *, is_string: bool) -> Any:
    """Read the value of a parameter: Helm guesses its type unless it is forced to be a text."""
    if is_string:
        return text
    if text.startswith("{") and text.endswith("}"):
        return [parse_parameter_value(item, is_string=False) for item in text[1:-1].split(",") if item]
    known = {"true": True, "false": False, "null": None}
    if text in known:
        return known[text]
    return int(text) if _INTEGER.fullmatch(text) else text


def set_parameter(below: Any, path: Path, value: Any) -> Any:
    """Lay one parameter over values, which are left as they are; a list grows up to the position that is set."""
    if not path:
        return value
    key, rest = path[0], path[1:]
    if isinstance(key, int):
        items = list(below) if isinstance(below, list) else []
        items += [None] * (key + 1 - len(items))
        items[key] = set_parameter(items[key], rest, value)
        return items
    mapping = dict(below) if isinstance(below, Mapping) else {}
    if value is None and not rest:
        mapping.pop(key, None)
    else:
        mapping[key] = set_parameter(mapping.get(key), rest, value)
    return mapping


def nest_parameter(path: Path, value: Any) -> Any:
    """Make values that hold one parameter alone."""
    for key in reversed(path):
        value = {key: value} if isinstance(key, str) else [None] * key + [value]
    return value
