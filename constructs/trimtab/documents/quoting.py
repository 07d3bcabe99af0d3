"""When a string may stand bare in YAML, and how it is written where it may not."""

from __future__ import annotations

import json
import re
from functools import lru_cache

_INNER = r"[A-Za-z0-9_./@%+=,;~^()$\\-]"
_BARE = re.compile(rf"(?:[A-Za-z/]|\./|_+[A-Za-z]){_INNER}*(?:[: ]{_INNER}+)*\Z").match
"""Starts like a word or a path and has no `: `, no ` #`, no quote and no bracket anywhere."""

_READ_OTHERWISE = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"))
"""Words, in small letters, that one of the readers of YAML 1.1, YAML 1.2 and Go takes for something else."""

_LONGEST_WORD = max(map(len, _READ_OTHERWISE))

_NOT_LITERAL = re.compile("[\\x00-\\x08\\x0b-\\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]").search
_BLANK_LINE = re.compile(r"^[ \t]+$", re.MULTILINE).search
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]").search

SHORT = 100
"""Longer strings are hardly ever written twice, so their form is not remembered."""

_encode = json.JSONEncoder(ensure_ascii=False).encode


def render_line(text: str) -> str:
    """Write a string on one line: bare where every reader gives it back unchanged, else in double quotes.

    Raises:
        ValueError: it holds half of a surrogate pair, which no UTF-8 file can.
    """
    return text if _BARE(text) and (len(text) > _LONGEST_WORD or text.lower() not in _READ_OTHERWISE) else quote(text)


render_short = lru_cache(maxsize=1 << 16)(render_line)
"""The same, remembered; for strings shorter than `SHORT`."""


def quote(text: str) -> str:
    """Write a string in double quotes, with an escape for all that a YAML reader would not take as it is.

    Raises:
        ValueError: it holds half of a surrogate pair.
    """
    if _SURROGATE(text):
        raise ValueError("half of a surrogate pair, which is no character")
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", _encode(text))


def fits_literal(text: str) -> bool:
    """Tell whether a text of several lines can be written as a literal block and be read back the same."""
    return text[0] not in " \t\n" and not _NOT_LITERAL(text) and not _BLANK_LINE(text)
