"""docs/cli.md says what the command says."""

from __future__ import annotations

import re

from repository_support.help_pages import PAGE, insert_commands, render_help
from trimtab.findings.exit_codes import ExitCode

ROW = re.compile(r"^\| (\d+) \|", re.MULTILINE)


def test_help_in_the_docs_is_the_help_of_the_command() -> None:
    """When it is not: `python tests/support/repository_support/help_pages.py` writes it anew."""
    page = PAGE.read_text()
    assert insert_commands(page) == page


def test_every_exit_code_is_documented() -> None:
    """Those of the table are those of the code, in order."""
    assert [int(number) for number in ROW.findall(PAGE.read_text())] == sorted(ExitCode)


def test_first_help_names_exit_codes() -> None:
    """What scripts need first stands in `trimtab --help`."""
    said = " ".join(render_help().split())
    assert "0 nothing wrong, 1 errors found, 2 wrong usage, 3 the outside world failed" in said
