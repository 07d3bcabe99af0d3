"""The flags that commands share: the same words everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trimtab.cli.completion import complete_clusters
from trimtab.cli.formats import Format

Clusters = Annotated[
    list[str] | None,
    typer.Argument(
        help="Only these clusters, by name. Default: all.", show_default=False, autocompletion=complete_clusters
    ),
]
Root = Annotated[
    Path, typer.Option("--root", "-C", help="The top of the repository, the folder that holds apps/.", metavar="DIR")
]
FormatFlag = Annotated[Format, typer.Option("--format", help="How findings are printed.")]
Strict = Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Print what was derived, and from what.")]
NoCache = Annotated[
    bool,
    typer.Option(
        "--no-cache", help="Take nothing from the user's cache, and keep nothing there.", envvar="TRIMTAB_NO_CACHE"
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        min=1,
        max=64,
        help="How many processes share the work. Default: one a core, 8 at most; one where there is little.",
        show_default=False,
        metavar="N",
        envvar="TRIMTAB_JOBS",
    ),
]
Base = Annotated[
    str | None,
    typer.Option(
        "--base",
        help="The Git revision to compare with, `none` for no comparison. Default: where HEAD left the default branch.",
        show_default=False,
        metavar="REV",
    ),
]
