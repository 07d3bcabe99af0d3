"""Chart archives: refused by name, or read whole; gzip around the bytes, tar around them, or neither."""

from __future__ import annotations

import contextlib
import gzip
import io
import tarfile

from trimtab.charts.archive import ArchiveLimits, read_archive
from trimtab.charts.errors import ChartError

_LIMITS = ArchiveLimits(files=20, total_bytes=1 << 20, file_bytes=1 << 18)


def fuzz(data: bytes) -> None:
    """Read bytes as an archive, as the tar in one, and as the names and contents of its files."""
    for content in (data, gzip.compress(data, 1, mtime=0), _pack(data)):
        with contextlib.suppress(ChartError):
            archive = read_archive(content, limits=_LIMITS)
            assert archive.name
            assert archive.version
            assert list(archive.files) == sorted(archive.files)
            assert not any(path.startswith("/") or ".." in path.split("/") for path in archive.files)


def _pack(data: bytes) -> bytes:
    """Make an archive: parts between zeros are the names and contents of files, in turn."""
    parts = data.split(b"\0")
    into = io.BytesIO()
    with tarfile.open(fileobj=into, mode="w:gz", compresslevel=1, format=tarfile.PAX_FORMAT) as tar:
        for name, content in zip(parts[::2], parts[1::2], strict=False):
            member = tarfile.TarInfo(name.decode("utf-8", "replace"))
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return into.getvalue()
