"""The door to the disk for who changes it: writes, moves and removes, and follows no symbolic link it finds."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from trimtab.doors.disk import FileKind, read_kind
from trimtab.doors.disk_errors import outside, outside_error

_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def write_folder(folder: Path) -> None:
    """Make a folder and those above it; one that is there stays as it is.

    Raises:
        OutsideError: it cannot be made.
    """
    with outside("make the folder", folder):
        folder.mkdir(parents=True, exist_ok=True)


def write_new(path: str, content: bytes) -> None:
    """Write a file that must not be there yet: never executable, otherwise as the umask says.

    Args:
        path: The file, as a string: this is called for every generated file.
        content: All its bytes.

    Raises:
        OutsideError: it is there, or cannot be written.
    """
    try:
        _write_new(path, content)
    except OSError as error:
        raise outside_error(error, "write", path) from error


def _write_new(path: str, content: bytes) -> None:
    descriptor = os.open(path, _CREATE, 0o666)
    try:
        written = os.write(descriptor, content)
        while written < len(content):
            written += os.write(descriptor, content[written:])
    finally:
        os.close(descriptor)


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that a reader, or a killed run, sees the old bytes or the new ones and nothing between.

    Who may read and write it stays as it was. What a killed run left beside it goes.

    Raises:
        OutsideError: it cannot be written; the old file is then as it was.
    """
    beside = path.with_name(f".{path.name}.new-{os.getpid()}")
    with outside("write", path):
        for left in _iter_left(path):
            left.unlink(missing_ok=True)
        try:
            _write_new(str(beside), content)
            if read_kind(path) is FileKind.FILE:
                beside.chmod(stat.S_IMODE(path.lstat().st_mode))
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise


def _iter_left(path: Path) -> Iterator[Path]:
    """Give what runs left beside a file that have ended: those with our number, and with one that no process has."""
    start = f".{path.name}.new-"
    for beside in path.parent.iterdir():
        run = beside.name.removeprefix(start)
        if run != beside.name and run.isascii() and run.isdigit() and not _is_running(int(run)):
            yield beside


def _is_running(run: int) -> bool:
    """Say whether another process has a number; where nobody can ask without a signal, all of them are taken."""
    if run == os.getpid() or sys.platform == "win32":
        return run != os.getpid()
    try:
        os.kill(run, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True


def write_carried(source: Path, target: Path) -> None:
    """Give a file of somebody else a second name: a link where the system can, a copy with times and mode where not.

    Args:
        source: The file, or a folder that holds nothing.
        target: Its new place; folders above it that are not there are made as those above `source` are.

    Raises:
        OutsideError: `target` is there, or it can be neither linked nor copied.
    """
    with outside("carry over", source):
        _make_like(source.parent, target.parent)
        if read_kind(source) is FileKind.FOLDER:
            _make_like(source, target)
            return
        try:
            os.link(source, target, follow_symlinks=False)
        except OSError as error:
            if error.errno == errno.EEXIST or read_kind(source) not in (FileKind.FILE, FileKind.LINK):
                raise
            shutil.copy2(source, target, follow_symlinks=False)


def _make_like(source: Path, target: Path) -> None:
    """Make a folder, and those above it, with the rights of others, which may keep other users out."""
    if not target.is_dir():
        _make_like(source.parent, target.parent)
        target.mkdir()
        target.chmod(stat.S_IMODE(source.stat().st_mode) | stat.S_IRWXU)


def write_moved(source: Path, target: Path) -> None:
    """Give a folder another name on the same file system, in one step; nothing may stand at `target`.

    Raises:
        OutsideError: it cannot be moved.
    """
    with outside("move", source):
        source.rename(target)


def write_removed(folder: Path) -> None:
    """Remove a folder and all below it; symbolic links are removed, not followed; nothing to do when it is gone.

    Raises:
        OutsideError: a part of it cannot be removed.
    """
    with outside("remove", folder):
        if folder.exists():
            shutil.rmtree(folder)
