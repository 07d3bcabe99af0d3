"""Reads the files of a tree that may hold manifests, from the disk or from a revision in Git."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from trimtab.doors.disk import FileKind, list_files, read_bytes, read_plain
from trimtab.doors.errors import OutsideError
from trimtab.doors.git import Repository, read_files, read_sizes
from trimtab.findings.finding import Finding, Place, Severity

SUFFIXES = (".yaml", ".yml", ".json")
_ALSO = "Kustomization"
"""A name that says what a folder is, and ends in none of them."""
_NOT_THE_TREE = frozenset({".git", ".venv", "node_modules"})
"""Folders of tools, which nobody applies."""
MOST_BYTES = 32 * 1024 * 1024
"""A larger file is not read: all definitions of a large project in one file are some 5 MB."""


@dataclass(slots=True, kw_only=True)
class ManifestFiles:
    """The files of a tree."""

    contents: dict[str, bytes] = field(default_factory=dict)
    """Bytes by path in the tree, in order."""
    names: frozenset[str] = frozenset()
    """The paths of all files there are, manifests or not."""
    passed_over: Counter[str] = field(default_factory=Counter)
    """How many files were not read, by what they are."""
    findings: list[Finding] = field(default_factory=list)


def read_folder(folder: Path) -> ManifestFiles:
    """Read all manifests below a folder; no symbolic link is followed.

    What cannot be read is a finding; nothing is raised for it.

    Raises:
        OutsideError: A folder cannot be read.
    """
    listed = list_files(folder, without=_NOT_THE_TREE)
    files = ManifestFiles(names=frozenset(listed))
    top = str(folder)
    for path in sorted(path for path in listed if _is_wanted(path)):
        kind = listed[path]
        if kind is not FileKind.FILE:
            files.passed_over[f"{kind}s"] += 1
            continue
        try:
            files.contents[path] = read_plain(f"{top}/{path}", MOST_BYTES)
        except OutsideError as error:
            files.findings.append(_unreadable(path, error))
    return files


def read_file(file: Path) -> ManifestFiles:
    """Read one file of manifests.

    Raises:
        OutsideError: It cannot be read.
    """
    return ManifestFiles(contents={file.name: read_bytes(file, limit=MOST_BYTES)})


def read_commit_folder(repository: Repository, commit: str, folder: str) -> ManifestFiles:
    """Read all manifests below a folder of a commit.

    Args:
        repository: Where.
        commit: The hash of a commit.
        folder: Relative to the repository's folder, without `/` at its end; empty for all.

    Raises:
        OutsideError: Git failed.
    """
    start = f"{folder}/" if folder else ""
    sizes = read_sizes(repository, commit, folder)
    files = ManifestFiles(names=frozenset(sizes))
    wanted = sorted(path for path in sizes if _is_wanted(path))
    small = [path for path in wanted if sizes[path] <= MOST_BYTES]
    found = read_files(repository, commit, [start + path for path in small])
    files.contents = {path: found[start + path] for path in small if start + path in found}
    files.passed_over[f"files of more than {MOST_BYTES} bytes"] += len(wanted) - len(small)
    return files


def _is_wanted(path: str) -> bool:
    return path.endswith((*SUFFIXES, _ALSO))


def _unreadable(path: str, error: OutsideError) -> Finding:
    place = Place(file=path, line=1, column=1, end_line=1, end_column=1)
    return Finding(code="unreadable-file", severity=Severity.ERROR, message=error.message, help=error.help, place=place)
