"""Writes clusters' folders into dist/: all of them or none, each whole at any moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from trimtab.doors.disk_writing import write_folder
from trimtab.doors.folder_exchange import exchange_folders
from trimtab.doors.folder_lock import WAIT_S, locked_folder
from trimtab.doors.workers import Agree, can_copy, run_together
from trimtab.findings.finding import Finding
from trimtab.tree.file import FileSpec
from trimtab.tree.plan import ClusterPlan
from trimtab.tree.planning import WritingPlan, plan_writing
from trimtab.tree.staging import Exchange, OnStep, staged_path, write_recovered, write_staged, write_swapped

_LEAST = 1500
"""The fewest files that a process is started for: it takes as long as writing a tenth of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What became of one cluster's folder; paths are inside it, sorted."""

    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    foreign: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run wrote, by cluster, or the findings that forbade it; warnings come with both."""

    written: Mapping[str, Written]
    findings: tuple[Finding, ...]


def write_all(
    dist: Path,
    trees: Mapping[str, Sequence[FileSpec]],
    *,
    known: Collection[str] = (),
    discard_edits: bool = False,
    shown: str | None = None,
    wait_s: float = WAIT_S,
    jobs: int = 1,
) -> Outcome:
    """Write clusters' folders, unless one of them may not be written.

    Args:
        dist: The output folder; made when it is not there.
        trees: The files to be, by cluster.
        known: The clusters that have settings and are not in `trees`.
        discard_edits: Write over what was edited by hand.
        shown: The output folder as findings shall name it; its own name unless told.
        wait_s: How long to wait for another run that writes, in seconds.
        jobs: How many processes may write at once.

    Raises:
        OutsideError: the disk refuses, or another run holds it; each folder is then whole, old or new.
    """
    write_folder(dist)
    with locked_folder(dist, wait_s=wait_s):
        write_recovered(dist, {*trees, *known})
        plan = plan_writing(dist, trees, known=known, discard_edits=discard_edits, shown=shown)
        written = {} if plan.is_refused else write_plan(plan, jobs=jobs)
    return Outcome(written=written, findings=plan.findings)


def write_plan(
    plan: WritingPlan, *, exchange: Exchange = exchange_folders, on_step: OnStep = lambda _: None, jobs: int = 1
) -> dict[str, Written]:
    """Do what a plan says: stage every folder, then let each change places with the old one.

    Folders whose bytes are all there already are not touched. The new files are not flushed to the disk one by one:
    after a loss of power, Git or another run brings them back. Call it while nobody else writes to the output folder.

    Args:
        plan: A plan without errors; its output folder is there.
        exchange: Lets two folders change names at once, or says that the system cannot.
        on_step: Called after each step on the disk with a word for it.
        jobs: How many processes may write at once; only one of them calls `on_step`.

    Raises:
        OutsideError: the disk refuses; what was staged is removed again.
        ValueError: the plan has an error among its findings.
    """
    if plan.is_refused:
        raise ValueError("a plan with errors must not be written")
    due = [cluster for cluster in plan.clusters if not cluster.is_up_to_date]
    if due:
        _write_due(plan.dist, due, exchange, on_step, jobs)
    return {cluster.cluster: _written(cluster) for cluster in plan.clusters}


def _write_due(dist: Path, due: Sequence[ClusterPlan], exchange: Exchange, on_step: OnStep, jobs: int) -> None:
    try:
        _write_all_staged(dist, due, on_step, jobs)
        for cluster in due:
            write_swapped(dist, cluster.cluster, exchange, on_step)
    finally:
        write_recovered(dist, [cluster.cluster for cluster in due], on_step=on_step)


def _write_all_staged(dist: Path, due: Sequence[ClusterPlan], on_step: OnStep, jobs: int) -> None:
    """Write every staged folder; in several processes where that pays, since making files is the system's work."""
    pairs = [(plan, staged_path(dist, plan.cluster, "new")) for plan in due]
    count = min(jobs, sum(len(plan.files) for plan in due) // _LEAST) if can_copy() else 1
    own, *others = [pairs[at :: max(count, 1)] for at in range(max(count, 1))]
    run_together(
        lambda _: _write_share(dist, own, on_step),
        [partial(_write_other, dist, share) for share in others],
    )


def _write_share(dist: Path, share: Sequence[tuple[ClusterPlan, Path]], on_step: OnStep) -> None:
    for plan, staged in share:
        write_staged(plan, dist / plan.cluster, staged, on_step)


def _write_other(dist: Path, share: Sequence[tuple[ClusterPlan, Path]], _: Agree) -> bytes:
    _write_share(dist, share, lambda _: None)
    return b""


def _written(plan: ClusterPlan) -> Written:
    return Written(changed=plan.changed, unchanged=plan.unchanged, removed=plan.removed, foreign=plan.foreign)
