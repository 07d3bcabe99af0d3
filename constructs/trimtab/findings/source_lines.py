"""The lines of the files that findings point into, without those that must stay hidden."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from trimtab.findings.finding import Finding, Place

_BREAK = re.compile(r"\r\n|\r|\n")
_BYTE_ORDER_MARK = "\ufeff"


class SourceLines:
    """Looks up source lines; splits a file when its first line is asked for."""

    def __init__(self, sources: Mapping[str, str], findings: Iterable[Finding]) -> None:
        """Take the text of each file by its path, and the findings that may ask for lines to stay hidden."""
        self._sources = sources
        self._lines: dict[str, list[str]] = {}
        self._hidden: dict[str, list[tuple[int, int]]] = {}
        for place in _iter_hidden(findings):
            self._hidden.setdefault(place.file, []).append((place.line, max(place.line, place.end_line)))

    def line_at(self, place: Place) -> str | None:
        """Give the first line of a place; nothing where the file or line is unknown or hidden."""
        lines = self._lines_of(place.file)
        hidden = any(first <= place.line <= last for first, last in self._hidden.get(place.file, ()))
        return lines[place.line - 1] if 0 < place.line <= len(lines) and not hidden else None

    def _lines_of(self, file: str) -> list[str]:
        if file not in self._sources:
            return []
        if file not in self._lines:
            self._lines[file] = split_lines(self._sources[file])
        return self._lines[file]


def split_lines(text: str) -> list[str]:
    """Split text at the line breaks YAML 1.2 has (LF, CR, CRLF), without a byte order mark, which no column counts."""
    return _BREAK.split(text.removeprefix(_BYTE_ORDER_MARK))


def _iter_hidden(findings: Iterable[Finding]) -> Iterator[Place]:
    for finding in findings:
        if finding.hide_source:
            places = (finding.place, *(related.place for related in finding.related))
            yield from (place for place in places if place is not None)
