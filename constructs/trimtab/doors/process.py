"""The door to other programs: runs one, with a time limit, and never shows what it was given."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from trimtab.doors.errors import OutsideError

_LAST_LINES = 5
"""How much of what a program complained of is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a program ended."""

    code: int
    output: str
    complaint: str
    """What it wrote to stderr."""

    @property
    def last_words(self) -> str:
        """The last lines of its complaint, in one."""
        lines = [line.strip() for line in self.complaint.splitlines() if line.strip()]
        return " ".join(lines[-_LAST_LINES:]) or f"it ended with {self.code}"


class Runner(Protocol):
    """Runs a program: `run_program`, or a fake."""

    def __call__(self, command: Sequence[str], *, timeout_s: float) -> Ended:
        """Run a program to its end."""


def run_program(command: Sequence[str], *, timeout_s: float, more: Mapping[str, str] | None = None) -> Ended:
    """Run a program to its end, without anything on its stdin.

    Args:
        command: The program, found on the path, and its arguments: seen by everybody on the machine, so never a secret.
        timeout_s: Seconds after which it is stopped.
        more: Variables of its environment beside ours.

    Raises:
        OutsideError: It is not there, or takes too long.
    """
    name = command[0]
    try:
        done = subprocess.run(
            list(command),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout_s,
            check=False,
            env={**os.environ, **(more or {})},
        )
    except subprocess.TimeoutExpired as error:
        raise OutsideError(f"{name} did not answer within {timeout_s:g} s") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutsideError(f"cannot run {name}: {reason}", f"install {name}, or put it on the path") from error
    return Ended(
        code=done.returncode,
        output=done.stdout.decode("utf-8", "replace"),
        complaint=done.stderr.decode("utf-8", "replace"),
    )
