"""The one writer of YAML: the same value gives the same bytes, and every reader gives the value back."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from trimtab.documents.quoting import SHORT, fits_literal, render_line, render_short
from trimtab.documents.scalars import EXACT
from trimtab.findings.path import ROOT, Path, render_path

_MAX_DEPTH = 100
_MAX_KEY = 1000
"""Characters of a written key; a reader of YAML gives up on a simple key of more than 1024."""


class UnwritableValue(Exception):  # noqa: N818  named for what it is about
    """A value that YAML, JSON or one of their readers cannot hold; a bug of whoever made it."""

    def __init__(self, path: Path, reason: str) -> None:
        where = render_path(path).encode("utf-8", "backslashreplace").decode()
        super().__init__(f"{where or 'the document'}: {reason}")
        self.path = path
        self.reason = reason


def render_yaml(value: object) -> str:
    """Write one document: the line `---`, then block style, two spaces a level, mappings in their own order.

    Takes what JSON has: mappings with text keys, lists, tuples, text, booleans, null, finite numbers, integers
    within 2**53 either way; members of enums of text or integers are written as their plain value.

    Raises:
        UnwritableValue: anything else, or nested deeper than 100, with its path.
    """
    out = ["---"]
    try:
        text = render_line(value) if isinstance(value, str) else _render_flat(value)
    except ValueError as error:
        raise UnwritableValue(ROOT, str(error)) from None
    if text is None:
        _put_collection(value, "", out)
    else:
        out.append(text)
    out.append("")
    return "\n".join(out)


class Int64(int):
    """An integer that only Kubernetes will read, which keeps 64 bits of it; any other reader may round it."""


def widen_integers(value: Any) -> Any:
    """Give an object in which integers of 64 bits are marked as ones that may be written."""
    if isinstance(value, Mapping):
        return {key: widen_integers(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [widen_integers(inner) for inner in value]
    is_wide = type(value) is int and not -EXACT <= value <= EXACT and -(2**63) <= value < 2**63
    return Int64(value) if is_wide else value


def render_yaml_all(values: Iterable[object]) -> str:
    """Write several documents one after the other, each as `render_yaml` does.

    Raises:
        UnwritableValue: as `render_yaml` does; the path starts at the root of the document that holds the value.
    """
    return "".join(map(render_yaml, values))


def _put_mapping(mapping: Mapping[Any, Any], indent: str, out: list[str]) -> None:
    deeper = _deepen(indent)
    key: Any = ""
    try:
        for key, value in mapping.items():
            start = indent + _render_key(key)
            kind = type(value)
            if kind is str and "\n" not in value:
                out.append(f"{start} {render_short(value) if len(value) < SHORT else render_line(value)}")
            elif kind is dict and value:
                out.append(start)
                _put_mapping(value, deeper, out)
            elif kind is list and value:
                out.append(start)
                _put_list(value, deeper, out)
            elif (text := _render_flat(value)) is not None:
                out.append(f"{start} {text}")
            elif isinstance(value, str):
                _put_literal(start, value, deeper, out)
            else:
                out.append(start)
                _put_collection(value, deeper, out)
    except (ValueError, UnwritableValue) as error:
        raise _inside(key, error) from None


def _put_list(items: Iterable[Any], indent: str, out: list[str]) -> None:
    deeper = _deepen(indent)
    start = indent + "-"
    at = 0
    try:
        for at, value in enumerate(items):  # noqa: B007  the refusal below names it
            if type(value) is str and "\n" not in value:
                out.append(f"{start} {render_short(value) if len(value) < SHORT else render_line(value)}")
            elif (text := _render_flat(value)) is not None:
                out.append(f"{start} {text}")
            elif isinstance(value, str):
                _put_literal(start, value, deeper, out)
            else:
                first = len(out)
                _put_collection(value, deeper, out)
                out[first] = f"{start} {out[first][len(deeper) :]}"
    except (ValueError, UnwritableValue) as error:
        raise _inside(at, error) from None


def _put_collection(value: Any, indent: str, out: list[str]) -> None:
    if isinstance(value, list | tuple):
        _put_list(value, indent, out)
    else:
        _put_mapping(value, indent, out)


def _deepen(indent: str) -> str:
    if len(indent) >= 2 * _MAX_DEPTH:
        raise ValueError(f"nested deeper than {_MAX_DEPTH} levels")
    return indent + "  "


def _put_literal(start: str, text: str, indent: str, out: list[str]) -> None:
    """Put a text of several lines as a literal block, so that people can read it."""
    body = text.rstrip("\n")
    extra = len(text) - len(body)
    out.append(start + (" |-", " |", " |+")[min(extra, 2)])
    out.extend(indent + line if line else "" for line in body.split("\n"))
    out.extend([""] * (extra - 1))


def _render_flat(value: Any) -> str | None:
    """Write what needs no lines of its own; nothing for a literal block, and a mapping or list that has entries."""
    kind = type(value)
    if kind is dict or kind is list:
        return None if value else "{}" if kind is dict else "[]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return _render_integer(value)
    return _render_rare(value)


def _render_rare(value: Any) -> str | None:
    if isinstance(value, str):
        text = str.__str__(value)
        return None if "\n" in text and fits_literal(text) else render_line(text)
    if isinstance(value, float):
        return _render_float(float(value))
    if isinstance(value, Mapping | list | tuple):
        return None if value else "{}" if isinstance(value, Mapping) else "[]"
    raise ValueError(f"{type(value).__name__} has no form in YAML")


def _render_integer(value: int) -> str:
    if not -EXACT <= value <= EXACT and not isinstance(value, Int64):
        raise ValueError("integer beyond 2**53, which readers of JSON would round")
    return str(int(value))


def _render_float(value: float) -> str:
    """Write the shortest digits that read back, with the point and the sign that YAML 1.1 asks of an exponent."""
    if not math.isfinite(value):
        raise ValueError("not a finite number, which JSON lacks")
    if value.is_integer() and abs(value) < EXACT:
        return str(int(value))
    digits, exponent, power = repr(value).partition("e")
    if not exponent:
        return digits
    return f"{digits if '.' in digits else digits + '.0'}e{power if power[0] in '+-' else '+' + power}"


@lru_cache(maxsize=1 << 14)
def _render_key(key: object) -> str:
    if not isinstance(key, str):
        raise ValueError(f"key {key!r} is not text")  # noqa: TRY004  one refusal for all that cannot be written
    written = render_line(str.__str__(key))
    if len(written) > _MAX_KEY:
        raise ValueError(f"key is longer than {_MAX_KEY} characters")
    return written + ":"


def _inside(key: object, error: ValueError | UnwritableValue) -> UnwritableValue:
    step = key if isinstance(key, int | str) else repr(key)
    if isinstance(error, UnwritableValue):
        return UnwritableValue((step, *error.path), error.reason)
    return UnwritableValue((step,), str(error))
