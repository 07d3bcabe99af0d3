"""Patterns with `*`, `?`, `[a-c]` and `{one,other}`, matched in time that grows with pattern and text and no faster.

A regular expression takes time without end for a pattern such as `*a*a*a*b`, and anybody may write one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeAlias

_TOKEN = re.compile(r"(?P<any>\*\*)|(?P<star>\*)|(?P<one>\?)|\[(?P<set>[^]]+)\]|\\(?P<plain>.)|(?P<other>.)", re.DOTALL)
_DEEPEST = 20
"""Braces in braces; nobody reads as many."""


@dataclass(frozen=True, slots=True)
class _One:
    """One character: a certain one, one of some ranges, or any."""

    ranges: tuple[tuple[str, str], ...] = ()
    is_negated: bool = False
    crosses: bool = True
    """Whether it may be the separator."""

    def fits(self, char: str, separator: str) -> bool:
        """Say whether a character is one of them."""
        if not self.crosses and char == separator:
            return False
        return not self.ranges or self.is_negated != any(first <= char <= last for first, last in self.ranges)


@dataclass(frozen=True, slots=True)
class _Run:
    """Any number of characters."""

    crosses: bool


@dataclass(frozen=True, slots=True)
class _Either:
    """One of several patterns."""

    branches: tuple[Glob, ...]


Glob: TypeAlias = "tuple[_One | _Run | _Either, ...]"
"""A pattern, part by part."""


def parse_glob(pattern: str) -> Glob | None:
    """Read a pattern; nothing where it cannot be read: a brace is not closed, or a range runs backwards."""
    open_: list[list[list[_One | _Run | _Either]]] = [[[]]]
    for token in _TOKEN.finditer(pattern):
        kind, text = str(token.lastgroup), token[str(token.lastgroup)]
        inside = len(open_) > 1
        if kind == "other" and text == "{":
            open_.append([[]])
        elif kind == "other" and text == "," and inside:
            open_[-1].append([])
        elif kind == "other" and text == "}" and inside:
            either = _Either(tuple(tuple(branch) for branch in open_.pop()))
            open_[-1][-1].append(either)
        else:
            part = _parse_part(kind, text)
            if part is None:
                return None
            open_[-1][-1].append(part)
        if len(open_) > _DEEPEST:
            return None
    return tuple(open_[0][0]) if len(open_) == 1 else None


def _parse_part(kind: str, text: str) -> _One | _Run | None:
    if kind in ("any", "star"):
        return _Run(crosses=kind == "any")
    if kind == "one":
        return _One(crosses=False)
    if kind != "set":
        return _One(((text, text),))
    ranges = tuple(_iter_ranges(text.removeprefix("!")))
    is_forward = all(first <= last for first, last in ranges)
    return _One(ranges, is_negated=text.startswith("!")) if is_forward and ranges else None


def _iter_ranges(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        is_range = text[at + 1 : at + 2] == "-" and at + 2 < len(text)
        yield text[at], text[at + 2] if is_range else text[at]
        at += 3 if is_range else 1


def match_glob(glob: Glob, text: str, separator: str) -> bool:
    """Say whether the whole of a text fits.

    Args:
        glob: The pattern.
        text: The text.
        separator: The character that `*` and `?` do not stand for; none where it is empty.
    """
    return len(text) in _advance(glob, text, separator, {0})


def _advance(glob: Glob, text: str, separator: str, starts: AbstractSet[int]) -> AbstractSet[int]:
    """Give every position that a pattern can end at, from any of some that it can start at."""
    for part in glob:
        if isinstance(part, _One):
            starts = {at + 1 for at in starts if at < len(text) and part.fits(text[at], separator)}
        elif isinstance(part, _Run):
            starts = set(_extend(starts, text, "" if part.crosses else separator))
        else:
            starts = {end for branch in part.branches for end in _advance(branch, text, separator, starts)}
        if not starts:
            break
    return starts


def _extend(starts: AbstractSet[int], text: str, separator: str) -> Iterator[int]:
    reaches = False
    for at in range(min(starts), len(text) + 1):
        reaches = at in starts or (reaches and text[at - 1] != separator)
        if reaches:
            yield at
