"""Turns what the system says about a path into words for people."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trimtab.doors.errors import OutsideError

_WORDS: dict[int, tuple[str, str | None]] = {
    errno.EACCES: ("permission denied", "give this user the right to it"),
    errno.EPERM: ("the system does not permit it", "give this user the right to it"),
    errno.EROFS: ("the file system is read-only", "mount it writable, or write somewhere else"),
    errno.ENOSPC: ("the disk is full", "free some space, then run again"),
    errno.EDQUOT: ("the disk quota is used up", "free some space, then run again"),
    errno.ENAMETOOLONG: (
        "the name is too long for this file system",
        "use shorter names, or a folder nearer to the root",
    ),
    errno.ENOTDIR: ("a part of the path is not a folder", None),
    errno.EISDIR: ("it is a folder, not a file", None),
    errno.ENOENT: ("there is no such file or folder", None),
    errno.EEXIST: ("something of that name is there already", None),
    errno.ELOOP: ("it is a symbolic link, or leads through a ring of them", "put the file itself there"),
    errno.EMFILE: ("too many files are open", "raise the limit of open files (ulimit -n)"),
    errno.EBUSY: ("it is in use, or a file system is mounted on it", None),
    errno.EXDEV: ("it lies on another file system", None),
}
"""What an error number means here, and its cure. Source: errno(3), open(2), rename(2)."""


def shown_path(path: Path | str) -> str:
    """Write a path so that it can always be printed: bytes that are no UTF-8 are escaped."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def outside_error(error: OSError, doing: str, path: Path | str) -> OutsideError:
    """Say what the system refused.

    Args:
        error: What the system said.
        doing: What was tried, as a verb: `read`, `write`, `remove`.
        path: What it was tried on.
    """
    reason, advice = _WORDS.get(error.errno or 0, ((error.strerror or str(error)).lower(), None))
    return OutsideError(f"cannot {doing} {shown_path(path)}: {reason}", advice)


@contextmanager
def outside(doing: str, path: Path | str) -> Iterator[None]:
    """Translate every system error inside.

    Raises:
        OutsideError: the system refused.
    """
    try:
        yield
    except OSError as error:
        raise outside_error(error, doing, path) from error
