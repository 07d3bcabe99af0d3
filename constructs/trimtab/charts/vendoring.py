"""Archives in the repository itself: which files lie in `vendor/charts/`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from trimtab.charts.lockfile import Lock, LockEntry
from trimtab.charts.reference import ChartKey
from trimtab.doors.disk import FileKind, list_folder, read_is_same
from trimtab.doors.disk_errors import outside
from trimtab.doors.disk_writing import write_atomically, write_folder

VENDOR = "vendor/charts"
"""The folder, from the top of the repository."""
NO_LOCK = Lock()
_SHORT = 12


def vendor_name(lock: Lock, entry: LockEntry) -> str:
    """Name the file of a chart: `<chart>-<version>.tgz`.

    Where two repositories publish other bytes under one name and version, each file carries the start of its digest.
    """
    stem = f"{entry.key.chart}-{entry.key.version}"
    others = {one.digest for key, one in lock.entries.items() if f"{key.chart}-{key.version}" == stem}
    return f"{stem}.tgz" if others <= {entry.digest} else f"{stem}-{entry.sha256[:_SHORT]}.tgz"


def vendor_archives(root: Path, lock: Lock, archives: Mapping[ChartKey, bytes], before: Lock = NO_LOCK) -> None:
    """Put archives into the repository, and take away those that the lock names no more; other files stay.

    Args:
        root: The top of the repository.
        lock: What `charts.lock` will say.
        archives: The archives at hand; one that is missing is left as it is.
        before: What `charts.lock` said until now.

    Raises:
        OutsideError: A file cannot be written or removed.
    """
    folder = root / VENDOR
    write_folder(folder)
    names = {key: vendor_name(lock, entry) for key, entry in lock.entries.items()}
    there = list_folder(folder)
    for key, content in archives.items():
        name = names[key]
        if name not in there or not (there[name] is FileKind.FILE and read_is_same(str(folder / name), content)):
            write_atomically(folder / name, content)
    for name in {vendor_name(before, entry) for entry in before.entries.values()} - set(names.values()):
        if there.get(name, FileKind.FOLDER) is not FileKind.FOLDER:
            with outside("remove", folder / name):
                (folder / name).unlink()
