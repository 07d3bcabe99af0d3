"""The door to the terminal: whether somebody is there, questions, and a line that says what is being done."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

_AFTER = 1.0
"""Seconds before anything is said: what is done sooner needs no word."""
_ERASE = "\r\x1b[2K"
"""Back to the beginning of the line, and empty it (ECMA-48 EL)."""


def is_answered() -> bool:
    """Tell whether a person can be asked: stdin and stderr are terminals, and this is no CI."""
    return sys.stdin.isatty() and is_watched(sys.stderr)


def is_watched(stream: TextIO) -> bool:
    """Tell whether a person watches a stream: a terminal that can move its cursor, and no CI (which may have one)."""
    return stream.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"


class Progress:
    """One line on stderr that says what is being done, from the second second on; gone when the work is.

    Between `start` and `stop` the line may be written at any time; what else is written to stderr must come after.
    """

    def __init__(self, stream: TextIO, after: float = _AFTER) -> None:
        self._stream = stream
        self._after = after
        self._now = ""
        self._is_shown = False
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def start(self) -> None:
        """Begin to wait for the second to pass."""
        self._timer = threading.Timer(self._after, self._show)
        self._timer.daemon = True
        self._timer.start()

    def tell(self, doing: str) -> None:
        """Say what is being done now, in a few words."""
        with self._lock:
            self._now = doing
            if self._is_shown:
                self._write()

    def stop(self) -> None:
        """Take the line away; nothing is written afterwards."""
        if self._timer is not None:
            self._timer.cancel()
        with self._lock:
            if self._is_shown:
                self._stream.write(_ERASE)
                self._stream.flush()
            self._is_shown = False
            self._after = -1.0

    def _show(self) -> None:
        with self._lock:
            if self._after >= 0:
                self._is_shown = True
                self._write()

    def _write(self) -> None:
        self._stream.write(f"{_ERASE}{self._now} …")
        self._stream.flush()


@contextmanager
def show_progress() -> Iterator[Callable[[str], None]]:
    """Show a line on work that takes more than a second, where a person watches stderr; nothing elsewhere.

    Gives:
        A function that takes what is being done now, in a few words.
    """
    if not is_watched(sys.stderr):
        yield lambda _: None
        return
    progress = Progress(sys.stderr)
    progress.start()
    try:
        yield progress.tell
    finally:
        progress.stop()
