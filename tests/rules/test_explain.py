"""`trimtab explain`: every code can be asked about."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout

import pytest
from typer.main import get_command

from trimtab.cli.main import app
from trimtab.rules.codes import CODES
from trimtab.rules.examples import known_examples

COMMAND = get_command(app)
"""Made once: that takes sixty times as long as to explain a code."""


def explain(*words: str) -> tuple[int, str]:
    """Run `trimtab explain` and give its exit code and all it prints."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        status = COMMAND(["explain", *words], standalone_mode=False)
    return status, said.getvalue()


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained(code: str) -> None:
    """Meaning, reason, weight and cure are there, and an example, or how it comes about."""
    status, said = explain(code)
    example = known_examples()[code]
    assert status == 0
    assert all(part in said for part in (CODES[code].meaning, CODES[code].why, CODES[code].word, CODES[code].cure))
    assert (f"$ {example.command}\n" in said) if example.command else example.told in said


def test_without_a_code_all_are_listed() -> None:
    """One line a code, in alphabetical order."""
    _, said = explain()
    assert [line.split()[0] for line in said.splitlines()] == sorted(CODES)


def test_a_mistyped_code_names_the_nearest() -> None:
    """Whoever slips a letter is led back."""
    assert explain("dead-helm-valu") == (
        2,
        "error: there is no code and no setting 'dead-helm-valu'\n  = help: did you mean 'dead-helm-value'?\n",
    )


def test_a_mistyped_setting_of_one_word_names_the_nearest() -> None:
    """Nobody knows yet whether a word was to be a code."""
    assert "did you mean 'rook'?" in explain("rok")[1]


def test_what_to_do_comes_last() -> None:
    """Whoever reads a long example finds the cure at its end, where the cursor is."""
    assert explain("overlapping-ranges")[1].endswith(f"\nwhat to do:\n\n  {CODES['overlapping-ranges'].cure}\n")


def test_what_no_file_shows_is_told() -> None:
    """Whoever reads an example of a server that fails is told what it answers, not how a test plays it."""
    said = explain("repository-unreachable")[1]
    assert "for example:\n\n  https://charts.example.org answers every request with 503.\n" in said
    assert "scene.yaml" not in said


def test_a_code_without_an_example_says_how_it_comes_about() -> None:
    """No repository shows a setting that was renamed before one is."""
    said = explain("setting-renamed")[1]
    assert "how it comes about:\n\n  A release renames a setting" in said
    assert "for example:" not in said
