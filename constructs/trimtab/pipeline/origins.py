"""From the origin of a generated object back to the place in the user's files that it came from."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from trimtab.findings.finding import Place
from trimtab.findings.path import ROOT, Path, parse_path
from trimtab.pipeline.state import ClusterState

_FILES = frozenset({".yaml", ".py"})


def find_place(cluster: ClusterState, origin: Iterable[str]) -> Place | None:
    """Find where the first origin of an object stands.

    Args:
        cluster: The cluster.
        origin: The settings paths, facts and files that an object came from, the most telling one first.

    Returns:
        The place of the setting, or the first line of the file; nothing where an origin is neither.
    """
    first = next(iter(origin), None)
    if first is None:
        return None
    if PurePosixPath(first).suffix in _FILES and "/" in first:
        return Place(file=first, line=1, column=1, end_line=1, end_column=1)
    return cluster.loaded.merged.key_place_of(_parse(first))


def find_path(origin: Iterable[str]) -> Path:
    """Find the settings path among the origins of an object: the first one, the root where it is none."""
    first = next(iter(origin), "")
    return ROOT if "/" in first else _parse(first)


def _parse(text: str) -> Path:
    try:
        return parse_path(text)
    except ValueError:
        return ROOT
