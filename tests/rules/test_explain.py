"""`trimtab explain`: every code can be asked about."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from trimtab.cli.main import app
from trimtab.rules.codes import CODES
from trimtab.rules.examples import known_examples


def explain(*words: str) -> tuple[int, str]:
    """Run `trimtab explain` and give its exit code and all it prints."""
    result = CliRunner().invoke(app, ["explain", *words], standalone_mode=False)
    return result.return_value or result.exit_code, result.output


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained(code: str) -> None:
    """Meaning, reason and weight are there, and the example where there is one."""
    status, said = explain(code)
    example = known_examples().get(code)
    assert status == 0
    assert all(part in said for part in (CODES[code].meaning, CODES[code].why, CODES[code].word))
    assert example is None or f"$ {example.command}" in said


def test_without_a_code_all_are_listed() -> None:
    """One line a code, in alphabetical order."""
    _, said = explain()
    assert [line.split()[0] for line in said.splitlines()] == sorted(CODES)


def test_a_mistyped_code_names_the_nearest() -> None:
    """Whoever slips a letter is led back."""
    assert explain("dead-helm-valu") == (
        2,
        "error: there is no code 'dead-helm-valu'\n  = help: did you mean 'dead-helm-value'?\n",
    )


def test_the_cure_is_what_the_finding_says() -> None:
    """Advice for everybody is repeated at the end; a guess at one typing error is not."""
    assert explain("overlapping-ranges")[1].endswith("what to do:\n  give each a range of its own\n")
    assert "what to do" not in explain("dead-helm-value")[1]
