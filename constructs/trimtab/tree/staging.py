"""Puts a new folder beside the old one, lets them change places, and clears up after a run that was killed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection
from pathlib import Path

from trimtab.doors.disk import FileKind, list_folder, read_kind
from trimtab.doors.disk_writing import write_carried, write_folder, write_moved, write_new, write_removed
from trimtab.tree.plan import ClusterPlan, parent_folders

_LEFTOVER = re.compile(r"\.(?P<cluster>.*)\.(?P<stage>new|old|gone)-(?P<run>[0-9]{1,7})\Z")
"""No process has a longer number (proc(5), pid_max), and a day written as one is longer."""

Exchange = Callable[[Path, Path], bool]
OnStep = Callable[[str], None]


def staged_path(dist: Path, cluster: str, stage: str) -> Path:
    """Where this run keeps a cluster's folder while it is `new`, `old` or `gone`."""
    return dist / f".{cluster}.{stage}-{os.getpid()}"


def write_staged(plan: ClusterPlan, folder: Path, staged: Path, on_step: OnStep) -> None:
    """Write a cluster's new folder, with what others put into the old one.

    Args:
        plan: What the new folder is to hold.
        folder: The old one.
        staged: The new one, beside it.
        on_step: Called after each step on the disk with a word for it.

    Raises:
        OutsideError: the disk refuses; a part of the new folder is then left behind.
    """
    write_folder(staged)
    for inner in sorted(parent_folders(plan.files)):
        write_folder(staged / inner)
    on_step("folders made")
    prefix = f"{staged}/"
    for path, content in plan.files.items():
        write_new(prefix + path, content)
        on_step("file written")
    for path in plan.foreign:
        write_carried(folder / path, staged / path)
        on_step("file carried over")


def write_swapped(dist: Path, cluster: str, exchange: Exchange, on_step: OnStep) -> None:
    """Put the staged folder in the old one's place, in one step where the system can.

    Where it cannot, two renames do it; a run that is killed between them leaves the old folder and the new one whole
    under their stage names, and `write_recovered` finishes it.

    Raises:
        OutsideError: the system refuses.
    """
    staged, folder = staged_path(dist, cluster, "new"), dist / cluster
    if read_kind(folder) is FileKind.NOTHING:
        write_moved(staged, folder)
    elif not exchange(staged, folder):
        write_moved(folder, staged_path(dist, cluster, "old"))
        on_step("half swapped")
        write_moved(staged, folder)
    on_step("swapped")


def write_recovered(dist: Path, clusters: Collection[str], *, on_step: OnStep = lambda _: None) -> None:
    """Finish the swap that a killed run left half done, and remove what it left behind.

    Call it only while no other run writes to `dist`.

    Args:
        dist: The output folder.
        clusters: Whose folders may have been left half done; what looks like those of another is somebody's own.
        on_step: Called after each step on the disk with a word for it.

    Raises:
        OutsideError: something left behind cannot be moved or removed.
    """
    left = [match for match in map(_LEFTOVER.match, _folders(dist)) if match and match["cluster"] in clusters]
    for match in left:
        if match["stage"] == "old" and read_kind(dist / match["cluster"]) is FileKind.NOTHING:
            _finish(dist, match["cluster"], match["run"])
            on_step("swap finished")
    for match in left:
        _discard(dist, match, on_step)


def _folders(dist: Path) -> list[str]:
    return [name for name, kind in list_folder(dist).items() if kind is FileKind.FOLDER]


def _finish(dist: Path, cluster: str, run: str) -> None:
    """Bring the new folder in, which is whole once there is an old one; without it, the old one returns."""
    new, old = (dist / f".{cluster}.{stage}-{run}" for stage in ("new", "old"))
    write_moved(new if read_kind(new) is FileKind.FOLDER else old, dist / cluster)


def _discard(dist: Path, match: re.Match[str], on_step: OnStep) -> None:
    """Remove a folder under a name that nobody takes for a whole one, should this be killed too."""
    left, gone = dist / match[0], dist / f".{match['cluster']}.gone-{match['run']}"
    if left != gone and read_kind(left) is FileKind.FOLDER:
        write_removed(gone)
        write_moved(left, gone)
        on_step("set aside")
    write_removed(gone)
    on_step("removed")
