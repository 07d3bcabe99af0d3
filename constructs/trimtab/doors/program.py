"""The door to our own program's files: which program this is, to the last byte."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from trimtab.doors.disk import FileKind, list_files, list_folder
from trimtab.doors.disk_errors import outside_error

_PACKAGES = frozenset({"site-packages", "dist-packages"})


def read_program_digest(extra: Iterable[Path] = ()) -> bytes:
    """Digest Python, the names and versions of what is installed, and every file of this package.

    Contents are read, not times and sizes: some installers give every file the same time.

    Args:
        extra: Files outside the package that decide what comes out.

    Raises:
        OutsideError: A file cannot be read.
    """
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - hundreds of files
    names = [name for name, kind in list_files(Path(package)).items() if _is_part(name, kind)]
    digest = hashlib.sha256(f"{sys.version}\0{sys.flags.optimize}\0{sys.byteorder}".encode())
    for text in sorted(_iter_installed()):
        digest.update(text.encode("utf-8", "surrogateescape") + b"\0")
    for name, path in [
        *((name, f"{package}/{name}") for name in sorted(names)),
        *((str(one), str(one)) for one in extra),
    ]:
        content = _read(path)
        digest.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
        digest.update(content)
    return digest.digest()


def _read(path: str) -> bytes:
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - a string, for the same reason
            return file.read()
    except OSError as error:
        raise outside_error(error, "read", path) from error


def _is_part(name: str, kind: FileKind) -> bool:
    return kind in (FileKind.FILE, FileKind.LINK) and "__pycache__/" not in name


def _iter_installed() -> Iterator[str]:
    for entry in sys.path:
        if os.path.basename(entry) in _PACKAGES:  # noqa: PTH119 - entries of sys.path are strings
            yield from (name for name in list_folder(Path(entry)) if name.endswith((".dist-info", ".egg-info")))
