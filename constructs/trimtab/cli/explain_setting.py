"""`trimtab explain` for a settings path: what it means, and with a cluster what stands there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from trimtab.findings.exit_codes import ExitCode

if TYPE_CHECKING:
    from trimtab.reference.lookup import Setting


_FORM = "a path is keys with dots between, `*` for any name and `[0]` for an item: nodes.*.disks[0].size"


def is_setting(text: str) -> bool:
    """Tell whether a settings path is asked for: it has a dot or brackets, or names a component or a top setting."""
    return any(sign in text for sign in ".[*") or text in names_of_settings()


def names_of_settings() -> tuple[str, ...]:
    """Give the settings that are named by one word: those at the top, and components."""
    from trimtab.reference.lookup import component_names
    from trimtab.reference.schema import read_settings_schema

    schema = read_settings_schema()
    return (*schema["properties"], *component_names(schema))


def explain_setting(text: str, cluster: str | None, root: Path) -> int:
    """Print what a setting means, and what a cluster has there.

    Args:
        text: The path, as people say it.
        cluster: The cluster's name; nothing where only the meaning is asked for.
        root: The top of the repository.
    """
    from trimtab.reference.explanation import render_setting, render_unknown
    from trimtab.reference.lookup import Unknown, find_setting, parse_setting
    from trimtab.reference.schema import read_settings_schema

    schema = read_settings_schema()
    path = parse_setting(text, schema)
    if path is None:
        typer.echo(f"error: '{text}' is neither a code nor a settings path\n  = help: {_FORM}", err=True)
        return ExitCode.USAGE
    found = find_setting(schema, path)
    if isinstance(found, Unknown):
        typer.echo(render_unknown(found), err=True, nl=False)
        return ExitCode.USAGE
    typer.echo(render_setting(schema, found), nl=False)
    return ExitCode.OK if cluster is None else _print_standing(cluster, root, found)


def _print_standing(cluster: str, root: Path, setting: Setting) -> int:
    from trimtab.cli.formats import Format
    from trimtab.cli.printing import print_findings
    from trimtab.pipeline.settling import load_clusters
    from trimtab.pipeline.state import Options, Stage, run_stages
    from trimtab.reference.standing import render_standing

    state = run_stages((Stage(name="load", run=load_clusters),), Options(root=root, clusters=(cluster,)))
    for one in state.clusters:
        typer.echo("\n" + render_standing(one.name, one.loaded.merged, setting), nl=False)
    return print_findings(state, Format.TEXT)
