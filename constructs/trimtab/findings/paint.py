"""Colours for a terminal; they repeat what the words say and never say more."""

from __future__ import annotations

from enum import StrEnum


class Ink(StrEnum):
    """What a piece of text is, as the parameters of a terminal's SGR sequence (ECMA-48, section 8.3.117)."""

    ERROR = "1;31"
    WARNING = "1;33"
    NOTE = "1;36"
    HELP = "1;32"
    FRAME = "34"
    STRONG = "1"


def paint(text: str, ink: Ink, *, colour: bool) -> str:
    """Colour text for a terminal, or leave it as it is."""
    return f"\x1b[{ink}m{text}\x1b[0m" if colour and text else text
