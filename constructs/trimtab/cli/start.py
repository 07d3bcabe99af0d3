"""How the command line begins: the fewest imports that the arguments allow."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from trimtab.cli.boundary import run_guarded
from trimtab.cli.straight import read_straight

_RARELY = 1_000_000
"""Objects made before garbage is looked for: modules that load make many and no garbage, and looking takes a tenth of
the time that `check` needs."""


def run() -> None:
    """Run the command line and leave with its exit code."""
    gc.set_threshold(_RARELY)
    # no plugin has a say in our settings, and looking for some reads the metadata of every installed package
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    arguments = sys.argv[1:]
    code = run_guarded(read_straight(arguments, os.environ) or find_command(arguments))
    # all that is left goes with the process: to look for garbage in it once more takes a tenth of a run
    gc.freeze()
    sys.exit(code)


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
