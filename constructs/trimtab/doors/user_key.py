"""A key of the user's own, kept outside every repository, made when it is first asked for."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from trimtab.doors.disk import read_bytes
from trimtab.doors.disk_errors import outside
from trimtab.doors.errors import OutsideError
from trimtab.doors.home import find_home
from trimtab.doors.randomness import read_random

KEY_BYTES = 32
_NAME = "sealing.key"


def config_folder(environment: Mapping[str, str]) -> Path:
    """Say where the user's own configuration lies (XDG Base Directory Specification).

    Raises:
        OutsideError: The user has no home.
    """
    given, home = environment.get("XDG_CONFIG_HOME", ""), find_home(environment)
    if given.startswith("/"):
        return Path(given) / "trimtab"
    if home is None:
        raise OutsideError("this user has no home folder to keep a key in", "set HOME or XDG_CONFIG_HOME")
    return home / ".config" / "trimtab"


def read_user_key(folder: Path) -> bytes:
    """Read the key, or make it: 32 random bytes that only this user can read.

    Raises:
        OutsideError: It can be neither read nor made, or is not what it should be.
    """
    path = folder / _NAME
    with outside("make the folder", folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        _write_private(path, read_random(KEY_BYTES))
    except FileExistsError:
        pass
    except OSError as error:
        raise OutsideError(f"cannot write {path}: {(error.strerror or str(error)).lower()}") from error
    key = read_bytes(path, limit=2 * KEY_BYTES)
    if len(key) != KEY_BYTES:
        raise OutsideError(f"{path} is no key of {KEY_BYTES} bytes", "remove it; everything is then sealed once more")
    return key


def _write_private(path: Path, content: bytes) -> None:
    """Write a file that must not be there yet, complete from the moment that it has its name."""
    beside = path.with_name(f".{path.name}.new-{os.getpid()}")
    beside.unlink(missing_ok=True)  # of a killed run that had our number, as in containers
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            os.write(descriptor, content)
        finally:
            os.close(descriptor)
        os.link(beside, path)
    finally:
        beside.unlink(missing_ok=True)
