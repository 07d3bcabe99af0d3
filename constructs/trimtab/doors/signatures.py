"""The door to what the system says of files unread: whether any was touched since it was looked at."""

from __future__ import annotations

import os
import time
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from trimtab.doors.disk_errors import outside_error

SETTLED_NS = 2_000_000_000
"""How long ago the last touch must lie, in nanoseconds, for the next one to have another time.

The coarsest clock of a file system ticks every two seconds (FAT); ext4, XFS, Btrfs and APFS tick far more often. What
was touched more recently may be touched again within the same tick, and nobody could tell: Git calls such an entry
racy (Documentation/technical/racy-git.txt)."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What the system says of some files and folders: sizes, times, inodes."""

    content: bytes
    """Equal where none of them was touched."""
    youngest_ns: int
    """When one of them was touched last, in nanoseconds since 1970."""

    def is_settled(self, now_ns: int) -> bool:
        """Say whether every later touch would change the signature: none of them was touched just before `now_ns`."""
        return self.youngest_ns < now_ns - SETTLED_NS


def read_now_ns() -> int:
    """Read the clock that files are stamped by: nanoseconds since 1970."""
    return time.time_ns()


def read_signature(folder: str, names: Iterable[str]) -> Signature | None:
    """Look at files and folders, following no symbolic link at their own place, and reading none of them.

    The time of a file's last change of any kind counts too, which no program can set: an installer or a checkout that
    gives every file the same time gives itself away by it.

    Args:
        folder: Where the names begin; a string, since tens of thousands of files are looked at.
        names: The files and folders, relative to it; "" is the folder itself.

    Returns:
        Nothing where one of them is not there, or cannot be looked at.
    """
    paths = [f"{folder}/{name}" if name else folder for name in names]
    try:
        looks = list(map(os.lstat, paths))
        changed = array("q", [look.st_ctime_ns for look in looks])
        touched = array("q", [look.st_mtime_ns for look in looks])
        rest = array("Q", [part for look in looks for part in (look.st_size, look.st_ino)])
    except (OSError, OverflowError, ValueError):
        return None
    youngest = max((*changed, *touched), default=0)
    return Signature(b"".join((changed.tobytes(), touched.tobytes(), rest.tobytes())), youngest)


def list_all(folder: str) -> tuple[list[str], list[str]]:
    """List a folder, as "", with every folder below it, and all else that lies below it, each in some order.

    A folder changes when a name in it comes or goes, so a signature over both lists covers names that come later too.

    Raises:
        OutsideError: A folder cannot be read.
    """
    folders, others, waiting = [""], [], [""]
    while waiting:
        prefix = waiting.pop()
        try:
            with os.scandir(f"{folder}/{prefix}") as entries:
                for entry in entries:
                    name = prefix + entry.name
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(name)
                        waiting.append(f"{name}/")
                    else:
                        others.append(name)
        except OSError as error:
            raise outside_error(error, "read the folder", f"{folder}/{prefix}") from error
    return folders, others
