"""Words for completion in a shell: what takes long to work out lies ready in a file, generated with the reference."""

from __future__ import annotations

from importlib.resources import files

WORDS_FILE = "codes.txt"
"""Every code of a finding, one a line, beside this module."""


def known_codes() -> tuple[str, ...]:
    """Give every code of a finding without importing the rules."""
    return tuple((files("trimtab.reference") / WORDS_FILE).read_text("utf-8").split())


def render_words() -> str:
    """Write the file that `known_codes` reads."""
    from trimtab.rules.codes import CODES

    return "".join(f"{code}\n" for code in CODES)
