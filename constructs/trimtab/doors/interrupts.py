"""The door to Ctrl-C: what was pressed is remembered, for Python may drop the exception that it becomes."""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import Any, NoReturn

_is_pressed = False


def remember_interrupts() -> None:
    """Remember Ctrl-C from now on; a process that was started to ignore it goes on ignoring it.

    The exception comes up wherever the process is.
    Where that is code that Python runs by itself, such as what tidies up after an import, Python prints it and goes on
    (Python's documentation of sys.unraisablehook).
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _press)
        sys.unraisablehook = _tell_dropped


def raise_if_interrupted() -> None:
    """Raise KeyboardInterrupt where Ctrl-C was pressed and the run went on all the same."""
    if _is_pressed:
        raise KeyboardInterrupt


def _press(_: int, __: FrameType | None) -> NoReturn:
    global _is_pressed  # noqa: PLW0603 - a signal is the process's, and so is what is known of it
    _is_pressed = True
    raise KeyboardInterrupt


def _tell_dropped(dropped: Any) -> None:
    if not issubclass(dropped.exc_type, KeyboardInterrupt):  # that one comes up again
        sys.__unraisablehook__(dropped)
