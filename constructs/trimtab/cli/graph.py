"""`trimtab graph`: a picture of the applications and the order they are synced in."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from trimtab.cli.formats import Format
from trimtab.cli.options import Clusters, Root


class Drawing(StrEnum):
    """How the graph is written."""

    SVG = "svg"
    MERMAID = "mermaid"


def graph(
    clusters: Clusters = None,
    root: Root = Path(),
    format_: Annotated[Drawing, typer.Option("--format", help="How it is drawn.")] = Drawing.SVG,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write. Default: standard output.", metavar="FILE")
    ] = None,
) -> int:
    """Draw the applications of clusters, by wave, with a line to what waits for it.

    Builds the objects in memory, for manifests and constructs of yours wait for what they use, and writes nothing
    but the picture.
    """
    from trimtab.cli.printing import print_findings
    from trimtab.cli.progress import run_with_progress
    from trimtab.doors.disk_writing import write_atomically
    from trimtab.graph.graph import plan_graph
    from trimtab.graph.mermaid import render_mermaid
    from trimtab.graph.svg import render_svg
    from trimtab.pipeline import order_stages
    from trimtab.pipeline.state import Options

    state = run_with_progress(order_stages(), Options(root=root, clusters=tuple(clusters or ())))
    code = print_findings(state, Format.TEXT)
    planned = [plan_graph(one.name, one.plan) for one in state.clusters if one.plan is not None]
    drawn = [graph for graph in planned if graph.boxes]
    if drawn:
        text = render_svg(drawn) if format_ is Drawing.SVG else render_mermaid(drawn)
        if output is None:
            typer.echo(text, nl=False)
        else:
            write_atomically(output, text.encode())
    return code
