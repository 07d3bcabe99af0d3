"""`trimtab check`: is anything wrong with the settings?"""

from __future__ import annotations

import os
from pathlib import Path

import typer

from trimtab.cli.options import Clusters, Format, FormatFlag, NoCache, Root, Strict, Verbose


def check(
    clusters: Clusters = None,
    root: Root = Path(),
    format_: FormatFlag = Format.TEXT,
    strict: Strict = False,
    verbose: Verbose = False,
    no_cache: NoCache = False,
) -> int:
    """Check settings, rules, plan and chart values. Builds nothing, writes nothing."""
    from trimtab.cli.printing import print_findings
    from trimtab.cli.progress import run_with_progress
    from trimtab.doors.cache import open_cache
    from trimtab.pipeline import check_stages
    from trimtab.pipeline.remembering import run_remembering
    from trimtab.pipeline.state import Options

    options = Options(root=root, clusters=tuple(clusters or ()), strict=strict)
    cache = None if no_cache or verbose else open_cache(os.environ)  # what is kept cannot say what was derived
    state = run_remembering("check", check_stages, options, cache, run=run_with_progress)
    if verbose:
        from trimtab.cli.explaining import render_plans

        typer.echo(render_plans(state), nl=False, err=format_ is not Format.TEXT)
    code = print_findings(state, format_)
    if not state.findings and format_ is Format.TEXT:
        names = ", ".join(state.cluster_names)
        typer.echo(f"nothing wrong: {names}", err=True)
    return code
