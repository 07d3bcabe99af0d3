"""A chart with the charts in it, and where the values of each lie."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trimtab.charts.archive import USUAL_LIMITS, Archive, read_archive
from trimtab.charts.errors import ChartError
from trimtab.documents.document import Limits
from trimtab.documents.reader import parse_yaml

_LIMITS = Limits(max_bytes=8 * 1024 * 1024, max_values=1_000_000)
_CHARTS = "charts/"
_DEEPEST = 8
"""Charts inside charts; the catalogue has three."""
_MOST_PARTS = 1000
"""Each alias counts; kube-prometheus-stack has five. Without a limit aliases would multiply by depth."""
_MOST_BYTES = USUAL_LIMITS.total_bytes
"""What archives inside may hold together: each for itself may be a thousand times larger than in the outer one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One chart of a tree."""

    prefix: tuple[str, ...]
    """Where its values lie in those of the chart on top: aliases or names, outermost first."""
    meta: Mapping[str, Any]
    """Its Chart.yaml, with the dependencies of a requirements.yaml."""
    files: Mapping[str, bytes]
    """Its own files, without those of the charts in it."""

    @property
    def is_library(self) -> bool:
        """Whether it only defines templates for others."""
        return self.meta.get("type") == "library"

    @property
    def dependencies(self) -> list[Mapping[str, Any]]:
        """The charts it names."""
        return [one for one in self.meta.get("dependencies") or [] if isinstance(one, Mapping)]

    @property
    def values(self) -> Mapping[str, Any]:
        """Its own values."""
        return read_mapping(self.files.get("values.yaml"))

    def iter_templates(self) -> Iterator[tuple[str, str]]:
        """Give path and text of its templates."""
        for path, content in self.files.items():
            if path.startswith("templates/"):
                yield path, content.decode("utf-8", "replace")


def iter_parts(archive: Archive) -> Iterator[Part]:
    """Give a chart and all charts in it, the outer one first; a chart with two aliases comes twice.

    Raises:
        ChartError: `archive-not-safe` where they are too many or too large; as `read_archive` where one of them is an
            archive.
    """
    for count, part in enumerate(_iter_parts(archive.files, (), _Room())):
        if count >= _MOST_PARTS:
            raise _unsafe(f"it holds more than {_MOST_PARTS} charts")
        yield part


def read_mapping(content: bytes | None) -> Mapping[str, Any]:
    """Read a YAML file that is a mapping; what is none is taken for an empty one."""
    parsed = parse_yaml(content or b"", file="", limits=_LIMITS, last_key_holds=True)
    value = parsed.documents[0].value if parsed.documents else None
    return value if isinstance(value, dict) else {}


class _Room:
    """What is left of the bytes that archives inside a chart may hold together."""

    def __init__(self) -> None:
        self._left = _MOST_BYTES

    def read(self, content: bytes) -> Archive:
        archive = read_archive(content)
        self._left -= sum(map(len, archive.files.values()))
        if self._left < 0:
            raise _unsafe(f"the archives in it hold more than {_MOST_BYTES} bytes")
        return archive


def _unsafe(what: str) -> ChartError:
    return ChartError("archive-not-safe", f"the archive is refused: {what}", "ask who publishes it")


def _iter_parts(files: Mapping[str, bytes], prefix: tuple[str, ...], room: _Room) -> Iterator[Part]:
    own = {path: content for path, content in files.items() if not path.startswith(_CHARTS)}
    requirements = read_mapping(own.get("requirements.yaml"))
    part = Part(prefix=prefix, meta={**requirements, **read_mapping(own.get("Chart.yaml"))}, files=own)
    yield part
    if len(prefix) < _DEEPEST:
        for name, inner in _iter_inner(files, room):
            aliases = [str(one.get("alias") or name) for one in part.dependencies if one.get("name") == name]
            for key in dict.fromkeys(aliases or [name]):
                yield from _iter_parts(inner, (*prefix, key), room)


def _iter_inner(files: Mapping[str, bytes], room: _Room) -> Iterator[tuple[str, Mapping[str, bytes]]]:
    """Give name and files of each chart directly inside: as a folder, or as an archive of its own."""
    folders: dict[str, dict[str, bytes]] = {}
    for path, content in files.items():
        if not path.startswith(_CHARTS):
            continue
        name, _, rest = path.removeprefix(_CHARTS).partition("/")
        if rest and not name.startswith(("_", ".")):
            folders.setdefault(name, {})[rest] = content
        elif posixpath.splitext(name)[1] == ".tgz":
            inner = room.read(content)
            yield inner.name, inner.files
    for folder, inner_files in folders.items():
        yield str(read_mapping(inner_files.get("Chart.yaml")).get("name") or folder), inner_files
