"""`trimtab images`: every image of a cluster."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from trimtab.cli.formats import Format
from trimtab.cli.options import Clusters, Root


class Shape(StrEnum):
    """How the images are written."""

    TEXT = "text"
    JSON = "json"
    LIST = "list"
    SKOPEO = "skopeo"


def images(
    clusters: Clusters = None,
    root: Root = Path(),
    format_: Annotated[
        Shape,
        typer.Option("--format", help="`list`: one a line, for xargs. `skopeo`: for `skopeo sync --src yaml`."),
    ] = Shape.TEXT,
) -> int:
    """List every image, also those in arguments, environment, custom resources, values, and what operators take.

    Builds the objects in memory, renders the charts that `trimtab lock` has brought, and writes nothing.
    Of a chart that is not at hand the usual images are listed; the text and JSON say of which applications.
    """
    from trimtab.cli.images_work import print_images

    return print_images(tuple(clusters or ()), root, format_.value, Format.TEXT)
