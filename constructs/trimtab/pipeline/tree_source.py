"""The tree that `trimtab verify` is asked about: a folder, a file, or a revision in Git."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from trimtab.doors.disk import FileKind, read_kind
from trimtab.doors.errors import OutsideError
from trimtab.doors.git import find_repository, read_commit, read_remotes, read_trees
from trimtab.settings.folders import APPS
from trimtab.tree.manifest_files import ManifestFiles, read_commit_folder, read_file, read_folder

_OUTPUT = "dist"


class NoTreeError(Exception):
    """There is neither such a folder nor such a revision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeSource:
    """The files of a tree, and where it lies."""

    files: ManifestFiles
    shown: str
    """What its paths begin with when they are shown: empty, or with `/` at its end."""
    prefix: str | None
    """Where it lies in its repository, with `/` at its end; nothing where it lies in none."""
    folder: Path | None = None
    """Where it lies on the disk; nothing for a revision."""
    commit: str | None = None
    remotes: tuple[str, ...] = ()
    """The addresses of its repository's remotes; never to be shown, for one may hold a password."""


def open_tree(asked: str | None) -> TreeSource:
    """Read the tree that somebody asked about.

    Args:
        asked: A folder, a file, a revision, or `REVISION:FOLDER`. Default: `dist` in a repository of ours, else the
            folder that the command runs in; the same in a revision without a folder.

    Raises:
        NoTreeError: There is neither such a folder nor such a revision.
        OutsideError: The disk or Git refused.
    """
    if asked is None:
        asked = _OUTPUT if all(read_kind(Path(name)) is FileKind.FOLDER for name in (APPS, _OUTPUT)) else "."
    path = Path(asked)
    kind = read_kind(path.resolve()) if asked else FileKind.NOTHING
    if kind is FileKind.FOLDER:
        return _open_folder(path)
    if kind is FileKind.FILE:
        shown = "" if path.parent == Path() else f"{path.parent}/"
        return _place(read_file(path), shown, path.parent)
    return _open_revision(asked)


def _open_folder(folder: Path) -> TreeSource:
    shown = "" if folder == Path() else f"{folder}/"
    return _place(read_folder(folder), shown, folder)


def _place(files: ManifestFiles, shown: str, folder: Path) -> TreeSource:
    try:
        repository = find_repository(folder)
        remotes = read_remotes(repository) if repository else ()
    except OutsideError:  # Git is not there, or distrusts the folder: a tree can be looked at without it
        return TreeSource(files=files, shown=shown, prefix=None, folder=folder)
    prefix = repository.prefix if repository else None
    return TreeSource(files=files, shown=shown, prefix=prefix, folder=folder, remotes=remotes)


def _open_revision(asked: str) -> TreeSource:
    revision, colon, folder = asked.partition(":")
    folder = folder.strip("/").removeprefix("./")
    repository = find_repository(Path())
    commit = read_commit(repository, revision) if repository else None
    if repository is None or commit is None:
        raise NoTreeError(f"there is no folder '{asked}'" + (f" and no revision '{revision}'" if repository else ""))
    if not colon and {APPS, _OUTPUT} <= read_trees(repository, commit, "").keys():
        folder = _OUTPUT
    files = read_commit_folder(repository, commit, folder)
    shown = f"{folder}/" if folder else ""
    remotes = read_remotes(repository)
    return TreeSource(files=files, shown=shown, prefix=repository.prefix + shown, commit=commit, remotes=remotes)
