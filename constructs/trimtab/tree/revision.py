"""The output folder in an earlier revision: which clusters it has, and their files, from Git and never the disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from trimtab.doors.git import Repository, read_files, read_trees


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One commit that trees are compared with."""

    repository: Repository
    commit: str
    shown: str
    """The revision as the user would name it."""
    folder: str
    """The output folder, relative to the repository's folder."""
    trees: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Cluster to the hash of its folder there."""


def open_revision(repository: Repository, commit: str, shown: str, folder: str) -> Revision:
    """Look which clusters a commit has.

    Raises:
        OutsideError: Git failed.
    """
    trees = read_trees(repository, commit, folder)
    return Revision(repository=repository, commit=commit, shown=shown, folder=folder, trees=trees)


def read_revision(revision: Revision, paths: Iterable[str]) -> dict[str, bytes]:
    """Read files of the output folder, all at once.

    Args:
        revision: The revision.
        paths: Relative to the output folder, the cluster first.

    Returns:
        Bytes by path, for those that are there.

    Raises:
        OutsideError: Git failed.
    """
    start = f"{revision.folder}/" if revision.folder else ""
    found = read_files(revision.repository, revision.commit, [f"{start}{path}" for path in paths])
    return {path.removeprefix(start): content for path, content in found.items()}
