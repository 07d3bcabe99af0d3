"""Places inside texts that stand in YAML: their lines, and YAML in them such as the `helm.values` of an Application."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from trimtab.documents.document import Document, Value
from trimtab.documents.reader import parse_yaml
from trimtab.findings.finding import Place
from trimtab.findings.path import Path

_LITERAL = re.compile(r"(?:[&!][^\s]*\s+)*\|[+-]?\s*(?:#.*)?$")
"""How a block begins whose lines are kept as they are; one that counts its own indentation is left alone."""


def find_in_text(document: Document, lines: Sequence[str], path: Path, *, on_key: bool) -> Place | None:
    """Give the place of a path that leads into a text of a document.

    Args:
        document: The document.
        lines: The lines of its file.
        path: Keys of the document down to the text, and on through what that holds; a number alone is one of its
            lines, counted from 0.
        on_key: Whether the key that the path ends in is meant.

    Returns:
        The place; nothing where the path leads into no text, or the text does not stand in lines of its own.
    """
    depth, text = _find_text(document.value, path)
    block = document.places.value(path[:depth]) if text is not None else None
    if text is None or block is None or not _LITERAL.match(lines[block.line - 1][block.column - 1 :]):
        return None
    indent = _find_indent(text, lines[block.line :])
    found = _find_inside(text, block.file, path[depth:], on_key=on_key) if indent is not None else None
    if indent is None or found is None:
        return None
    return replace(
        found,
        line=found.line + block.line,
        end_line=found.end_line + block.line,
        column=found.column + indent,
        end_column=found.end_column + indent,
    )


def _find_inside(text: str, file: str, rest: Path, *, on_key: bool) -> Place | None:
    """Give the place in a text: of one of its lines, counted from 0, or of what its YAML has below some keys."""
    written = text.split("\n")
    if len(rest) == 1 and isinstance(rest[0], int) and rest[0] < len(written):
        line, number = written[rest[0]], rest[0] + 1
        first = len(line) - len(line.lstrip())
        return Place(file=file, line=number, column=first + 1, end_line=number, end_column=len(line.rstrip()) + 1)
    inner = parse_yaml(text.encode(), file=file).documents
    if not inner:
        return None
    if (deeper := find_in_text(inner[0], written, rest, on_key=on_key)) is not None:
        return deeper
    places = inner[0].places
    return (places.key(rest) if on_key else places.value(rest)) or places.nearest(rest)[1]


def _find_text(value: Value, path: Path) -> tuple[int, str | None]:
    """Give how much of a path leads to a text that the rest of it leads into, and the text."""
    for depth, key in enumerate(path):
        if isinstance(value, str):
            return depth, value
        if isinstance(value, dict) and isinstance(key, str):
            value = value.get(key)
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            value = value[key]
        else:
            break
    return 0, None


def _find_indent(text: str, lines: Sequence[str]) -> int | None:
    """Give how far the lines of a block are moved in; nothing where they are not those of the text."""
    wanted = text.rstrip("\n").split("\n")
    first = next((at for at, line in enumerate(wanted) if line.strip()), None)
    if first is None or len(lines) < len(wanted) or not lines[first].endswith(wanted[first]):
        return None
    indent = len(lines[first]) - len(wanted[first])
    same = (line == wanted[at] for at, line in enumerate(one[indent:] for one in lines[: len(wanted)]))
    return indent if all(same) else None
