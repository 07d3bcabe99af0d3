"""From the origin of a generated object back to the place in the user's files that it came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from trimtab.findings.finding import Place
from trimtab.findings.path import ROOT, Path, get_value, parse_path
from trimtab.pipeline.state import ClusterState

_FILES = frozenset({".yaml", ".py"})
_PATCHES = "patches."


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


def find_patched(cluster: ClusterState, origin: Sequence[str], path: Sequence[str | int]) -> Place | None:
    """Find where a patch of the user's writes a field, the patch that came last before the others.

    Args:
        cluster: The cluster.
        origin: What the object came from; patches stand in the order in which they were laid over it.
        path: The field; nothing is found for the object as a whole.
    """
    merged = cluster.loaded.merged
    for patch in map(_parse, reversed([one for one in origin if one.startswith(_PATCHES)] if path else [])):
        steps = enumerate(get_value(merged.value, (*patch, "json")) or ())
        said = [(*patch, "json", at, "path") for at, step in steps if step["path"] in _pointers(path)]
        for wrote in ((*patch, "merge", *path), *reversed(said)):
            if found := merged.places(wrote) if wrote in said else merged.key_places(wrote):
                return found[0]
    return None


def _pointers(path: Sequence[str | int]) -> frozenset[str]:
    """Give the JSON pointers to a field and to all that holds it."""
    keys = [str(key).replace("~", "~0").replace("/", "~1") for key in path]
    return frozenset("".join(f"/{key}" for key in keys[:length]) for length in range(1, len(keys) + 1))


def find_path(origin: Iterable[str]) -> Path:
    """Find the settings path among the origins of an object: the first one, the root where it is none."""
    first = next(iter(origin), "")
    return ROOT if "/" in first else _parse(first)


def _parse(text: str) -> Path:
    try:
        return parse_path(text)
    except ValueError:
        return ROOT
