"""What writing a cluster's folder would do, and what forbids it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from trimtab.doors.disk import FileKind
from trimtab.findings.finding import Finding
from trimtab.tree.complaints import edited_index, edited_output, foreign_file, in_the_way, no_folder
from trimtab.tree.index import Index
from trimtab.tree.paths import INDEX_NAME
from trimtab.tree.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterPlan:
    """One cluster's folder: its new files, and how they differ from what stands there; paths are inside the folder."""

    cluster: str
    files: Mapping[str, bytes]
    changed: tuple[str, ...]
    """New files, and those with new bytes."""
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    """Generated once, and no longer."""
    foreign: tuple[str, ...]
    """Not ours: carried over as they are."""
    findings: tuple[Finding, ...]

    @property
    def is_up_to_date(self) -> bool:
        """Whether there is nothing to write."""
        return not self.changed and not self.removed


def plan_cluster(
    cluster: str, files: Mapping[str, bytes], standing: Standing, *, shown: str, discard_edits: bool = False
) -> ClusterPlan:
    """Work out what writing a cluster's folder would do.

    A file is ours when the inventory on the disk lists it. Ours with other bytes than the inventory says was edited by
    hand, unless it has the new bytes already. What is not ours stays, and forbids a new file in its place.

    Args:
        cluster: The cluster's name.
        files: The new bytes by path inside the folder.
        standing: What is there, compared with `files`.
        shown: The folder as findings shall name it.
        discard_edits: Write over edits, and over what stands in the way where no inventory says whose it is.
    """
    standing = _without_own_folders(standing, files)
    ours = _own_paths(standing)
    foreign = sorted(path for path in standing.kinds if path not in ours and path not in files)
    removed = sorted(path for path in standing.kinds if path in ours and path not in files)
    findings = [foreign_file(shown, path, standing.kinds[path]) for path in foreign]
    findings += _blocked(shown, files, frozenset(foreign), standing)
    if not discard_edits:
        findings += _edits(shown, standing)
    if not discard_edits or isinstance(standing.index, Index):
        findings += _squatters(shown, files, ours, standing)
    return ClusterPlan(
        cluster=cluster,
        files=files,
        changed=tuple(sorted(files.keys() - standing.same)),
        unchanged=tuple(sorted(standing.same)),
        removed=tuple(removed),
        foreign=tuple(foreign),
        findings=tuple(findings),
    )


def _without_own_folders(standing: Standing, files: Mapping[str, bytes]) -> Standing:
    """Leave out the folders of ours that hold nothing: somebody removed what was in them by hand."""
    if FileKind.FOLDER not in standing.kinds.values():
        return standing
    ours = parent_folders({*files, *standing.known})
    return replace(standing, kinds={path: kind for path, kind in standing.kinds.items() if path not in ours})


def _own_paths(standing: Standing) -> AbstractSet[str]:
    return standing.known.keys() | ({INDEX_NAME} if standing.index is not None else set())


def _edits(shown: str, standing: Standing) -> Iterator[Finding]:
    if isinstance(standing.index, Finding):
        yield edited_index(standing.index)
    for path, digest in sorted(standing.known.items()):
        if path in standing.kinds and path not in standing.same and standing.digests.get(path) != digest:
            yield edited_output(shown, path)


def _squatters(shown: str, files: Mapping[str, bytes], ours: AbstractSet[str], standing: Standing) -> Iterator[Finding]:
    """Name what stands at a new file's path and is not ours; an unreadable inventory is named instead of them all."""
    if isinstance(standing.index, Finding):
        return
    for path in sorted(files):
        if path in standing.kinds and path not in standing.same and path not in ours:
            yield in_the_way(shown, path, has_index=standing.index is not None)


def _blocked(
    shown: str, files: Mapping[str, bytes], foreign: AbstractSet[str], standing: Standing
) -> Iterator[Finding]:
    """Name what would have to be a file and a folder at once."""
    if standing.kind not in (FileKind.FOLDER, FileKind.NOTHING):
        yield no_folder(shown, standing.kind)
    for path in sorted(foreign & parent_folders(files)):
        yield in_the_way(shown, path, has_index=True)
    for path in sorted(files.keys() & parent_folders(foreign)):
        yield in_the_way(shown, path, has_index=True)


def parent_folders(paths: AbstractSet[str] | Mapping[str, bytes]) -> set[str]:
    """Gather the folders above these paths, the topmost left out."""
    folders: set[str] = set()
    for path in paths:
        while (path := path.rpartition("/")[0]) and path not in folders:
            folders.add(path)
    return folders
