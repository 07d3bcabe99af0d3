"""What `trimtab chart` does: build, make charts, write them, tell."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import typer

from trimtab.catalogue.chart import ChartPin
from trimtab.charts.errors import ChartError
from trimtab.charts.folders import CACHE_NAME, ArchiveFolders, find_archive
from trimtab.charts.lockfile import Lock
from trimtab.cli.formats import Format
from trimtab.cli.printing import print_findings
from trimtab.cli.progress import run_with_progress
from trimtab.doors.cache import open_cache
from trimtab.findings.suggest import suggest
from trimtab.own_charts.folder import write_charts
from trimtab.pipeline import build_stages
from trimtab.pipeline.charting import Charts, FindArchive, list_components, plan_charts
from trimtab.pipeline.locking import load_lock, tell_error
from trimtab.pipeline.state import ClusterState, Options, State


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartJob:
    """What the user asked for."""

    options: Options
    component: str | None
    output: Path | None
    with_dependencies: bool
    format_: Format

    @property
    def folder(self) -> Path:
        """The folder that charts go to."""
        [cluster] = self.options.clusters
        name = f"{cluster}_{self.component}" if self.component else cluster  # no cluster's name has a `_`
        return self.output or self.options.root / "build" / "charts" / name

    @property
    def shown(self) -> str:
        """The folder as the user would write it."""
        return replace(self.options, dist=self.folder).shown_output


def write_cluster_charts(job: ChartJob) -> int:
    """Build a cluster, make its charts and write them, unless something is wrong.

    Returns:
        The exit code.

    Raises:
        OutsideError: The disk refuses.
        typer.BadParameter: The cluster has no such component.
    """
    state = run_with_progress(build_stages(), job.options)
    if state.forbids_writing or not state.clusters:
        return print_findings(state, job.format_)
    [cluster] = state.clusters
    _check_component(job, cluster)
    try:
        charts = plan_charts(cluster, component=job.component, find_archive=_make_finder(job))
    except ChartError as error:
        return print_findings(state.found(tell_error(error, ())), job.format_)
    return _write(job, state.found(*charts.findings), charts)


def _write(job: ChartJob, state: State, charts: Charts) -> int:
    if state.forbids_writing:
        return print_findings(state, job.format_)
    written = write_charts(
        job.folder, charts.files, charts.fetched, shown=job.shown, discard_edits=job.options.discard_edits
    )
    state = state.found(*written.findings)
    code = print_findings(state.noted(*_tell_left_out(job, charts)), job.format_)
    if not written.findings:
        counts = f"{written.changed} written, {written.unchanged} unchanged, {written.removed} removed"
        sys.stderr.write(f"{job.shown}: {counts}\n")
    return code


def _tell_left_out(job: ChartJob, charts: Charts) -> tuple[str, ...]:
    files = [f"{name} is left out or not whole: upstream has files for it, and no chart" for name in charts.without]
    if charts.fetched and not job.with_dependencies:
        files.append("upstream's charts are left out: --with-dependencies, or `helm dependency build` in each folder")
    return tuple(files)


def _check_component(job: ChartJob, cluster: ClusterState) -> None:
    there = list_components(cluster.require_plan())
    if job.component is None or job.component in there:
        return
    near = suggest(job.component, there)
    advice = f"did you mean {near}?" if near else f"there are: {', '.join(there)}"
    raise typer.BadParameter(f"{cluster.name} has no component {job.component}; {advice}")


def _make_finder(job: ChartJob) -> FindArchive | None:
    """Give what finds archives in the repository and the user's cache; nothing where none are wanted.

    Raises:
        ChartError: `chart-lock-unreadable`.
    """
    if not job.with_dependencies:
        return None
    root = job.options.root
    lock = load_lock(root) or Lock()
    return partial(_find, lock, ArchiveFolders(root=root, cache=open_cache(os.environ, CACHE_NAME)))


def _find(lock: Lock, folders: ArchiveFolders, pin: ChartPin) -> bytes:
    return find_archive(lock, pin, folders)
