"""Cells of a Markdown table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trimtab.findings.path import render_path


def render_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; each cell is Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def render_code(text: str) -> str:
    """Write a text as code that may stand in a cell, whatever it holds; nothing for an empty one."""
    if not text:
        return ""
    one_line = " ".join(text.split("\n")).replace("|", "\\|")
    fence = "`" * (max(map(len, _runs(one_line)), default=0) + 1)
    blank = " " if one_line.startswith("`") or one_line.endswith("`") else ""
    return f"{fence}{blank}{one_line}{blank}{fence}"


def render_words(text: str) -> str:
    """Write words for a cell."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def render_key(path: tuple[str, ...]) -> str:
    """Write the path of a value."""
    return render_code(render_path(path))


def _runs(text: str) -> list[str]:
    return [run for run in "".join(sign if sign == "`" else " " for sign in text).split(" ") if run]
