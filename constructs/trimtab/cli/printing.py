"""How a run ends on the terminal: its findings, once, and the exit code."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TextIO

from trimtab.cli.options import Format
from trimtab.findings.renderers import RENDERERS, Page
from trimtab.findings.report import Report
from trimtab.pipeline.state import State


def print_findings(state: State, format_: Format, *, strict: bool) -> int:
    """Print all findings of a run: text to stderr, what programs read to stdout.

    Returns:
        The exit code.
    """
    report = Report(findings=state.findings)
    for note in state.notes:
        if note:
            print(note, file=sys.stderr)
    stream = sys.stderr if format_ is Format.TEXT else sys.stdout
    colour = format_ is Format.TEXT and stream.isatty() and not os.environ.get("NO_COLOR")
    text = RENDERERS[format_](Page(report=report, sources=state.texts, colour=colour, width=_width(stream)))
    if report.findings or format_ is Format.JSON:
        stream.write(text)
        stream.flush()
    return report.exit_code(strict)


def _width(stream: TextIO) -> int | None:
    return shutil.get_terminal_size().columns if stream.isatty() else None
