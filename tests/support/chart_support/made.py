"""Small charts of our own, as archives; and archives that no chart should be."""

from __future__ import annotations

import gzip
import hashlib
import io
import tarfile
from collections.abc import Callable, Mapping

VALUES = b"replicas: 1\n"
TEMPLATE = b"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: made\ndata:\n  n: {{ .Values.replicas | quote }}\n"


def make_files(name: str = "made", version: str = "1.0.0", **more: bytes) -> dict[str, bytes]:
    """Give the files of a chart by path below its folder."""
    chart = f"apiVersion: v2\nname: {name}\nversion: {version}\n".encode()
    return {"Chart.yaml": chart, "values.yaml": VALUES, "templates/one.yaml": TEMPLATE, **more}


def make_archive(name: str = "made", version: str = "1.0.0", **more: bytes) -> bytes:
    """Give a chart as `helm package` would: one folder, gzipped."""
    return pack({f"{name}/{path}": body for path, body in make_files(name, version, **more).items()})


def pack(files: Mapping[str, bytes], *extra: Callable[[tarfile.TarFile], None]) -> bytes:
    """Pack files by path, in order, with no times in them; then whatever `extra` adds."""
    return compress(pack_tar(files, *extra))


def pack_tar(files: Mapping[str, bytes], *extra: Callable[[tarfile.TarFile], None]) -> bytes:
    """Pack files and leave the tar uncompressed."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for path, body in files.items():
            member = tarfile.TarInfo(path)
            member.size = len(body)
            tar.addfile(member, io.BytesIO(body))
        for add in extra:
            add(tar)
    return out.getvalue()


def compress(content: bytes) -> bytes:
    """Compress with gzip, the same bytes each time."""
    return gzip.compress(content, mtime=0)


def special(path: str, kind: bytes, target: str = "") -> Callable[[tarfile.TarFile], None]:
    """Add a member of a kind of tar: a link, a device."""

    def add(tar: tarfile.TarFile) -> None:
        member = tarfile.TarInfo(path)
        member.type, member.linkname = kind, target
        tar.addfile(member)

    return add


def digest(content: bytes) -> str:
    """Give `sha256:` and the digits."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
