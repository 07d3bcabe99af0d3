"""The values of a chart of ours: upstream's below its chart's name, as helm hands them on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.kube.release import ChartRelease

Reasons = Mapping[tuple[str, ...], str]
Path = tuple[str, ...]

_TAGS = "tags"
"""Which charts inside are wanted: helm reads it at the very top only (helm v3.18.0 pkg/chartutil/dependencies.go)."""


def place_values(release: ChartRelease | None) -> dict[str, Any]:
    """Give the values that make upstream's chart see what it would see by itself."""
    if release is None:
        return {}
    tags = {_TAGS: release.values[_TAGS]} if _TAGS in release.values else {}
    return {**({release.pin.chart: release.values} if release.values else {}), **tags}


def iter_leaves(values: Mapping[str, Any], at: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Give every value that is no map with something in it, with its path, in order."""
    for key in sorted(values):
        value = values[key]
        if isinstance(value, Mapping) and value:
            yield from iter_leaves(value, (*at, key))
        else:
            yield (*at, key), value


def find_reason(reasons: Reasons, path: Path) -> str:
    """Give why a value is what it is: the reason of it or of what it lies in; empty where none is known."""
    ways = (path[:depth] for depth in range(len(path), 0, -1))
    return next((reasons[way] for way in ways if way in reasons), "")
