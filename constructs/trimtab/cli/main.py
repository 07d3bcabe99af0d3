"""The command `trimtab`: a flat table of commands, and the one place that turns exceptions into words."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer

from trimtab import __version__
from trimtab.cli.boundary import run_guarded
from trimtab.cli.check import check
from trimtab.cli.explain import explain
from trimtab.cli.graph import graph
from trimtab.cli.init import init
from trimtab.cli.schema import schema
from trimtab.cli.secrets import secrets
from trimtab.cli.synth import synth
from trimtab.findings.exit_codes import ExitCode

_RARELY = 100_000
"""Objects made before garbage is looked for: modules that load make many and no garbage, and looking takes a tenth of
the time that `check` needs."""

app = typer.Typer(
    name="trimtab",
    invoke_without_command=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(check)
app.command()(explain)
app.command()(synth)
app.command()(schema)
app.command()(secrets)
app.command()(graph)
app.command()(init)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"trimtab {__version__}")
        raise typer.Exit


@app.callback()
def trimtab(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Turn one settings file per Kubernetes cluster into a GitOps repository that Argo CD syncs.

    Exit codes: 0 nothing wrong, 1 errors found, 2 wrong usage, 3 the outside world failed, 70 a bug of ours,
    130 interrupted.
    """
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(ExitCode.USAGE)


def run() -> None:
    """Run the command line and leave with its exit code."""
    gc.set_threshold(_RARELY)
    # no plugin has a say in our settings, and looking for some reads the metadata of every installed package
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    sys.exit(run_guarded(_command(sys.argv[1:])))


def _command(arguments: list[str]) -> Callable[..., Any]:
    """Give what runs these arguments.

    Flags before a command are read with pydantic even where nobody gave them, and importing that takes most of the time
    that help needs. Who begins with a command gave none, and goes without them.
    """
    group = typer.main.get_command(app)
    if arguments and not arguments[0].startswith("-"):
        group.params, group.add_help_option = [], False
    return group
