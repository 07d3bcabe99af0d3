"""`trimtab capacity`: what is asked for against what there is."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from trimtab.cli.formats import Format
from trimtab.cli.options import Clusters, Root


class Shape(StrEnum):
    """How the balance is written."""

    TEXT = "text"
    JSON = "json"


def capacity(
    clusters: Clusters = None,
    root: Root = Path(),
    format_: Annotated[Shape, typer.Option("--format", help="How it is written.")] = Shape.TEXT,
) -> int:
    """Show what pods and volumes ask for, with every copy, against machines and disks.

    Builds the objects in memory and writes nothing. Pods of charts that Argo CD renders are not counted.
    """
    import json

    from trimtab.capacity.table import describe_balance, render_balance
    from trimtab.cli.printing import print_findings
    from trimtab.cli.progress import run_with_progress
    from trimtab.pipeline import build_stages
    from trimtab.pipeline.measuring import measure_cluster
    from trimtab.pipeline.state import Options

    state = run_with_progress(build_stages(), Options(root=root, clusters=tuple(clusters or ())))
    code = print_findings(state, Format.TEXT)
    balances = [measure_cluster(one) for one in state.clusters if one.plan is not None and one.objects]
    if format_ is Shape.JSON:
        typer.echo(json.dumps([describe_balance(one) for one in balances], indent=2))
    else:
        typer.echo("\n".join(map(render_balance, balances)), nl=False)
    return code
