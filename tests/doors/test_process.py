"""Programs are run to their end, within a time, and what is wrong is told in words."""

from __future__ import annotations

import sys

import pytest

from trimtab.doors.errors import OutsideError
from trimtab.doors.process import run_program


def test_a_program_is_run_to_its_end() -> None:
    """Code, output and complaint are kept apart; stdin is empty, so nothing waits for a person."""
    program = "import sys; sys.stdin.read(); print('out'); print('one\\n\\ntwo', file=sys.stderr); sys.exit(3)"
    ended = run_program([sys.executable, "-c", program], timeout_s=20)
    assert (ended.code, ended.output, ended.last_words) == (3, "out\n", "one two")


def test_a_program_that_takes_too_long_is_stopped() -> None:
    """The message names the program and the time, and not its arguments."""
    with pytest.raises(OutsideError) as error:
        run_program([sys.executable, "-c", "import time; time.sleep(60)"], timeout_s=0.2)
    assert error.value.message == f"{sys.executable} did not answer within 0.2 s"


def test_a_program_that_is_not_there_is_named() -> None:
    """The help says what would be right."""
    with pytest.raises(OutsideError) as error:
        run_program(["no-such-program", "secret"], timeout_s=1)
    assert error.value.message == "cannot run no-such-program: no such file or directory"
    assert "secret" not in f"{error.value.message}{error.value.help}"


def test_silence_is_told_by_its_code() -> None:
    """A program that fails without a word leaves its code."""
    assert run_program([sys.executable, "-c", "raise SystemExit(7)"], timeout_s=20).last_words == "it ended with 7"
