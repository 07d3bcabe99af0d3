"""Findings for programs: one JSON document, described by the schema in `json_schema`."""

from __future__ import annotations

import json

from trimtab.findings.finding import Finding, Place, Related
from trimtab.findings.path import render_path
from trimtab.findings.report import Report


def render_json(report: Report) -> str:
    """Write a report as JSON with one line break at its end.

    Only ASCII is used, so that no log, pipe or terminal can spoil it or be steered by it; lines and columns count
    from 1, the end column is the first one after the span.
    """
    document = {
        "findings": [_finding(finding) for finding in report.findings],
        "counts": {"errors": report.errors, "warnings": report.warnings, "notes": report.notes},
    }
    return json.dumps(document, indent=2, ensure_ascii=True) + "\n"


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "help": finding.help,
        "path": render_path(finding.path),
        "place": _place(finding.place),
        "related": [_related(related) for related in finding.related],
        "soft": finding.soft,
    }


def _related(related: Related) -> dict[str, object]:
    return {"message": related.message, "place": _place(related.place)}


def _place(place: Place | None) -> dict[str, object] | None:
    if place is None:
        return None
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
