"""A line on work that takes long, for who watches."""

from __future__ import annotations

import io
import os
import pty
import sys
import time

import pytest

from trimtab.doors.terminal import Progress, is_watched, show_progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def watch(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Make stderr a terminal outside any CI; called in a test, since pytest puts its own there before each."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    return stream


def wait_for(stream: Terminal, text: str) -> None:
    """Wait until a text is written, at most half a minute."""
    end = time.monotonic() + 30
    while text not in stream.getvalue() and time.monotonic() < end:
        time.sleep(0.005)
    assert text in stream.getvalue()


def test_quick_work_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes less than a second needs no word."""
    terminal = watch(monkeypatch)
    with show_progress() as tell:
        tell("plan")
    assert terminal.getvalue() == ""


def test_long_work_says_what_is_done_and_cleans_up() -> None:
    """The line is written anew for each step, and erased at the end."""
    stream = Terminal()
    progress = Progress(stream, after=0.01)
    progress.start()
    progress.tell("plan")
    wait_for(stream, "plan …")
    progress.tell("build")
    progress.stop()
    progress.tell("write")
    assert stream.getvalue().endswith("build …\r\x1b[2K")


def test_nothing_is_written_after_the_end() -> None:
    """A timer that comes late finds the work done."""
    stream = Terminal()
    progress = Progress(stream)
    progress.start()
    progress.stop()
    progress._show()
    assert stream.getvalue() == ""


def test_a_failure_takes_the_line_away_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """The traceback stands on a line of its own."""
    terminal = watch(monkeypatch)

    def fail() -> None:
        with show_progress() as tell:
            tell("plan")
            wait_for(terminal, "plan …")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert terminal.getvalue().endswith("\r\x1b[2K")


@pytest.mark.parametrize(("name", "value"), [("CI", "true"), ("TERM", "dumb")])
def test_nobody_watches_a_ci(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """Some give their jobs a terminal, and keep every byte in a log."""
    terminal = watch(monkeypatch)
    assert is_watched(terminal)
    monkeypatch.setenv(name, value)
    assert not is_watched(terminal)


def test_nobody_watches_a_file() -> None:
    """Text that is redirected stays plain."""
    assert not is_watched(io.StringIO())


def test_a_real_terminal_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system calls a terminal counts."""
    watch(monkeypatch)
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb"), os.fdopen(theirs, "w") as stream:
        assert is_watched(stream)
