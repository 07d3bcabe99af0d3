"""Folders of a tree: which of them hold charts or Kustomize's files, and what lies below what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_CHART = "Chart.yaml"
_KUSTOMIZATION = frozenset({"kustomization.yaml", "kustomization.yml", "Kustomization"})


def find_rendered_folders(files: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Find the folders that hold a chart, and those that hold a kustomization: what Argo CD applies is made from them.

    Args:
        files: The paths of all files.
    """
    charts, kustomizations = set(), set()
    for file in files:
        folder, _, name = file.rpartition("/")
        if name == _CHART:
            charts.add(folder)
        elif name in _KUSTOMIZATION:
            kustomizations.add(folder)
    return frozenset(charts), frozenset(kustomizations)


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
