"""The door to the disk for who looks: reads and lists files, and follows no symbolic link it finds on the way."""

from __future__ import annotations

import hashlib
import os
import stat
from enum import StrEnum
from pathlib import Path

from trimtab.doors.disk_errors import outside, outside_error, shown_path
from trimtab.doors.errors import OutsideError

SIZE_LIMIT = 64 * 1024 * 1024
"""The largest file read into memory, in bytes; a generated file or a settings file is a thousand times smaller."""

_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK


class FileKind(StrEnum):
    """What stands at a path."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "symbolic link"
    OTHER = "special file"
    NOTHING = "nothing"


def read_kind(path: Path) -> FileKind:
    """Say what stands at `path` itself, not at what it may point to.

    Raises:
        OutsideError: a folder on the way cannot be searched.
    """
    try:
        mode = os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return FileKind.NOTHING
    except OSError as error:
        raise outside_error(error, "look at", path) from error
    if stat.S_ISLNK(mode):
        return FileKind.LINK
    if stat.S_ISDIR(mode):
        return FileKind.FOLDER
    return FileKind.FILE if stat.S_ISREG(mode) else FileKind.OTHER


def read_bytes(path: Path, *, limit: int = SIZE_LIMIT, follow: bool = True) -> bytes:
    """Read a whole file.

    Args:
        path: The file.
        limit: The most bytes it may have.
        follow: Whether the file itself may be a symbolic link.

    Raises:
        OutsideError: it cannot be read, is no plain file, or is larger than `limit`.
    """
    with outside("read", path):
        descriptor = os.open(path, _READ if follow else _READ | os.O_NOFOLLOW)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise OutsideError(f"cannot read {shown_path(path)}: it is not a plain file")
            content = file.read(limit + 1)
    if len(content) > limit:
        raise OutsideError(f"cannot read {shown_path(path)}: it is larger than {limit} bytes")
    return content


def read_text(path: Path, *, limit: int = SIZE_LIMIT) -> str:
    """Read a file of UTF-8 text, line endings as they are.

    Raises:
        OutsideError: as `read_bytes`, or it is not UTF-8.
    """
    try:
        return read_bytes(path, limit=limit).decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"cannot read {shown_path(path)}: byte {error.start} is not UTF-8"
        raise OutsideError(message, "save it as UTF-8") from error


def read_digest(path: Path) -> str:
    """Work out the SHA-256 of a plain file, in lower-case hexadecimal.

    Raises:
        OutsideError: it cannot be read, or is a symbolic link.
    """
    with outside("read", path), os.fdopen(os.open(path, _READ | os.O_NOFOLLOW), "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_plain(path: str, limit: int) -> bytes:
    """Read a plain file that is no symbolic link.

    Args:
        path: The file, as a string: this is called for every file of a tree, and a Path would cost more than the read.
        limit: The most bytes it may have.

    Raises:
        OutsideError: it cannot be read, is no plain file, or is larger than `limit`.
    """
    try:
        descriptor = os.open(path, _READ | os.O_NOFOLLOW)
        try:
            size = os.fstat(descriptor).st_size
            content = os.read(descriptor, min(size, limit) + 1)
            while len(content) != size and len(content) <= limit:  # it grew, or came in parts
                more = os.read(descriptor, limit + 1 - len(content))
                if not more:
                    break
                content += more
        finally:
            os.close(descriptor)
    except OSError as error:
        raise outside_error(error, "read", path) from error
    if len(content) > limit:
        raise OutsideError(f"cannot read {shown_path(path)}: it is larger than {limit} bytes")
    return content


def read_is_same(path: str, content: bytes) -> bool:
    """Say whether a plain file has exactly these bytes, reading no more than it takes to know.

    Args:
        path: The file, as a string: this is called for every generated file, and a Path would cost more than the read.
        content: The bytes it should have.

    Raises:
        OutsideError: it cannot be read, or is a symbolic link.
    """
    try:
        descriptor = os.open(path, _READ | os.O_NOFOLLOW)
        try:
            found = os.read(descriptor, len(content) + 1)
            while len(found) < len(content) and (more := os.read(descriptor, len(content) + 1 - len(found))):
                found += more
        finally:
            os.close(descriptor)
    except OSError as error:
        raise outside_error(error, "read", path) from error
    return found == content


def list_files(folder: Path, *, without: frozenset[str] = frozenset(), with_empty: bool = False) -> dict[str, FileKind]:
    """List all that is no folder below `folder`, by its path relative to it, in no particular order.

    Args:
        folder: Where to look; when it is not there, nothing is found.
        without: Names of folders that are not looked into.
        with_empty: Whether a folder that holds nothing is listed too.

    Returns:
        Kinds by path with `/` between the parts; a symbolic link is listed as one, wherever it leads.

    Raises:
        OutsideError: a folder cannot be read.
    """
    found: dict[str, FileKind] = {}
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        entries = _entries(f"{folder}/{prefix}", missing_ok=not prefix)
        if with_empty and prefix and not entries:
            found[prefix.removesuffix("/")] = FileKind.FOLDER
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in without:
                    waiting.append(f"{prefix}{entry.name}/")
            else:
                found[prefix + entry.name] = _entry_kind(entry)
    return found


def list_folder(folder: Path) -> dict[str, FileKind]:
    """List what stands directly in `folder`, by name, sorted; nothing when it is not there.

    Raises:
        OutsideError: it cannot be read.
    """
    entries = sorted(_entries(str(folder), missing_ok=True), key=lambda entry: entry.name)
    return {entry.name: _entry_kind(entry) for entry in entries}


def _entries(folder: str, *, missing_ok: bool) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except FileNotFoundError as error:
        if missing_ok:
            return []
        raise outside_error(error, "read the folder", folder) from error
    except OSError as error:
        raise outside_error(error, "read the folder", folder) from error


def _entry_kind(entry: os.DirEntry[str]) -> FileKind:
    if entry.is_symlink():
        return FileKind.LINK
    if entry.is_dir(follow_symlinks=False):
        return FileKind.FOLDER
    return FileKind.FILE if entry.is_file(follow_symlinks=False) else FileKind.OTHER
