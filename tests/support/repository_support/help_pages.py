"""The generated part of docs/cli.md: every command's own help; run this file to write it anew."""

from __future__ import annotations

import io
import os
from contextlib import redirect_stdout
from pathlib import Path
from unittest import mock

from trimtab.cli.main import app

PAGE = Path(__file__).resolve().parents[3] / "docs" / "cli.md"
BEGIN, END = "<!-- commands -->\n", "<!-- /commands -->\n"


def render_commands() -> str:
    """Write a section a command, in the order that `--help` lists them, with the help it prints at 80 columns."""
    names = [info.name or getattr(info.callback, "__name__", "") for info in app.registered_commands]
    sections = [f"### trimtab {name}\n\n```text\n{render_help(name)}```\n" for name in names]
    return "\n".join(sections)


def render_help(*command: str) -> str:
    """Give what `trimtab <command> --help` prints."""
    out = io.StringIO()
    with mock.patch.dict(os.environ, {"COLUMNS": "80"}), redirect_stdout(out):
        app(args=[*command, "--help"], prog_name="trimtab", standalone_mode=False)
    return out.getvalue()


def insert_commands(page: str) -> str:
    """Give the page with its generated part as it has to be."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{render_commands()}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(insert_commands(PAGE.read_text()))
