"""Plain block YAML to values, line by line; it gives up on whatever it is not sure of.

Nearly all manifests are written in a small part of YAML. Within it a line says the same whatever stands around it, most
lines of a tree have been met before, and indentation alone says what belongs to what. All that is outside of it, and
every mistake, is left to the parser of the whole language (`reader.py`): this one never guesses.
"""

from __future__ import annotations

import re
from typing import Any

from trimtab.documents.document import Value
from trimtab.documents.line_forms import (
    BLANK,
    MORE,
    START,
    Block,
    Fresh,
    Line,
    Quoted,
    Unsure,
    find_plain,
    parse_line,
    parse_plain,
    parse_quoted,
)

_OUTSIDE = -1
"""The level that holds a whole document."""
_SHORT = 100
"""Longer lines are hardly ever met again."""
_MOST_LINES = 1 << 15
"""Lines that are remembered at a time."""

_BREAKS = re.compile("\n+")

_known: dict[str, Line] = {}


def parse_lines(text: str, max_depth: int) -> list[Value]:
    """Give the values of all documents of a text; empty ones are left out.

    Args:
        text: The text; its last line has a break, it holds no tab, and every character may stand in YAML as it is.
        max_depth: How deep values may be nested.

    Raises:
        Unsure: it is not certain what a parser of the whole language would say.
    """
    lines = text.split("\n")
    documents: list[Value] = []
    at, end = 0, len(lines) - 1
    while at < end:
        value, at = _parse_document(lines, at, end, max_depth)
        if value is not None:
            documents.append(value)
    return documents


# One loop without calls, since every line of a tree goes through it: split up, it takes twice as long.
# A mapping whose keys stand in column c has the level 2c, a list whose dashes stand there the level 2c+1: a list may
# stand in the same column as the key it belongs to, and is inside of its mapping all the same.
def _parse_document(lines: list[str], at: int, end: int, most: int) -> tuple[Value, int]:  # noqa: C901, PLR0912, PLR0915
    """Read one document from the line `at` on; give its value, and the line to go on with."""
    known, here, formed, last = _known.get, _OUTSIDE, 0, ""
    outside: dict[str, Any] = {"": None}
    node: Any = outside
    opened: str | None = ""
    above: list[tuple[int, Any]] = []
    while at < end:
        level, inner, key, value, opens = known(lines[at]) or _learn(lines[at])
        at += 1
        if level < 0:
            if value is BLANK:
                continue
            if value is START:
                break
            if value is MORE:
                value, at = _read_more(lines, at, end, here >> 1, None if opened is not None else formed)
                node[last if here % 2 == 0 else -1], opened = value, None
                continue
            level, inner, key, value, opens = value.line
            value, at = _form(value, max(inner, level) >> 1, lines, at, end)
            formed = at
        if level > here:
            if opened is None or len(above) > most - 2:  # not opened: the text of the line before goes on here
                raise Unsure
            above.append((here, node))
            node[opened] = node = [] if level & 1 else {}
            here = level
        while here > level:
            here, node = above.pop()
        if here != level:
            raise Unsure
        if key is None:
            node.append(value)
        else:
            if inner:
                here, node = inner, _open_item(node, here, above)
            if key in node:
                raise Unsure
            node[key], last = value, key
        opened = opens
    return outside[""], at


def _open_item(items: list[Any], level: int, above: list[tuple[int, Any]]) -> dict[str, Value]:
    item: dict[str, Value] = {}
    items.append(item)
    above.append((level, items))
    return item


def _form(value: Fresh | Block | Quoted, column: int, lines: list[str], at: int, end: int) -> tuple[Value, int]:
    if isinstance(value, Fresh):
        return value.make(), at
    if isinstance(value, Quoted):
        return _read_quoted(value.text, lines, at, end)
    return _read_block(value.head, column, lines, at, end)


def _read_block(head: str, column: int, lines: list[str], at: int, end: int) -> tuple[str, int]:
    """Read the lines of a block whose key or dash stands in a column; give the text, and the line after it."""
    indent = " " * _indent_of(lines[at])
    if at == end or len(indent) <= column or indent == lines[at]:
        raise Unsure
    body: list[str] = []
    while at < end and ((text := lines[at]).startswith(indent) or not text.strip(" ")):
        if text.isspace():
            raise Unsure
        body.append(text[len(indent) :])
        at += 1
    text = "\n".join(body).rstrip("\n")
    breaks = len(body) - text.count("\n")
    if head[0] == ">":
        text = _fold(text)
    return text + ("\n" if head[1:] == "" else "" if head[1] == "-" else "\n" * breaks), at


def _fold(text: str) -> str:
    if "\n " in text:
        raise Unsure
    return _BREAKS.sub(lambda found: found[0][1:] or " ", text)


def _read_more(lines: list[str], at: int, end: int, column: int, formed: int | None) -> tuple[Value, int]:
    """Read an unquoted text of which the line before `at` is a part; give it, and the line after it.

    Args:
        lines: All lines.
        at: The line to go on with.
        end: The line to stop before.
        column: The column of the key or dash that it belongs to; all lines of it stand right of that.
        formed: The first line that belongs to no block and no quoted text; nothing where the unquoted text begins in
            this very line, below its key.
    """
    begin = at - 1
    if column < 0 or _indent_of(lines[begin]) <= column:
        raise Unsure
    if formed is not None:
        begin -= 1
        while begin > formed and not lines[begin].strip(" "):
            begin -= 1
        if begin < formed:
            raise Unsure
    text = find_plain(lines[begin])
    at = begin + 1
    while True:
        last = at
        while at < end and not lines[at].strip(" "):
            at += 1
        if at == end or _indent_of(lines[at]) <= column or not _is_more(lines[at]):
            break
        text += ("\n" * (at - last) or " ") + lines[at].strip(" ")
        at += 1
    return parse_plain(text) if last == begin + 1 else text, last


def _read_quoted(text: str, lines: list[str], at: int, end: int) -> tuple[str, int]:
    """Read the other lines of a quoted text; give all of it, and the line after it."""
    while at < end and (more := lines[at].strip(" ")) and not lines[at].startswith(("---", "...")):
        text, at = f"{text} {more}", at + 1
        if text[0] in more:
            whole = parse_quoted(text)
            if isinstance(whole, str):
                return whole, at
    raise Unsure


def _is_more(text: str) -> bool:
    return (_known.get(text) or _learn(text))[3] is MORE


def _indent_of(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _learn(text: str) -> Line:
    line = parse_line(text)
    if len(text) <= _SHORT:
        if len(_known) >= _MOST_LINES:
            _known.clear()
        _known[text] = line
    return line
