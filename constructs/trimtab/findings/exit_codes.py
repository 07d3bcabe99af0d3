"""What the program's exit code says; the numbers are part of the API and covered by semantic versioning."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How a run ended.

    Source of the two large numbers: 70 is EX_SOFTWARE of BSD's sysexits; 130 is 128 + SIGINT, as shells report it.
    """

    OK = 0
    """Nothing wrong."""
    ERRORS = 1
    """Errors found, or warnings where warnings were asked to count."""
    USAGE = 2
    """A command, flag or argument that does not exist or does not fit."""
    OUTSIDE = 3
    """The outside world failed: disk, network, Git, a program."""
    DIFFERENCE = 4
    """A difference or a risk that the run was asked to fail on."""
    TIMEOUT = 5
    """Waited too long."""
    BUG = 70
    """A mistake of ours."""
    INTERRUPTED = 130
    """Stopped from the keyboard."""
