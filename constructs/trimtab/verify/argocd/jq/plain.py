"""The functions of jq that make one value of others, of those that people write in paths."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from trimtab.verify.argocd.jq.values import JqError, Value, contains, is_matched, is_true, to_text, type_of


def _length(value: Value) -> Value:
    kind = type_of(value)
    if kind == "boolean":
        raise JqError("boolean has no length")
    return 0 if value is None else abs(value) if kind == "number" else len(value)


def _keys(value: Value) -> list[Value]:
    if isinstance(value, Mapping):
        return sorted(value)
    if isinstance(value, list):
        return list(range(len(value)))
    raise JqError("no keys")


def _has(value: Value, key: Value) -> bool:
    if isinstance(value, Mapping) and isinstance(key, str):
        return key in value
    if isinstance(value, list) and type_of(key) == "number":
        return 0 <= int(key) < len(value)
    raise JqError("has no such keys")


def to_entries(value: Value) -> list[Value]:
    """Make a list of the keys and values of a mapping."""
    if not isinstance(value, Mapping):
        raise JqError("no entries")
    return [{"key": key, "value": value[key]} for key in sorted(value)]


def from_entries(entries: Sequence[Value]) -> dict[str, Value]:
    """Make a mapping of a list of keys and values."""
    found: dict[str, Value] = {}
    for entry in entries:
        if not isinstance(entry, Mapping):
            raise JqError("no entry")
        key = next((entry[name] for name in ("key", "Key", "name", "Name") if is_true(entry.get(name))), None)
        if not isinstance(key, str):
            raise JqError("no key")
        found[key] = entry["value"] if "value" in entry else entry.get("Value")
    return found


def _text(make_: Callable[..., Value]) -> Callable[..., Value]:
    """Build a function of texts: of anything else it makes an error."""

    def run(value: Value, *others: Value) -> Value:
        if not all(isinstance(one, str) for one in (value, *others)):
            raise JqError("no text")
        return make_(value, *others)

    return run


def _unless_text(make_: Callable[[str, str], str]) -> Callable[[Value, Value], Value]:
    return lambda value, other: make_(value, other) if isinstance(value, str) and isinstance(other, str) else value


def _test(value: Value, pattern: Value, flags: Value = None) -> bool:
    if not isinstance(value, str) or not isinstance(pattern, str) or not isinstance(flags, str | None):
        raise JqError("no text")
    return is_matched(pattern, flags or "", value)


def _to_number(value: Value) -> Value:
    if type_of(value) == "number":
        return value
    try:
        found = json.loads(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if type_of(found) != "number":
        raise JqError("no number")
    return found


def _join(value: Value, between: Value) -> str:
    if not isinstance(value, list) or not isinstance(between, str):
        raise JqError("cannot join")
    if any(isinstance(one, Mapping | list) for one in value):
        raise JqError("cannot join")
    return between.join("" if one is None else to_text(one) for one in value)


_ASCII_LOWER = {number: number + 32 for number in range(ord("A"), ord("Z") + 1)}
_ASCII_UPPER = {number: number - 32 for number in range(ord("a"), ord("z") + 1)}
PLAIN: Mapping[tuple[str, int], Callable[..., Any]] = {
    ("length", 0): _length,
    ("keys", 0): _keys,
    ("type", 0): type_of,
    ("not", 0): lambda value: not is_true(value),
    ("env", 0): lambda _: {},
    ("to_entries", 0): to_entries,
    ("from_entries", 0): lambda value: from_entries(value if isinstance(value, list) else [None]),
    ("tostring", 0): to_text,
    ("tonumber", 0): _to_number,
    ("ascii_downcase", 0): _text(lambda value: value.translate(_ASCII_LOWER)),
    ("ascii_upcase", 0): _text(lambda value: value.translate(_ASCII_UPPER)),
    ("has", 1): _has,
    ("in", 1): lambda value, other: _has(other, value),
    ("contains", 1): contains,
    ("inside", 1): lambda value, other: contains(other, value),
    ("startswith", 1): _text(str.startswith),
    ("endswith", 1): _text(str.endswith),
    ("ltrimstr", 1): _unless_text(str.removeprefix),
    ("rtrimstr", 1): _unless_text(str.removesuffix),
    ("split", 1): _text(lambda value, between: value.split(between) if between else list(value)),
    ("join", 1): _join,
    ("test", 1): _test,
    ("test", 2): _test,
}
"""By name and how many arguments they take besides what comes in."""
