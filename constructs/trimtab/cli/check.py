"""`trimtab check`: is anything wrong with the settings?"""

from __future__ import annotations

from pathlib import Path

import typer

from trimtab.cli.options import Clusters, Format, FormatFlag, Root, Strict, Verbose


def check(
    clusters: Clusters = None,
    root: Root = Path(),
    format_: FormatFlag = Format.TEXT,
    strict: Strict = False,
    verbose: Verbose = False,
) -> int:
    """Check settings, rules, plan and chart values. Builds nothing, writes nothing."""
    from trimtab.cli.printing import print_findings
    from trimtab.cli.progress import run_with_progress
    from trimtab.pipeline import check_stages
    from trimtab.pipeline.state import Options

    state = run_with_progress(check_stages(), Options(root=root, clusters=tuple(clusters or ()), strict=strict))
    if verbose:
        from trimtab.cli.explaining import render_plans

        typer.echo(render_plans(state), nl=False, err=format_ is not Format.TEXT)
    code = print_findings(state, format_)
    if not state.findings and format_ is Format.TEXT:
        names = ", ".join(cluster.name for cluster in state.clusters)
        typer.echo(f"nothing wrong: {names}", err=True)
    return code
