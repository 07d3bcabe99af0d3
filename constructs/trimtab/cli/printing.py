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
from trimtab.findings.exit_codes import ExitCode
from trimtab.findings.finding import Finding
from trimtab.findings.renderers import RENDERERS, Page
from trimtab.findings.report import Report, split_allowed
from trimtab.pipeline.state import State

_SARIF = (Format.SARIF, Format.SARIF_ALL)


def print_findings(state: State, format_: Format) -> int:
    """Print all findings of a run: text to stderr, what programs read to stdout.

    Returns:
        The exit code.
    """
    findings = merge_clusters(state.all_findings)
    has_failed = state.failure is not None
    return print_report(findings, state.notes, state.texts, format_, strict=state.options.strict, has_failed=has_failed)


def print_report(
    findings: Iterable[Finding],
    notes: Iterable[str],
    texts: Mapping[str, str],
    format_: Format,
    *,
    strict: bool,
    has_failed: bool = False,
) -> int:
    """Print findings and notes: text to stderr, what programs read to stdout.

    Args:
        findings: What was found, and what of it is allowed.
        notes: Lines for stderr that are no findings.
        texts: The text of each file by the path that places name.
        format_: The form.
        strict: Whether a warning is enough to fail.
        has_failed: Whether the outside world keeps the run from its end.

    Returns:
        The exit code.
    """
    standing, allowed = split_allowed(findings)
    report = Report(findings=standing)
    for note in notes:
        if note:
            sys.stderr.write(f"{note}\n")
    stream = sys.stderr if format_ is Format.TEXT else sys.stdout
    colour = format_ is Format.TEXT and stream.isatty() and not os.environ.get("NO_COLOR")
    page = Page(
        report=report,
        sources=texts,
        colour=colour,
        width=_width(stream),
        codes=_codes() if format_ in _SARIF else {},
        allowed=allowed,
        exit_code=ExitCode.OUTSIDE if has_failed else report.exit_code(strict),
    )
    if report.findings or format_ in (Format.JSON, *_SARIF):
        stream.write(RENDERERS[format_](page))
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
