"""Findings as annotations on a pull request: the workflow commands that GitHub Actions reads from a log."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.findings.cells import render_harmless
from trimtab.findings.finding import Finding, Place, Related, Severity
from trimtab.findings.path import render_path
from trimtab.findings.report import Report

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render_github(report: Report) -> str:
    """Write a line a finding, each a workflow command; nothing for an empty report.

    Source: "Workflow commands for GitHub Actions" in GitHub's documentation, and for what is escaped the `command`
    module of GitHub's `actions/toolkit`.
    """
    return "".join(f"{_command(finding)}\n" for finding in report.findings)


def _command(finding: Finding) -> str:
    properties = dict(_iter_span(finding.place)) | {"title": finding.code}
    given = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
    message = _escape("\n".join(_iter_message(finding)))
    return f"::{_COMMANDS[finding.severity]} {given}::{message}"


def _iter_span(place: Place | None) -> Iterator[tuple[str, str]]:
    if place is None:
        return
    yield "file", place.file
    yield "line", str(place.line)
    # The runner throws columns away, with a complaint in the log, where a span has more than one line.
    if place.line == place.end_line:
        yield "col", str(place.column)
    yield "endLine", str(place.end_line)
    if place.line == place.end_line:
        yield "endColumn", str(place.end_column)


def _iter_message(finding: Finding) -> Iterator[str]:
    yield finding.message
    if finding.place is None and finding.path:
        yield f"at: {render_path(finding.path)}"
    for related in finding.related:
        yield _related(related)
    if finding.help:
        yield f"help: {finding.help}"


def _related(related: Related) -> str:
    if related.place is None:
        return f"note: {related.message}"
    return f"note: {related.place.file}:{related.place.line}:{related.place.column}: {related.message}"


def _escape(text: str) -> str:
    lines = text.replace("\r\n", "\n").split("\n")
    return "%0A".join(render_harmless(line).replace("%", "%25") for line in lines)


def _escape_property(text: str) -> str:
    return render_harmless(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
