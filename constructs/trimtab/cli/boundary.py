"""The error boundary: the only place where an exception becomes text and an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from typing import Any

from trimtab.doors.errors import OutsideError
from trimtab.findings.exit_codes import ExitCode


def run_guarded(command: Callable[..., Any]) -> int:
    """Run a command.

    Args:
        command: A command; called with `standalone_mode=False`, so that its exceptions come here.

    Returns:
        The exit code: what the command returned, 2 for wrong usage, 3 when the outside world failed, 70 for a bug of
        ours, 130 when interrupted.
    """
    try:
        code = command(standalone_mode=False)
    except KeyboardInterrupt:
        _say("interrupted")
        return ExitCode.INTERRUPTED
    except OutsideError as error:
        _say(f"error: {error.message}", f"  = help: {error.help}" if error.help else "")
        return ExitCode.OUTSIDE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    except Exception as error:  # noqa: BLE001 - whatever it is, it is our bug, and says so
        left = _read_leaving(error)
        if left is None:
            _say(traceback.format_exc(), "error: this is a bug in trimtab; please report it with the lines above")
            return ExitCode.BUG
        code = left
    if code == ExitCode.INTERRUPTED:  # what the library makes of Ctrl-C, with no word of its own
        _say("interrupted")
    return int(code or 0)


def _read_leaving(error: Exception) -> int | None:
    """Give the exit code where an exception is how the library that reads flags leaves; nothing where it is not."""
    if "typer" not in sys.modules:  # importing it takes as long as a quick run
        return None
    import typer

    if isinstance(error, typer.TyperException):
        message = error.format_message().replace(": Value error, ", ": ")  # a word of the library that parses flags
        _say(f"error: {message}", "  = help: `trimtab --help` lists commands and flags")
        return ExitCode.USAGE
    if isinstance(error, typer.Abort):
        return ExitCode.INTERRUPTED
    return error.exit_code if isinstance(error, typer.Exit) else None


def _say(*lines: str) -> None:
    for line in lines:
        if line:
            sys.stderr.write(f"{line}\n")
