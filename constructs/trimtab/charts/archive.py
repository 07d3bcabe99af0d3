"""A chart's archive as a value: its files by path, refused where anything in it could reach outside."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType

from trimtab.charts.errors import ChartError
from trimtab.charts.inflating import InflateError, TooLargeError, inflate
from trimtab.charts.member_path import explain_unsafe_path
from trimtab.documents.reader import parse_yaml

_PLAIN = frozenset({tarfile.REGTYPE, tarfile.AREGTYPE})
_CHART_FILE = "Chart.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLimits:
    """How much an archive may hold.

    Source of the sizes: helm's own limits (pkg/chart/loader/archive/archive.go: MaxDecompressedChartSize,
    MaxDecompressedFileSize). The largest chart of the catalogue has some 300 files.
    """

    files: int = 10_000
    total_bytes: int = 100 * 1024 * 1024
    file_bytes: int = 5 * 1024 * 1024


USUAL_LIMITS = ArchiveLimits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """A chart as its archive holds it."""

    name: str
    """The name in its Chart.yaml."""
    version: str
    """The version in its Chart.yaml, as it is spelled there."""
    files: Mapping[str, bytes]
    """Path below the chart's top folder, with `/`, to content, sorted; a subchart may be an archive of its own."""


def read_archive(content: bytes, *, limits: ArchiveLimits = USUAL_LIMITS) -> Archive:
    """Read a chart's archive from memory; nothing is written, whatever it holds.

    Args:
        content: The bytes of the `.tgz`.
        limits: How much it may hold.

    Raises:
        ChartError: `archive-not-safe` where a path leaves the chart's folder, where there is a link, a device, a file
            twice, or more than the limits; `archive-broken` where it is cut off or no gzipped tar;
            `archive-without-chart` where it is not one folder with a readable Chart.yaml.
    """
    files = dict(_iter_files(_inflate(content, limits), limits))
    if both := _file_and_folder(files):
        raise _unsafe(f"{both!r} is both a file and a folder")
    top = _find_top(files)
    below = {path.partition("/")[2]: files[path] for path in sorted(files)}
    name, version = _read_identity(below.get(_CHART_FILE), top)
    return Archive(name=name, version=version, files=MappingProxyType(below))


def _inflate(content: bytes, limits: ArchiveLimits) -> bytes:
    # a tar pads every file to 512 bytes and gives it a header or, with a long name, three
    room = limits.total_bytes + 2048 * limits.files
    try:
        return inflate(content, room)
    except TooLargeError as error:
        raise _unsafe(f"it inflates to more than {limits.total_bytes} bytes") from error
    except InflateError as error:
        raise _broken(str(error)) from error


def _iter_files(tar: bytes, limits: ArchiveLimits) -> Iterator[tuple[str, bytes]]:
    seen: set[str] = set()
    total = 0
    for path, body in _iter_members(tar, limits):
        if path in seen:
            raise _unsafe(f"{path!r} is in it twice")
        seen.add(path)
        total += len(body)
        if total > limits.total_bytes:
            raise _unsafe(f"it holds more than {limits.total_bytes} bytes")
        yield path, body


def _iter_members(tar: bytes, limits: ArchiveLimits) -> Iterator[tuple[str, bytes]]:
    try:
        with tarfile.open(fileobj=io.BytesIO(tar), mode="r:", encoding="utf-8") as opened:
            for count, member in enumerate(opened):
                if count >= limits.files:
                    raise _unsafe(f"it holds more than {limits.files} files")
                if wrong := explain_unsafe_path(member.name):
                    raise _unsafe(f"{member.name!r} {wrong}")
                if not member.isdir():
                    yield member.name, _read_member(opened, member, limits)
            end = opened.offset
    except (tarfile.TarError, ValueError, EOFError, OverflowError, RecursionError, OSError) as error:
        raise _broken("it is no readable tar") from error
    if tar.count(0, end) != len(tar) - end:  # the module takes a damaged header for the end
        raise _broken("a header in the tar is damaged")


def _read_member(opened: tarfile.TarFile, member: tarfile.TarInfo, limits: ArchiveLimits) -> bytes:
    if member.issym() or member.islnk():
        raise _unsafe(f"{member.name!r} is a link")
    if member.type not in _PLAIN or member.issparse():
        raise _unsafe(f"{member.name!r} is no plain file")
    if not 0 <= member.size <= limits.file_bytes:
        raise _unsafe(f"{member.name!r} is larger than {limits.file_bytes} bytes")
    opened_file = opened.extractfile(member)
    body = opened_file.read() if opened_file is not None else b""
    if len(body) != member.size:
        raise _broken(f"{member.name!r} is cut off")
    return body


def _file_and_folder(files: Mapping[str, bytes]) -> str | None:
    folders = {str(folder) for path in files for folder in PurePosixPath(path).parents}
    return min(folders & files.keys(), default=None)


def _find_top(files: Mapping[str, bytes]) -> str:
    tops = sorted({path.partition("/")[0] for path in files})
    loose = [path for path in files if "/" not in path]
    if not files:
        raise _no_chart("it is empty")
    if loose:
        raise _no_chart(f"{loose[0]!r} lies outside the chart's folder")
    if len(tops) > 1:
        raise _no_chart(f"it holds several folders: {', '.join(tops[:3])}")
    return tops[0]


def _read_identity(text: bytes | None, top: str) -> tuple[str, str]:
    if text is None:
        raise _no_chart(f"there is no {top}/{_CHART_FILE}")
    parsed = parse_yaml(text, file=_CHART_FILE)
    value = parsed.documents[0].value if len(parsed.documents) == 1 and not parsed.findings else None
    if not isinstance(value, Mapping):
        raise _no_chart(f"{top}/{_CHART_FILE} is no YAML mapping")
    name, version = value.get("name"), value.get("version")
    if not isinstance(name, str) or not isinstance(version, str) or not name or not version:
        raise _no_chart(f"{top}/{_CHART_FILE} names no chart and version")
    return name, version


def _unsafe(what: str) -> ChartError:
    return ChartError(
        "archive-not-safe", f"the archive is refused: {what}", "nothing of it was written; ask who publishes it"
    )


def _broken(what: str) -> ChartError:
    return ChartError("archive-broken", f"the archive cannot be read: {what}", "fetch it again: trimtab lock --update")


def _no_chart(what: str) -> ChartError:
    return ChartError("archive-without-chart", f"the archive is no chart: {what}", "check the chart's repository")
