"""`trimtab chart`: a cluster's applications as Helm charts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trimtab.cli.completion import complete_option_cluster
from trimtab.cli.formats import Format
from trimtab.cli.options import FormatFlag, Root, Strict


def chart(  # noqa: PLR0913, PLR0917 - a flag each
    cluster: Annotated[str, typer.Argument(help="The cluster, by name.", autocompletion=complete_option_cluster)],
    component: Annotated[
        str | None,
        typer.Argument(
            help="Only this component's charts, or your own application's. Default: all.", show_default=False
        ),
    ] = None,
    root: Root = Path(),
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="The folder they go to. Default: build/charts/CLUSTER, or CLUSTER_COMPONENT there.",
            show_default=False,
            metavar="DIR",
        ),
    ] = None,
    with_dependencies: Annotated[
        bool,
        typer.Option("--with-dependencies", help="Put upstream's charts in, from where `trimtab lock` keeps them."),
    ] = False,
    discard_edits: Annotated[
        bool, typer.Option("--discard-edits", help="Write over what somebody edited by hand.")
    ] = False,
    format_: FormatFlag = Format.TEXT,
    strict: Strict = False,
) -> int:
    """Write a Helm chart for each application of a cluster, for those who install with helm.

    Each has upstream's chart as a dependency, with our values, a schema of them, our objects and a README.
    Builds the objects in memory and leaves dist/ as it is. No network.
    """
    from trimtab.cli.chart_work import ChartJob, write_cluster_charts
    from trimtab.pipeline.state import Options

    job = ChartJob(
        options=Options(root=root, clusters=(cluster,), strict=strict, discard_edits=discard_edits),
        component=component,
        output=output,
        with_dependencies=with_dependencies,
        format_=format_,
    )
    return write_cluster_charts(job)
