"""The door to a lock on a folder: held by its descriptor, so it leaves no file behind and ends with the process."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trimtab.doors.disk_errors import outside, outside_error, shown_path
from trimtab.doors.errors import OutsideError

if sys.platform != "win32":
    import fcntl

WAIT_S = 30.0
"""How long a run waits for another one that writes, in seconds; writing 20,000 files takes a tenth of that."""

_PAUSE_S = 0.05
_HELD = frozenset({errno.EWOULDBLOCK, errno.EACCES})
_CANNOT = frozenset({errno.ENOTSUP, errno.ENOLCK, errno.EBADF, errno.EINVAL, errno.ENOSYS})
"""What file systems say that cannot lock a folder (some network ones); the run goes on unlocked. Source: flock(2)."""


@contextmanager
def locked_folder(folder: Path, *, wait_s: float = WAIT_S) -> Iterator[None]:
    """Hold a folder for one run at a time; readers need no lock.

    Args:
        folder: A folder that is there.
        wait_s: How long to wait for another run, in seconds.

    Raises:
        OutsideError: another run still holds it after `wait_s`, or it cannot be opened.
    """
    with outside("open", folder):
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        _lock(descriptor, folder, time.monotonic() + wait_s)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, folder: Path, until: float) -> None:
    while not _try_lock(descriptor, folder):
        if time.monotonic() >= until:
            raise OutsideError(
                f"another run is writing {shown_path(folder)}", "wait until it has ended, then run again"
            )
        time.sleep(_PAUSE_S)


def _try_lock(descriptor: int, folder: Path) -> bool:
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            return False
        if error.errno not in _CANNOT:
            raise outside_error(error, "lock", folder) from error
    return True
