"""Patterns as Go reads them, for an engine that reads a few things otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NoReturn

from jsonschema_rs import Draft202012Validator, RegexOptions

_POSIX = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "ascii": r"\x00-\x7F",
    "blank": r"\t ",
    "cntrl": r"\x00-\x1F\x7F",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": r"!-\/:-@\[-`{-~",
    "space": r"\t\n\x0B\f\r ",
    "upper": "A-Z",
    "word": "0-9A-Za-z_",
    "xdigit": "0-9A-Fa-f",
}
"""Source: Go's regexp/syntax, perl_groups.go."""
_BLANKS = r"\t\n\f\r "
r"""What `\s` is for Go: five characters of ASCII."""
_BELL = r"\x07"
_TOKEN = re.compile(
    r"\\Q(?P<quoted>.*?)(?:\\E|\Z)|(?P<escape>\\[pPx]\{[^}]*\}|\\[pP].|\\x..|\\.)|(?P<opened>\[\^?\]?)"
    r"|(?P<counted>\{\d+(?:,\d*)?\})|(?P<other>.)",
    re.DOTALL,
)
_IN_CLASS = re.compile(
    r"\[:(?P<negated>\^?)(?P<posix>[a-z]+):\]|(?P<escape>\\[pPx]\{[^}]*\}|\\[pP].|\\x..|\\.)|(?P<other>.)", re.DOTALL
)


@cache
def translate_pattern(pattern: str) -> str:
    r"""Write a pattern of Go's so that the schema engine reads it as Go does.

    Both engines are without look-around and share nearly everything. Here differ: `\Q…\E`, a `{` that counts nothing,
    named classes, and `[`, `&`, `~` and `-` that stand for themselves within a class.

    Args:
        pattern: A pattern as Go's regexp reads it (RE2's syntax).
    """
    return "".join(_iter_translated(pattern))


def is_readable(pattern: str) -> bool:
    """Say whether a translated pattern can be read; look-around cannot, and Go refuses it too."""
    return _compile(pattern) is not None


def is_found(pattern: str, text: str) -> bool:
    """Say whether a translated pattern is found in a text; one that cannot be read is found nowhere."""
    engine = _compile(pattern)
    return engine is not None and engine.is_valid(text)


@cache
def _compile(pattern: str) -> Draft202012Validator | None:
    try:
        return Draft202012Validator({"pattern": pattern}, retriever=_refuse_fetch, pattern_options=RegexOptions())
    except ValueError:
        return None


def _iter_translated(pattern: str) -> Iterator[str]:
    position = 0
    while match := _TOKEN.match(pattern, position):
        position = match.end()
        if match["quoted"] is not None:
            yield re.escape(match["quoted"])
        elif match["escape"]:
            yield _outside(match["escape"])
        elif match["opened"]:
            inside, position = _translate_class(pattern, position)
            first = match["opened"].rstrip("]") if match["opened"] != "[" else "["
            yield first + (r"\]" if match["opened"].endswith("]") else "") + inside
        else:
            other = match["counted"] or match["other"]
            yield rf"\{other}" if other in ("{", "}") else other


def _translate_class(pattern: str, position: int) -> tuple[str, int]:
    parts: list[str] = []
    while match := _IN_CLASS.match(pattern, position):
        position = match.end()
        if match["posix"]:
            parts.append(_POSIX.get(match["posix"], match[0]))
        elif match["escape"]:
            parts.append(_inside(match["escape"]))
        elif match["other"] == "]":
            return "".join(parts) + "]", position
        elif match["other"] == "-" and not _is_range(pattern, match.start(), parts):
            parts.append(r"\-")
        else:
            parts.append(rf"\{match['other']}" if match["other"] in "[&~" else match["other"])
    return "".join(parts), position


def _is_range(pattern: str, at: int, before: list[str]) -> bool:
    """Tell whether a `-` within a class is between two single characters."""
    if not before or before[-1] in _SETS or before[-1].startswith((r"\p", r"\P")) or pattern[at + 1 : at + 2] == "]":
        return False
    is_range_end = len(before) > 1 and before[-2] == "-"
    return not is_range_end and pattern[at + 1 : at + 3] not in (r"\d", r"\w", r"\s", r"\D", r"\W", r"\S")


_SETS = frozenset({r"\d", r"\D", r"\w", r"\W", r"\S", _BLANKS, *_POSIX.values()})


def _outside(escape: str) -> str:
    if escape == r"\s":
        return f"[{_BLANKS}]"
    if escape == r"\S":
        return f"[^{_BLANKS}]"
    return _plain(escape)


def _inside(escape: str) -> str:
    return _BLANKS if escape == r"\s" else _plain(escape)


def _plain(escape: str) -> str:
    if escape == r"\a":
        return _BELL
    return escape[1:] if escape in (r"\<", r"\>") else escape


def _refuse_fetch(uri: str) -> NoReturn:
    raise ValueError(f"a pattern refers to {uri}, and nothing is fetched")
