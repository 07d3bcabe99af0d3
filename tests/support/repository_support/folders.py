"""One cluster's folder, written as a run writes it and read back from the disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from trimtab.doors.disk import FileKind, list_files, read_bytes
from trimtab.tree.file import FileSpec
from trimtab.tree.writing import Outcome, write_all


def write_cluster(dist: Path, cluster: str, files: Sequence[FileSpec], *, discard_edits: bool = False) -> Outcome:
    """Write one cluster's folder; as `write_all`, with no word on the other folders' settings."""
    others = [folder.name for folder in dist.iterdir()] if dist.is_dir() else []
    return write_all(dist, {cluster: files}, known=others, discard_edits=discard_edits)


def read_tree(dist: Path, cluster: str) -> dict[str, bytes]:
    """Read all plain files of a cluster's folder; symbolic links and special files are passed over.

    Args:
        dist: The output folder.
        cluster: The cluster's name; when it has no folder, nothing is found.

    Returns:
        Bytes by path relative to `dist`, sorted.

    Raises:
        OutsideError: something there cannot be read.
    """
    folder = dist / cluster
    paths = sorted(path for path, kind in list_files(folder).items() if kind is FileKind.FILE)
    return {f"{cluster}/{path}": read_bytes(folder / path, follow=False) for path in paths}
