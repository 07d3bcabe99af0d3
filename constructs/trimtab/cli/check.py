"""`trimtab check`: is anything wrong with the settings?"""

from __future__ import annotations

import sys
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
    from trimtab.pipeline import check_stages
    from trimtab.pipeline.state import Options, run_stages

    state = run_stages(check_stages(), Options(root=root, clusters=tuple(clusters or ())))
    if verbose:
        from trimtab.cli.explaining import render_plans

        typer.echo(render_plans(state), nl=False)
    code = print_findings(state, format_, strict=strict)
    if code == 0 and format_ is Format.TEXT and not state.findings:
        names = ", ".join(cluster.name for cluster in state.clusters)
        print(f"nothing wrong: {names}", file=sys.stderr)
    return code
