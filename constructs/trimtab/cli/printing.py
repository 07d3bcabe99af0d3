"""How a run ends on the terminal: its findings, once, and the exit code."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import replace
from typing import TextIO

import typer

from trimtab.cli.options import Format
from trimtab.findings.finding import Finding
from trimtab.findings.renderers import RENDERERS, Page
from trimtab.findings.report import Report
from trimtab.pipeline.state import State


def print_findings(state: State, format_: Format) -> int:
    """Print all findings of a run: text to stderr, what programs read to stdout.

    Returns:
        The exit code.
    """
    report = Report(findings=merge_clusters(state.findings))
    for note in state.notes:
        if note:
            typer.echo(note, err=True)
    stream = sys.stderr if format_ is Format.TEXT else sys.stdout
    colour = format_ is Format.TEXT and stream.isatty() and not os.environ.get("NO_COLOR")
    text = RENDERERS[format_](Page(report=report, sources=state.texts, colour=colour, width=_width(stream)))
    if report.findings or format_ is Format.JSON:
        stream.write(text)
        stream.flush()
    return report.exit_code(state.options.strict)


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
