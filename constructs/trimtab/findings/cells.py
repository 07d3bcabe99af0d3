"""Text as a terminal shows it: what each character takes in columns, and what is shown instead of a harmful one."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

TAB_STOP = 4
"""Columns between two tab stops."""

_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"
_SKIN_TONES = range(0x1F3FB, 0x1F3FF + 1)
_INNER_JAMO = range(0x1160, 0x11FF + 1)
_HARMFUL = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_COMBINING = frozenset({"Mn", "Me"})


@dataclass(frozen=True, slots=True)
class Cell:
    """How one character is shown."""

    shown: str
    width: int
    """Columns of a terminal; 0 for what sits on the character before it."""


def build_cells(line: str) -> list[Cell]:
    """Say how each character of a line is shown: tabs as spaces, harmful and invisible characters by name.

    Harmful is what steers a terminal or reorders its text: control characters, escapes, directions, lone surrogates.

    Source of widths: Unicode Standard Annex 11 (wide and fullwidth take two columns), Annex 29 and Technical
    Standard 51 for joined emoji, skin tones and emoji presentation.
    """
    if line.isascii() and line.isprintable():
        return [Cell(char, 1) for char in line]
    cells: list[Cell] = []
    column = 0
    for index, char in enumerate(line):
        if char == "\t":
            cell = Cell(" " * (stop := TAB_STOP - column % TAB_STOP), stop)
        elif _is_joined(line, index):
            cell = Cell(char, 0)
        elif char == _EMOJI_STYLE and cells:
            cell = Cell(char, int(cells[-1].width == 1 and unicodedata.category(line[index - 1]) == "So"))
        else:
            cell = _build_cell(char)
        cells.append(cell)
        column += cell.width
    return cells


def render_harmless(text: str) -> str:
    """Write text on one line in which nothing can steer a terminal; a line break becomes a visible sign."""
    if text.isprintable():
        return text
    return "".join(cell.shown for cell in build_cells(text))


def _build_cell(char: str) -> Cell:
    category = unicodedata.category(char)
    if category in _HARMFUL:
        shown = _name(char)
        return Cell(shown, len(shown))
    if category in _COMBINING or ord(char) in _INNER_JAMO:
        return Cell(char, 0)
    return Cell(char, 2 if unicodedata.east_asian_width(char) in "WF" else 1)


def _name(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"<U+{code:04X}>"


def _is_joined(line: str, index: int) -> bool:
    """Tell whether a character melts into the emoji before it: a joiner between two, the one after it, a skin tone."""
    char = line[index]
    before = line[index - 1 : index] if index else ""
    if char == _JOINER:
        return _is_pictograph(before) and _is_pictograph(line[index + 1 : index + 2])
    if ord(char) in _SKIN_TONES:
        return _is_pictograph(before)
    return before == _JOINER and _is_pictograph(char) and index > 1 and _is_pictograph(line[index - 2])


def _is_pictograph(char: str) -> bool:
    return char == _EMOJI_STYLE or (char != "" and (unicodedata.category(char) == "So" or ord(char) in _SKIN_TONES))
