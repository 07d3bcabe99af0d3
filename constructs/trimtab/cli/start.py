"""How the command line begins: the fewest imports that the arguments allow."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from trimtab.cli.boundary import run_guarded
from trimtab.cli.straight import read_straight
from trimtab.doors.interrupts import remember_interrupts

_RARELY = 1_000_000
"""Objects made before garbage is looked for: modules that load make many and no garbage, and looking takes a tenth of
the time that `check` needs."""


def run() -> None:
    """Run the command line and leave with its exit code."""
    remember_interrupts()
    open_closed_streams()
    gc.set_threshold(_RARELY)
    # no plugin has a say in our settings, and looking for some reads the metadata of every installed package
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    arguments = sys.argv[1:]
    code = run_guarded(read_straight(arguments, os.environ) or find_command(arguments))
    # all that is left goes with the process: to look for garbage in it once more takes a tenth of a run
    gc.freeze()
    sys.exit(code)


def open_closed_streams() -> None:
    """Open to nowhere each of the three streams that the caller closed.

    Otherwise the next file would get its number, and what a program that we start prints would be written into it.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free, which is this one
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8", closefd=False))  # noqa: SIM115


def find_command(arguments: Sequence[str]) -> Callable[..., Any]:
    """Give what reads and runs these arguments with the library that reads flags.

    Flags before a command are read with pydantic even where nobody gave them, and importing that takes most of the time
    that help needs. Who begins with a command gave none, and goes without them.
    """
    import typer

    from trimtab.cli.main import app

    group = typer.main.get_command(app)
    if arguments and not arguments[0].startswith("-"):
        group.params, group.add_help_option = [], False
    return group
