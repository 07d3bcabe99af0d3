"""A runner of programs that runs none: it answers from a table, and remembers what it was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trimtab.doors.errors import OutsideError
from trimtab.doors.process import Ended


class FakeRunner:
    """Answers a command by the first entry of a table whose words all stand in it."""

    def __init__(self, answers: Mapping[tuple[str, ...], Ended | OutsideError]) -> None:
        """Take the table, words to answer."""
        self._answers = answers
        self.asked: list[tuple[str, ...]] = []
        self.timeouts: list[float] = []

    def __call__(self, command: Sequence[str], *, timeout_s: float) -> Ended:
        """Answer as the program would; a command that no entry knows is a fault of the test."""
        self.asked.append(tuple(command))
        self.timeouts.append(timeout_s)
        for words, answer in self._answers.items():
            if set(words) <= set(command):
                if isinstance(answer, OutsideError):
                    raise answer
                return answer
        raise AssertionError(f"no answer for {list(command)}")


def ended(output: str = "", *, code: int = 0, complaint: str = "") -> Ended:
    """Give how a program ended."""
    return Ended(code=code, output=output, complaint=complaint)
