"""The text that helm gives to Kubernetes objects, read as Kubernetes reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from trimtab.charts.rendering import Manifest
from trimtab.documents.document import Limits
from trimtab.documents.reader import parse_yaml

LIMITS = Limits(max_bytes=64 * 1024 * 1024, max_values=10_000_000, max_depth=200)
"""The largest chart of the catalogue renders to five million bytes; kinds of custom resources nest deeper than files
of people do."""

_PART = re.compile(rb"^---\n(?=# Source: (\S+))", re.MULTILINE)
"""Helm says before each document which template it came from; no scalar can hold such a line."""

_DOUBTFUL = "duplicate-key"
_REMEMBERED = 1024
"""Texts whose objects are remembered: clusters share definitions, which take most of the time to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What a render, or a part of one, holds. Shared: nobody may change an object."""

    manifests: tuple[Manifest, ...]
    doubts: tuple[str, ...]
    """What Kubernetes reads, but no two readers alike: keys written twice, each with its template."""
    faults: tuple[str, ...]
    """What Kubernetes cannot read, each with its template."""


def parse_output(text: bytes) -> Output:
    """Read what `helm template` wrote; lists are taken apart, and empty documents left out."""
    parts = [_parse_part(part) for part in _iter_parts(text)]
    return Output(
        manifests=tuple(manifest for part in parts for manifest in part.manifests),
        doubts=tuple(doubt for part in parts for doubt in part.doubts),
        faults=tuple(fault for part in parts for fault in part.faults),
    )


def _iter_parts(text: bytes) -> Iterator[bytes]:
    starts = [match.start() for match in _PART.finditer(text)]
    for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
        if text[start:end].strip():
            yield text[start:end]


@lru_cache(maxsize=_REMEMBERED)
def _parse_part(text: bytes) -> Output:
    match = _PART.match(text)
    source = match[1].decode("utf-8", "replace") if match else "the chart"
    parsed = parse_yaml(text, file="", limits=LIMITS, last_key_holds=True)
    faults = [f"{source}: {one.message}" for one in parsed.findings if one.code != _DOUBTFUL]
    doubts = [f"{source}: {one.message}" for one in parsed.findings if one.code == _DOUBTFUL]
    items = [item for document in parsed.documents for item in _iter_items(document.value)]
    if not all(_is_object(item) for item in items):
        faults.append(f"{source} renders something that is no Kubernetes object")
    manifests = tuple(item for item in items if _is_object(item))
    return Output(manifests=manifests, doubts=tuple(doubts), faults=tuple(faults))


def _iter_items(value: Any) -> Iterator[Any]:
    """Take lists apart as Argo CD does: whatever has a list of `items` is one (apimachinery, Unstructured.IsList)."""
    items = value.get("items") if isinstance(value, dict) else None
    if isinstance(items, list):
        for item in items:
            yield from _iter_items(item)
    else:
        yield value


def _is_object(value: Any) -> bool:
    metadata = value.get("metadata") if isinstance(value, dict) else None
    if not isinstance(metadata, dict):
        return False
    named = any(isinstance(metadata.get(key), str) and metadata[key] for key in ("name", "generateName"))
    return named and all(isinstance(value.get(key), str) and value[key] for key in ("apiVersion", "kind"))
