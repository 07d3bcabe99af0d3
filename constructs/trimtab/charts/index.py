"""One chart in a repository's index, found without reading the thousands of others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from trimtab.charts.errors import ChartError
from trimtab.charts.reference import shown_url
from trimtab.documents.reader import parse_yaml

LIMIT = 128 * 1024 * 1024
"""The most bytes of an index; the largest public ones have some 20 MB."""

_ENTRIES = re.compile(r"^entries:[ \t]*(?:#.*)?\r?$", re.MULTILINE)
_TOP_KEY = re.compile(r"\n[^\s#-]")
_CHILD = re.compile(r"\n( +)[^\s#-]")
_ITEM = re.compile(r"^( *)-( +)\S", re.MULTILINE)
_FLOW = re.compile(r" *- +\{")
_DIGEST = re.compile(r"(?:sha256:)?([0-9a-fA-F]{64})")
_SMALL = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What an index says of one release of a chart."""

    urls: tuple[str, ...]
    digest: str | None
    """`sha256:` and 64 digits; nothing where the index gives none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An index. Helm writes them block by block (helm pkg/repo/index.go), so that one chart is cut out of the text."""

    url: str
    block: str = ""
    """The lines below `entries:`, the line break before them included."""
    indent: int = 2
    """The spaces before a chart's name in it."""
    heads: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """Chart to where its releases begin in the block: once, or the index contradicts itself."""
    whole: Mapping[str, Any] | None = None
    """Chart to its releases, of an index that is written in another way."""

    def find(self, chart: str, version: str) -> Listed | None:
        """Find a release of a chart; nothing where it is not listed.

        Raises:
            ChartError: `chart-index-unreadable`.
        """
        for item in self._items(chart, version):
            if item.get("version") == version:
                return _listed(item, self.url)
        return None

    def versions(self, chart: str) -> list[str]:
        """List the versions of a chart in the index's order, which is newest first; none for one that is not there."""
        return [str(item["version"]) for item in self._items(chart) if "version" in item]

    def charts(self) -> list[str]:
        """List the names of all charts."""
        return sorted(self.heads if self.whole is None else self.whole)

    def _items(self, chart: str, version: str | None = None) -> Iterator[Mapping[str, Any]]:
        if self.whole is not None:
            yield from (row for row in self.whole.get(chart, ()) if isinstance(row, Mapping))
            return
        for text in _cut_items(self._block(chart)):
            if version is None:
                found = _parse_item(text, self.url).get("version") if _FLOW.match(text) else _version_of(text)
                yield {"version": found} if found else {}
            elif version in text:
                yield _parse_item(text, self.url)

    def _block(self, chart: str) -> str:
        starts = self.heads.get(chart, ())
        if len(starts) > 1:
            raise _unreadable(self.url, f"{chart} is in it twice")
        if not starts:
            return ""
        end = re.compile(rf"\n {{0,{self.indent}}}[^\s#-]").search(self.block, starts[0])
        return self.block[starts[0] : end.start() if end else len(self.block)]


def parse_index(content: bytes, url: str) -> Index:
    """Take the bytes of an index.

    Raises:
        ChartError: `chart-index-unreadable` where it is no UTF-8, or has no `entries`.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _unreadable(url, f"byte {error.start} is not UTF-8") from error
    start = _ENTRIES.search(text)
    if start is None:
        return Index(url=url, whole=_whole(text, url))
    end = _TOP_KEY.search(text, start.end())
    block = text[start.end() : end.start() + 1 if end else len(text)]
    child = _CHILD.search(block)
    indent = len(child[1]) if child else 2
    return Index(url=url, block=block, indent=indent, heads=_find_heads(block, indent))


def _find_heads(block: str, indent: int) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for head in re.finditer(rf"\n {{{indent}}}([^\s#-][^\n:]*):[ \t\r]*(?:#[^\n]*)?(?=\n)", block):
        found.setdefault(head[1].strip("\"'"), []).append(head.end())
    return found


def _whole(text: str, url: str) -> Mapping[str, Any]:
    """Read an index that is not written block by block: JSON, or small YAML."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = _small_yaml(text, url)
    entries = value.get("entries") if isinstance(value, Mapping) else None
    if not isinstance(entries, Mapping):
        raise _unreadable(url, "it has no `entries:`")
    return {name: rows for name, rows in entries.items() if isinstance(rows, list)}


def _small_yaml(text: str, url: str) -> object:
    if len(text) > _SMALL:
        raise _unreadable(url, "it has no `entries:`")
    parsed = parse_yaml(text, file="index.yaml")
    if parsed.findings or len(parsed.documents) != 1:
        raise _unreadable(url, parsed.findings[0].message if parsed.findings else "it is no YAML document")
    return parsed.documents[0].value


def _cut_items(block: str) -> Iterator[str]:
    first = _ITEM.search(block)
    if first is None:
        return
    marks = [found.start() for found in re.finditer(rf"^ {{{len(first[1])}}}- ", block, re.MULTILINE)]
    for start, end in zip(marks, [*marks[1:], len(block)], strict=True):
        yield block[start:end]


def _version_of(item: str) -> str | None:
    """Read a release's version off its text; its dependencies have some too, further to the right."""
    head = _ITEM.match(item)
    if head is None:
        return None
    dash, gap = len(head[1]), len(head[2])
    key = rf"^(?: {{{dash}}}- {{{gap}}}| {{{dash + 1 + gap}}})[\"']?version[\"']?:[ \t]*[\"']?([^\s\"'#]+)"
    found = re.search(key, item, re.MULTILINE)
    return found[1] if found else None


def _parse_item(text: str, url: str) -> Mapping[str, Any]:
    parsed = parse_yaml(text, file="index.yaml")
    value = parsed.documents[0].value if len(parsed.documents) == 1 else None
    if parsed.findings or not isinstance(value, list) or len(value) != 1 or not isinstance(value[0], Mapping):
        raise _unreadable(url, parsed.findings[0].message if parsed.findings else "an entry is no mapping")
    return value[0]


def _listed(item: Mapping[str, Any], url: str) -> Listed:
    urls = item.get("urls")
    if not isinstance(urls, list) or not urls or not all(isinstance(one, str) for one in urls):
        raise _unreadable(url, f"{item.get('name')} {item.get('version')} has no address")
    given = item.get("digest")
    found = _DIGEST.fullmatch(given) if isinstance(given, str) else None
    if given and found is None:
        raise _unreadable(url, f"{item.get('name')} {item.get('version')} has a digest that is no SHA-256")
    return Listed(urls=tuple(urls), digest=f"sha256:{found[1].lower()}" if found else None)


def _unreadable(url: str, why: str) -> ChartError:
    return ChartError(
        "chart-index-unreadable", f"the index {shown_url(url)} cannot be read: {why}", "check the repository's address"
    )
