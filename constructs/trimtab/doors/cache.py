"""The door to the user's cache folder: what is kept there may vanish at any time, and a run goes on without it."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LIMIT = 256 * 1024 * 1024
"""The most bytes kept; a cluster with 200 objects takes a quarter of a megabyte."""

_LARGEST = 64 * 1024 * 1024
_KEPT = 0.75
"""The part of the limit that stays when it was passed, so that not every run has to clear up."""
_DIGEST_BYTES = 32


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of entries by key. Nothing here raises: what cannot be read was never there."""

    folder: Path

    def read(self, key: str) -> bytes | None:
        """Read an entry; nothing where there is none, or it is not as it was written."""
        path = f"{self.folder}/{key}"
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            with os.fdopen(descriptor, "rb") as file:
                if os.fstat(descriptor).st_size > _LARGEST:
                    return None
                found = file.read()
            os.utime(path)  # who clears up takes the entries that nobody asked for
        except OSError:
            return None
        digest, content = found[:_DIGEST_BYTES], found[_DIGEST_BYTES:]
        return content if digest == _digest(content) else None

    def touch(self, key: str) -> None:
        """Say of an entry that somebody still needs it."""
        with suppress(OSError):
            os.utime(f"{self.folder}/{key}")

    def write(self, key: str, content: bytes) -> None:
        """Keep an entry; another run sees the whole of it or nothing."""
        beside = self.folder / f".{key}.{os.getpid()}"
        with suppress(OSError):
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(_digest(content))
                    file.write(content)
                beside.replace(self.folder / key)
            except OSError:
                beside.unlink(missing_ok=True)

    def clear_up(self, limit: int = LIMIT) -> None:
        """Remove the entries that nobody asked for the longest, where all together take more than `limit` bytes."""
        with suppress(OSError):
            entries = [(entry.stat(follow_symlinks=False), entry.path) for entry in os.scandir(self.folder)]
            total = sum(info.st_size for info, _ in entries)
            for info, path in sorted(entries, key=lambda entry: entry[0].st_mtime_ns) if total > limit else ():
                if total <= limit * _KEPT:
                    break
                with suppress(OSError):
                    os.unlink(path)  # noqa: PTH108 - a string from scandir
                    total -= info.st_size


def open_cache(environment: Mapping[str, str], name: str = "clusters") -> Cache | None:
    """Open a cache of the user's own (XDG Base Directory Specification), and make its folder where there is none.

    Args:
        environment: The environment, which says where the user's caches lie.
        name: Which of them; each is cleared up by itself.

    Returns:
        Nothing where there is no folder that only this user can write to.
    """
    given = environment.get("XDG_CACHE_HOME", "")
    home = environment.get("HOME", "")
    top = Path(given) if given.startswith("/") else Path(home) / ".cache"
    folder = top / "trimtab" / name
    try:
        if not given.startswith("/") and not (home.startswith("/") and Path(home).is_dir()):
            return None
        top.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        return Cache(folder) if _is_private(folder.parent) and _is_private(folder) else None
    except OSError:
        return None


def _is_private(folder: Path) -> bool:
    info = folder.lstat()
    ours = not hasattr(os, "getuid") or info.st_uid == os.getuid()
    return stat.S_ISDIR(info.st_mode) and ours and not info.st_mode & 0o022


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
