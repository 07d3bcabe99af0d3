"""Rows of text under each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trimtab.findings.cells import build_cells, render_harmless


def iter_columns(rows: Sequence[Sequence[str]], *, left: int = 2) -> Iterator[str]:
    """Write rows with their columns aligned: the first ones to the left, numbers to the right.

    Args:
        rows: The rows, the heading first, all of one length.
        left: How many columns hold words.
    """
    shown = [[render_harmless(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*shown, strict=True)]
    for row in shown:
        cells = [
            cell + _pad(cell, width) if position < left else _pad(cell, width) + cell
            for position, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield ("  " + "  ".join(cells)).rstrip()


def _width(text: str) -> int:
    return sum(cell.width for cell in build_cells(text))


def _pad(text: str, width: int) -> str:
    return " " * (width - _width(text))
