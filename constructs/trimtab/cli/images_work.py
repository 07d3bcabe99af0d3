"""What `trimtab images` does: build, render, list, print."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import typer

from trimtab.charts.errors import ChartError
from trimtab.cli.formats import Format
from trimtab.cli.images_text import render_text
from trimtab.cli.printing import print_findings
from trimtab.cli.progress import run_with_progress
from trimtab.images.listing import Listing
from trimtab.images.render import describe_listings, find_unsyncable, render_list, render_skopeo
from trimtab.pipeline import build_stages
from trimtab.pipeline.allowing import allow_findings
from trimtab.pipeline.image_checks import check_chart_images
from trimtab.pipeline.imaging import Renders, list_images
from trimtab.pipeline.locking import tell_error
from trimtab.pipeline.mirroring import leave_upstream_names, mirror_clusters
from trimtab.pipeline.rendering import open_renderer, render_cluster
from trimtab.pipeline.state import Options, Stage, State


def print_images(clusters: tuple[str, ...], root: Path, shape: str, format_: Format) -> int:
    """Print the images of clusters to stdout, and findings to stderr.

    Args:
        clusters: Only these; all when empty.
        root: The top of the repository.
        shape: `text`, `json`, `list` or `skopeo`.
        format_: The form of the findings.

    Returns:
        The exit code.

    Raises:
        OutsideError: The disk refuses, or helm cannot be run.
    """
    state = run_with_progress(_stages(), Options(root=root, clusters=clusters))
    try:
        renders = _render_charts(state, root)
    except ChartError as error:
        return print_findings(state.found(tell_error(error, ())), format_)
    built = [cluster for cluster in state.clusters if cluster.name in renders]
    state = allow_findings(
        state.found(*(one for cluster in built for one in check_chart_images(cluster, renders[cluster.name])))
    )
    listings = [list_images(cluster, renders[cluster.name]) for cluster in built]
    code = print_findings(state.noted(*_iter_notes(listings, shape)), format_)
    typer.echo(_render(listings, shape), nl=False)
    return code


def _stages() -> tuple[Stage, ...]:
    """Leave the images where upstream has them: whoever fills a mirror asks for them there."""
    return tuple(
        replace(stage, run=leave_upstream_names) if stage.run is mirror_clusters else stage for stage in build_stages()
    )


def _iter_notes(listings: list[Listing], shape: str) -> Iterator[str]:
    """Say what is missing where the form itself has no room for it."""
    for listing in listings if shape in ("list", "skopeo") else ():
        if listing.unseen:
            names = ", ".join(dict.fromkeys(one.application for one in listing.unseen))
            yield f"{listing.cluster}: not all images are certain, `--format text` says why: {names}"
    if shape == "skopeo" and (left := find_unsyncable(listings)):
        names = ", ".join(map(str, left))
        yield f"`skopeo sync --scoped` takes no registry with a port or an address, so that these are left out: {names}"


def _render_charts(state: State, root: Path) -> dict[str, Renders]:
    """Give what the charts of each cluster render, for those that could be built."""
    renderer = open_renderer(root, os.environ)
    return {
        cluster.name: render_cluster(cluster, renderer)
        for cluster in state.clusters
        if cluster.plan is not None and cluster.objects
    }


def _render(listings: list[Listing], shape: str) -> str:
    if shape == "json":
        return json.dumps(describe_listings(listings), indent=2) + "\n"
    if shape == "list":
        return render_list(listings)
    if shape == "skopeo":
        return render_skopeo(listings)
    return "\n".join(map(render_text, listings))
