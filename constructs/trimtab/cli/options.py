"""The flags that commands share: the same words everywhere."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from trimtab.cli.completion import complete_clusters


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


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
