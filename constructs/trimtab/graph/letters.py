"""How wide text is drawn: a table of our own, so that a picture does not depend on the fonts of a machine."""

from __future__ import annotations

import math

_HUNDREDTHS = {
    28: " .,:;'!|/\\ijlI·",
    33: "-()[]ft",
    39: 'r*"',
    50: "z",
    56: "abcdeghknopqsuvxyJ_#$0123456789",
    61: "FLTZ+=<>~^?",
    67: "BEPSVXYKA&",
    72: "CDHNRUw",
    78: "GOQ",
    89: "mM%@",
    94: "W",
}
"""Widths of letters in hundredths of the size of the font, after Helvetica's metrics."""

_WIDTHS = {letter: width for width, letters in _HUNDREDTHS.items() for letter in letters}
_ROOM = 1.26
"""How much wider the widest fonts draw that may stand in for it (DejaVu Sans Bold), so that text fits its box."""


def measure_text(text: str, size: int) -> int:
    """Give the width of a line of text, in pixels, with room for wider fonts.

    Args:
        text: The line.
        size: The size of its font in pixels.
    """
    return math.ceil(sum(_WIDTHS.get(letter, 100) for letter in text) * size * _ROOM / 100)
