"""The error boundary: the only place where an exception becomes text and an exit code."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from trimtab.doors.errors import OutsideError
from trimtab.findings.exit_codes import ExitCode

_UNWRITABLE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""What the system says of a stream that can take no more; of a file it says the name too."""

_USAGE = "`trimtab --help` lists commands and flags"


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
        sys.stdout.flush()
    except KeyboardInterrupt:
        _say("interrupted")
        return ExitCode.INTERRUPTED
    except OutsideError as error:
        _say(f"error: {error.message}", f"  = help: {error.help}" if error.help else "")
        return ExitCode.OUTSIDE
    except BrokenPipeError:
        _print_nowhere()
        return ExitCode.OK
    except Exception as error:  # noqa: BLE001 - whatever it is, it is our bug, and says so
        left = _read_leaving(error)
        if isinstance(error, OSError) and error.errno in _UNWRITABLE and error.filename is None:
            _print_nowhere()
            _say(f"error: cannot print: {(error.strerror or '').lower()}")
            return ExitCode.OUTSIDE
        if left is None:
            _say(traceback.format_exc(), "error: this is a bug in trimtab; please report it with the lines above")
            return ExitCode.BUG
        code = left
    if code == ExitCode.INTERRUPTED:  # what the library makes of Ctrl-C, with no word of its own
        _say("interrupted")
    return int(code or 0)


def _print_nowhere() -> None:
    """Let go what was printed and cannot be written, so that leaving does not try once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _read_leaving(error: Exception) -> int | None:
    """Give the exit code where an exception is how the library that reads flags leaves; nothing where it is not."""
    if "typer" not in sys.modules:  # importing it takes as long as a quick run
        return None
    import typer

    if isinstance(error, typer.TyperException):
        message = error.format_message().replace(": Value error, ", ": ")  # a word of the library that parses flags
        command = _command_of(error)
        usage = f"`trimtab {command} --help` lists the flags" if command else _USAGE
        _say(f"error: {message}", f"  = help: {usage}")
        return ExitCode.USAGE
    if isinstance(error, typer.Abort):
        return ExitCode.INTERRUPTED
    return error.exit_code if isinstance(error, typer.Exit) else None


def _command_of(error: Exception) -> str | None:
    """Give the name of the command that was asked wrongly; nothing where it is not known to be one."""
    context = getattr(error, "ctx", None)
    return str(context.info_name) if context is not None and context.parent is not None else None


def _say(*lines: str) -> None:
    with suppress(OSError):  # then nobody reads it, and the exit code says as much
        for line in lines:
            if line:
                sys.stderr.write(f"{line}\n")
