"""Edits one version in a settings file and leaves every other byte as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from trimtab.documents.document import Document
from trimtab.documents.quoting import quote
from trimtab.documents.reader import parse_yaml
from trimtab.findings.path import Path

_BREAK = re.compile("\r\n|\r|\n")
_MARK = "\ufeff"
"""A byte order mark, which the reader does not count."""


def edit_pin(text: str, path: Path, version: str) -> str | None:
    """Set a version: replace it where it stands, or write it first in the mapping that it belongs to.

    Args:
        text: The whole file.
        path: The setting; what is above its last key must be in the file.
        version: What to write; in quotes where the old one was, or where YAML would read something else (`1.36`).

    Returns:
        The new text; nothing where the file cannot be edited so that exactly this setting changes, as with a value that
        an anchor shares, or a mapping that is not there.
    """
    mark, body = (_MARK, text[1:]) if text.startswith(_MARK) else ("", text)
    document = _parse(body)
    for edited in _iter_edited(body, document, path, version) if document else ():
        if document and _is_only_change(document, edited, path, version):
            return mark + edited
    return None


def _parse(text: str) -> Document | None:
    parsed = parse_yaml(text, file="")
    return parsed.documents[0] if len(parsed.documents) == 1 and not parsed.findings else None


def _iter_edited(text: str, document: Document, path: Path, version: str) -> Iterator[str]:
    place, parent = document.places.value(path), document.places.value(path[:-1])
    forms = (version, quote(version))
    if place is not None:
        start, end = _offset(text, place.line, place.column), _offset(text, place.end_line, place.end_column)
        mark = text[start : start + 1]
        for form in (f"{mark}{version}{mark}",) if mark in ("'", '"') else forms:
            yield text[:start] + form + text[end:]
    elif parent is not None:
        start, indent = _offset(text, parent.line, parent.column), " " * (parent.column - 1)
        for form in forms:
            yield _insert(text, start, f"{path[-1]}: {form}", indent)


def _insert(text: str, start: int, written: str, indent: str) -> str:
    before, after = text[:start], text[start:]
    if not after.startswith("{"):
        return f"{before}{written}{_line_break(text)}{indent}{after}"
    is_empty = after[1:].lstrip().startswith("}")
    return f"{before}{{{written}{'' if is_empty else ', '}{after[1:]}"


def _line_break(text: str) -> str:
    found = _BREAK.search(text)
    return found[0] if found else "\n"


def _offset(text: str, line: int, column: int) -> int:
    starts = [0, *(found.end() for found in _BREAK.finditer(text))]
    return starts[line - 1] + column - 1


def _is_only_change(before: Document, edited: str, path: Path, version: str) -> bool:
    after = _parse(edited)
    wanted: Any = deepcopy(before.value)
    inner: Any = wanted
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = version
    return after is not None and after.value == wanted
