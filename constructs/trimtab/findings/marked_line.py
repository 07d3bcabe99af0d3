"""One line of source with a part of it marked, cut to the room there is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate

from trimtab.findings.cells import build_cells

CUT = "…"
"""Stands where the rest of a line was left out; one column wide."""

_NEAR = 1000
"""Characters looked at on either side of a mark: more than any screen shows, few enough for a file of one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedLine:
    """A line ready to be printed, and what to print under it."""

    text: str
    indent: int
    """Columns before the mark."""
    length: int
    """Columns that the mark takes, at least one."""


def mark_line(line: str, start: int, end: int, *, room: int) -> MarkedLine:
    """Make a line fit and say where its mark goes.

    Args:
        line: The source line, without its line break.
        start: The first marked character, counting from 0; beyond the line means its end.
        end: The first character after the mark.
        room: Columns there are.

    Returns:
        The whole line where it fits, otherwise what stands around the mark, with `CUT` where something was left out.
    """
    start = min(max(start, 0), len(line))
    end = min(max(end, start), len(line))
    first, last = max(0, start - _NEAR), min(len(line), start + _NEAR)
    return _mark_near(line[first:last], start - first, min(end, last) - first, room, cut=(first > 0, last < len(line)))


def _mark_near(line: str, start: int, end: int, room: int, *, cut: tuple[bool, bool]) -> MarkedLine:
    cells = build_cells(line)
    columns = [0, *accumulate(cell.width for cell in cells)]
    low, high = (0, len(cells)) if columns[-1] <= room and not any(cut) else _fit(columns, start, end, room)
    before = CUT if low > 0 or cut[0] else ""
    after = CUT if high < len(cells) or cut[1] else ""
    return MarkedLine(
        text=before + "".join(cell.shown for cell in cells[low:high]) + after,
        indent=len(before) + columns[start] - columns[low],
        length=max(1, columns[min(end, high)] - columns[start]),
    )


def _fit(columns: list[int], start: int, end: int, room: int) -> tuple[int, int]:
    """Choose the characters to show: the mark, and as much on both sides as there is room for."""
    marked = columns[end] - columns[start]
    spare = room - 2 * len(CUT) - marked
    if spare < 0:
        return start, max(start, bisect_right(columns, columns[start] + room - 2 * len(CUT)) - 1)
    before, after = columns[start], columns[-1] - columns[end]
    left = min(before, max(spare // 2, spare - after))
    low = bisect_left(columns, before - left)
    # A line must not begin with an accent whose letter was cut away.
    low = min(start, bisect_right(columns, columns[low]) - 1)
    return low, max(end, bisect_right(columns, columns[end] + spare - left) - 1)
