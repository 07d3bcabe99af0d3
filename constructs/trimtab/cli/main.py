"""The command `trimtab`: a flat table of commands."""

from __future__ import annotations

from typing import Annotated

import typer

from trimtab import __version__
from trimtab.cli.capacity import capacity
from trimtab.cli.chart import chart
from trimtab.cli.check import check
from trimtab.cli.explain import explain
from trimtab.cli.graph import graph
from trimtab.cli.images import images
from trimtab.cli.init import init
from trimtab.cli.lock import lock
from trimtab.cli.schema import schema
from trimtab.cli.secrets import secrets
from trimtab.cli.synth import synth
from trimtab.cli.upgrade import upgrade
from trimtab.cli.verify import verify
from trimtab.findings.exit_codes import ExitCode

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
app.command()(verify)
app.command()(schema)
app.command()(secrets)
app.command()(graph)
app.command()(upgrade)
app.command()(lock)
app.command()(capacity)
app.command()(images)
app.command()(chart)
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

    Exit codes: 0 nothing wrong, 1 errors found, 2 wrong usage, 3 the outside world failed, 4 a
    difference that was asked to fail, 70 a bug of ours, 130 interrupted.
    """
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(ExitCode.USAGE)
