"""Findings for people: the message, the place, the source with the span marked, and the cure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trimtab.findings.cells import render_harmless
from trimtab.findings.finding import Finding, Place, Severity
from trimtab.findings.marked_line import mark_line
from trimtab.findings.paint import Ink, paint
from trimtab.findings.path import render_path
from trimtab.findings.report import Report
from trimtab.findings.source_lines import SourceLines

DEFAULT_WIDTH = 120
"""Columns for a line of source where nobody says how wide the screen is, such as in the log of a build."""

SOFT_NOTE = "soft: may be allowed with a reason, see 'allow:'"

_LEAST_ROOM = 20
_INKS = {Severity.ERROR: Ink.ERROR, Severity.WARNING: Ink.WARNING, Severity.NOTE: Ink.NOTE}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """What the lines of one finding share."""

    lines: SourceLines
    colour: bool
    width: int
    gutter: int
    """Columns that the line numbers take."""

    def frame(self, text: str) -> str:
        return paint(text, Ink.FRAME, colour=self.colour)

    def bar(self, number: str = "") -> str:
        return self.frame(f"{number:>{self.gutter}} |")


def render_text(report: Report, sources: Mapping[str, str], *, colour: bool = False, width: int | None = None) -> str:
    """Write a report for people.

    Args:
        report: What was found.
        sources: The text of each file by the path that places name; a file that is missing is shown by its place only.
        colour: Whether to colour the words; nothing is said by colour alone.
        width: Columns of the screen, to which lines of source are cut; messages are never cut.

    Returns:
        A block a finding and a last line that counts them. Nothing from the user's text can steer a terminal.
    """
    lines = SourceLines(sources, report.findings)
    blocks: list[str] = []
    for finding in report.findings:
        style = _Style(lines=lines, colour=colour, width=width or DEFAULT_WIDTH, gutter=_gutter(finding))
        blocks.append("\n".join(_iter_lines(finding, style)))
    return "\n\n".join((*blocks, render_counts(report))) + "\n"


def render_counts(report: Report) -> str:
    """Say how many findings there are: `1 error, 2 warnings`."""
    counts = [(count, severity) for severity, count in report.counts().items() if count]
    return ", ".join(f"{count} {severity}{'s' if count > 1 else ''}" for count, severity in counts) or "nothing wrong"


def _gutter(finding: Finding) -> int:
    places = (finding.place, *(related.place for related in finding.related))
    return max((len(str(place.line)) for place in places if place is not None), default=1)


def _iter_lines(finding: Finding, style: _Style) -> Iterator[str]:
    yield from _iter_head(finding, style)
    if finding.place is not None:
        yield from _iter_place("-->", finding.place, finding.label, _INKS[finding.severity], style)
    elif finding.path:
        yield f"{' ' * style.gutter}{style.frame('-->')} {render_harmless(render_path(finding.path))} (not in a file)"
    for related in finding.related:
        if related.place is not None:
            yield from _iter_place(":::", related.place, related.message, Ink.FRAME, style)
    for word, text in _iter_notes(finding):
        yield from _iter_note(word, text, style)


def _iter_head(finding: Finding, style: _Style) -> Iterator[str]:
    first, *others = _text_lines(finding.message)
    level = paint(f"{finding.severity}[{render_harmless(finding.code)}]", _INKS[finding.severity], colour=style.colour)
    yield level + paint(f": {first}".rstrip(), Ink.STRONG, colour=style.colour)
    yield from (f"    {line}".rstrip() for line in others)


def _iter_place(arrow: str, place: Place, label: str | None, ink: Ink, style: _Style) -> Iterator[str]:
    line = style.lines.line_at(place)
    said = render_harmless(label or "").strip()
    if arrow == ":::":
        yield style.bar()
    where = f"{' ' * style.gutter}{style.frame(arrow)} {render_harmless(place.file)}:{place.line}:{place.column}"
    if line is None:
        yield f"{where}: {said}" if said else where
    else:
        yield where
        yield from _iter_snippet(line, place, said, (ink, "^" if arrow == "-->" else "-"), style)


def _iter_snippet(line: str, place: Place, said: str, mark: tuple[Ink, str], style: _Style) -> Iterator[str]:
    ink, sign = mark
    end = place.end_column - 1 if place.end_line == place.line else len(line.rstrip())
    room = max(_LEAST_ROOM, style.width - style.gutter - len(" | "))
    marked = mark_line(line, place.column - 1, end, room=room)
    under = paint(f"{sign * marked.length} {said}".rstrip(), ink, colour=style.colour)
    yield style.bar()
    yield f"{style.bar(str(place.line))} {marked.text}".rstrip()
    yield f"{style.bar()} {' ' * marked.indent}{under}"


def _iter_notes(finding: Finding) -> Iterator[tuple[str, str]]:
    for related in finding.related:
        if related.place is None:
            yield "note", related.message
    if finding.soft and finding.severity is Severity.ERROR:
        yield "note", SOFT_NOTE
    if finding.help:
        yield "help", finding.help


def _iter_note(word: str, text: str, style: _Style) -> Iterator[str]:
    first, *others = _text_lines(text)
    ink = Ink.HELP if word == "help" else Ink.NOTE
    head = f"{' ' * style.gutter} {style.frame('=')} {paint(f'{word}:', ink, colour=style.colour)}"
    yield f"{head} {first}".rstrip()
    indent = " " * (style.gutter + len(f" = {word}: "))
    yield from (f"{indent}{line}".rstrip() for line in others)


def _text_lines(text: str) -> list[str]:
    return [render_harmless(line) for line in text.strip().replace("\r\n", "\n").split("\n")]
