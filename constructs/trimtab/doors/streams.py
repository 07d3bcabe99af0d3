"""The door to stdin and stdout, where secrets come in and go out."""

from __future__ import annotations

import os
import stat
import sys
from getpass import getpass
from pathlib import Path


def read_value(limit: int) -> bytes:
    """Read one value from stdin, every byte of it, at most `limit`; at a terminal it is asked for and not shown."""
    return getpass("value: ").encode() if sys.stdin.isatty() else sys.stdin.buffer.read(limit)


def find_repository_of_output(descriptor: int = 1) -> Path | None:
    """Find the repository that stdout is a file of: the folder with `.git` or `apps/` above that file.

    Returns:
        Nothing where stdout is no file, or a file outside every repository; `.` where the system does not say which
        file it is, to be on the safe side.
    """
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        return None
    file = _output_file(descriptor)
    if file is None:
        return Path()
    return next((folder for folder in file.parents if _is_repository(folder)), None)


def _is_repository(folder: Path) -> bool:
    return (folder / ".git").exists() or (folder / "apps" / "clusters").is_dir()


def _output_file(descriptor: int) -> Path | None:
    """Ask the system which file is written to, by Linux's way or by macOS's."""
    try:
        return Path(f"/proc/self/fd/{descriptor}").readlink()
    except OSError:
        return _output_file_on_macos(descriptor)


def _output_file_on_macos(descriptor: int) -> Path | None:
    try:
        import fcntl

        get_path = getattr(fcntl, "F_GETPATH", None)
        found = fcntl.fcntl(descriptor, get_path, bytes(1024)) if get_path is not None else b""
    except (ImportError, OSError):
        return None
    return Path(os.fsdecode(found.rstrip(b"\0"))) if found else None
