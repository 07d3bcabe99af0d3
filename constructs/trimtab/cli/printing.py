"""How a run ends on the terminal: its findings, once, and the exit code."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TextIO

from trimtab.cli.formats import Format
from trimtab.findings.code import Code
from trimtab.findings.finding import Finding
from trimtab.findings.renderers import RENDERERS, Page
from trimtab.findings.report import Report
from trimtab.pipeline.state import State


def print_findings(state: State, format_: Format) -> int:
    """Print all findings of a run: text to stderr, what programs read to stdout.

    Returns:
        The exit code.
    """
    return print_report(merge_clusters(state.findings), state.notes, state.texts, format_, strict=state.options.strict)


def print_report(
    findings: Iterable[Finding], notes: Iterable[str], texts: Mapping[str, str], format_: Format, *, strict: bool
) -> int:
    """Print findings and notes: text to stderr, what programs read to stdout.

    Args:
        findings: What was found.
        notes: Lines for stderr that are no findings.
        texts: The text of each file by the path that places name.
        format_: The form.
        strict: Whether a warning is enough to fail.

    Returns:
        The exit code.
    """
    report = Report(findings=tuple(findings))
    for note in notes:
        if note:
            sys.stderr.write(f"{note}\n")
    stream = sys.stderr if format_ is Format.TEXT else sys.stdout
    colour = format_ is Format.TEXT and stream.isatty() and not os.environ.get("NO_COLOR")
    codes = _codes() if format_ is Format.SARIF else {}
    page = Page(report=report, sources=texts, colour=colour, width=_width(stream), codes=codes)
    text = RENDERERS[format_](page)
    if report.findings or format_ in (Format.JSON, Format.SARIF):
        stream.write(text)
        stream.flush()
    return report.exit_code(strict)


def _codes() -> Mapping[str, Code]:
    from trimtab.rules.codes import CODES

    return CODES


def merge_clusters(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Make one finding of those that differ only in their cluster: they stand in a file that several share."""
    clusters: dict[Finding, set[str | None]] = {}
    for finding in findings:
        clusters.setdefault(replace(finding, cluster=None), set()).add(finding.cluster)
    return tuple(
        replace(finding, cluster=next(iter(names)) if len(names) == 1 else None) for finding, names in clusters.items()
    )


def _width(stream: TextIO) -> int | None:
    return shutil.get_terminal_size().columns if stream.isatty() else None
