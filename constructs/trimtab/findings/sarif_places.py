"""Places as SARIF counts them, and what a finding is known by from one run to the next."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from trimtab.findings.finding import Finding, Place
from trimtab.findings.path import render_path
from trimtab.findings.source_lines import split_lines

FINGERPRINT = "trimtabFinding/v1"
"""The name of our fingerprint; another way to make it takes another number (SARIF 2.1.0, 3.27.17)."""


class Regions:
    """Writes places; splits a file when its first place is asked for."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        """Take the text of each file by the path that places name."""
        self._sources = sources
        self._lines: dict[str, list[str]] = {}

    def render(self, place: Place) -> dict[str, Any]:
        """Write a place, its columns in UTF-16 code units where the file is known; its path is a URI."""
        region = {
            "startLine": place.line,
            "startColumn": self._count(place.file, place.line, place.column),
            "endLine": place.end_line,
            "endColumn": self._count(place.file, place.end_line, place.end_column),
        }
        uri = quote(place.file.encode("utf-8", "surrogateescape"))
        return {"artifactLocation": {"uri": uri}, "region": region}

    def _count(self, file: str, line: int, column: int) -> int:
        lines = self._lines_of(file)
        before = lines[line - 1][: column - 1] if 0 < line <= len(lines) else ""
        return column + sum(character > "\uffff" for character in before)  # each takes two units, not one

    def _lines_of(self, file: str) -> list[str]:
        if file not in self._lines:
            self._lines[file] = split_lines(self._sources.get(file, ""))
        return self._lines[file]


def iter_fingerprints(findings: Iterable[Finding]) -> Iterator[dict[str, str]]:
    """Give for each finding what tells it from others though lines move above it.

    It is made of the code, the file, and the settings path and object that it speaks of; of the message where it speaks
    of neither. Those that are alike in all this are numbered in their order.
    """
    seen: Counter[str] = Counter()
    for finding in findings:
        name = _name(finding)
        seen[name] += 1
        yield {FINGERPRINT: f"{name}:{seen[name]}"}


def _name(finding: Finding) -> str:
    file = finding.place.file if finding.place else ""
    about = (render_path(finding.path), finding.about or "")
    parts = (finding.code, file, finding.cluster or "", *(about if any(about) else (finding.message,)))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
