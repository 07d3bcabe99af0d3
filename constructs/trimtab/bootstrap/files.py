"""What the files of day 0 are made of: names to texts, and the few forms that shell wants."""

from __future__ import annotations

import shlex
from collections.abc import Iterable

Files = dict[str, str]
"""Path below `bootstrap/` to text."""

SCRIPT = "#!/bin/sh\n"
"""POSIX shell, which Alpine's ash and Debian's dash both read."""


def render_lines(*lines: str) -> str:
    """Give lines as the text of a file; a line may hold several."""
    return "\n".join(lines) + "\n"


def render_script(purpose: str, *lines: str) -> str:
    """Give a shell script that stops at the first failure, with a comment that says what it is for."""
    return SCRIPT + render_lines(*(f"# {line}" for line in purpose.splitlines()), "set -eu", *lines)


def render_block(*lines: str) -> str:
    """Give lines as a block of shell in a Markdown page."""
    return "\n".join(("```shell", *lines, "```"))


def quote(text: str) -> str:
    """Give a word that shell reads as it stands."""
    return shlex.quote(text)


def quote_all(words: Iterable[str]) -> str:
    """Give several words, each as shell reads it, with a space between them."""
    return shlex.join(words)
