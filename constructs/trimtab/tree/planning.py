"""Reads what stands in dist/ and works out, for all clusters at once, what writing them would do."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from trimtab.doors.disk import FileKind, list_folder
from trimtab.findings.finding import Finding, Severity
from trimtab.tree.complaints import cluster_without_settings, foreign_file
from trimtab.tree.file import FileSpec
from trimtab.tree.paths import path_in_cluster
from trimtab.tree.plan import ClusterPlan, parent_folders, plan_cluster
from trimtab.tree.standing import read_standing


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingPlan:
    """What a run would write, and what forbids it."""

    dist: Path
    clusters: tuple[ClusterPlan, ...]
    findings: tuple[Finding, ...]

    @property
    def is_refused(self) -> bool:
        """Whether there is an error, so that nothing may be written, for any cluster."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def plan_writing(
    dist: Path,
    trees: Mapping[str, Sequence[FileSpec]],
    *,
    known: Collection[str] = (),
    discard_edits: bool = False,
    shown: str | None = None,
) -> WritingPlan:
    """Compare the disk with the files that are to be there; changes nothing.

    Args:
        dist: The output folder; need not be there.
        trees: The files to be, by cluster.
        known: The clusters that have settings and are not in `trees`.
        discard_edits: Write over what was edited by hand.
        shown: The output folder as findings shall name it; its own name unless told.

    Raises:
        OutsideError: the disk cannot be read.
        ValueError: a file's path is not below its cluster, or would lead somewhere else.
    """
    shown = shown or dist.name or str(dist)
    plans = tuple(
        _plan_one(dist, cluster, trees[cluster], f"{shown}/{cluster}", discard_edits) for cluster in sorted(trees)
    )
    findings = [finding for plan in plans for finding in plan.findings]
    findings += _strangers(dist, {*trees, *known}, shown)
    return WritingPlan(dist=dist, clusters=plans, findings=tuple(findings))


def _plan_one(dist: Path, cluster: str, files: Sequence[FileSpec], shown: str, discard_edits: bool) -> ClusterPlan:
    wanted = contents_by_path(cluster, files)
    standing = read_standing(dist / cluster, wanted, shown=shown)
    return plan_cluster(cluster, wanted, standing, shown=shown, discard_edits=discard_edits)


def _strangers(dist: Path, clusters: Collection[str], shown: str) -> Iterator[Finding]:
    """Name what lies in dist/ itself and is no cluster's; names with a dot in front are Git's and the like."""
    for name, kind in list_folder(dist).items():
        if name in clusters or name.startswith("."):
            continue
        is_folder = kind is FileKind.FOLDER
        yield cluster_without_settings(f"{shown}/{name}") if is_folder else foreign_file(shown, name, kind)


def contents_by_path(cluster: str, files: Sequence[FileSpec]) -> dict[str, bytes]:
    """Turn files into bytes by path inside the cluster's folder.

    Raises:
        ValueError: a path is not below the cluster, leads somewhere else, comes twice, or is a file and a folder.
    """
    if not cluster or cluster.startswith(".") or "/" in cluster:
        raise ValueError(f"not the name of a cluster's folder: {cluster!r}")
    contents: dict[str, bytes] = {}
    for file in files:
        path = path_in_cluster(file.path)
        if file.path != f"{cluster}/{path}" or not _is_plain(path) or path in contents:
            raise ValueError(f"not a path of its own below {cluster}/: {file.path!r}")
        contents[path] = file.content
    if both := contents.keys() & parent_folders(contents):
        raise ValueError(f"a file and a folder at once: {sorted(both)}")
    return contents


def _is_plain(path: str) -> bool:
    return "\\" not in path and "\0" not in path and not {"", ".", ".."} & set(path.split("/"))
