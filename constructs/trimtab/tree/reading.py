"""Reads a cluster's folder back from the disk."""

from __future__ import annotations

from pathlib import Path

from trimtab.doors.disk import FileKind, list_files, read_bytes


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
