"""Folders of a tree: which of them hold charts, what a kustomization's file is called, and what lies below what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_CHART = "Chart.yaml"
KUSTOMIZATIONS = frozenset({"kustomization.yaml", "kustomization.yml", "Kustomization"})
"""What a kustomization's file is called."""


def find_charts(files: Iterable[str]) -> frozenset[str]:
    """Find the folders that hold a chart: what is applied is rendered from them.

    Args:
        files: The paths of all files.
    """
    return frozenset(folder for file in files for folder, _, name in [file.rpartition("/")] if name == _CHART)


def folder_of(path: str) -> str:
    """Give the folder of a file; the tree's top is the empty text."""
    return path.rpartition("/")[0]


def iter_above(folder: str) -> Iterator[str]:
    """Give a folder and all that it lies in, the tree's top last."""
    while folder:
        yield folder
        folder = folder_of(folder)
    yield ""


def is_below(folder: str, wanted: frozenset[str]) -> bool:
    """Say whether a folder is one of some, or lies in one."""
    return bool(wanted) and any(one in wanted for one in iter_above(folder))


def has_template(content: bytes) -> bool:
    """Say whether a file has places to fill in, as Go's templates mark them, or Jinja's."""
    return b"{{" in content or b"{%" in content
