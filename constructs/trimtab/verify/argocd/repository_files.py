"""The files of a repository by their folders, looked through once for all clusters of a tree."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from functools import cached_property, lru_cache
from posixpath import dirname

from trimtab.findings.suggest import suggest


class RepositoryFiles:
    """The files of a repository by their folders."""

    def __init__(self, files: frozenset[str]) -> None:
        self._sorted = sorted(files)
        self._near: dict[str, str | None] = {}

    @cached_property
    def by_folder(self) -> Mapping[str, list[str]]:
        """Every folder with the files in it; those that only hold folders too."""
        found: dict[str, list[str]] = {"": []}
        for file in self._sorted:
            folder = dirname(file)
            if folder not in found:
                for end, char in enumerate(folder):
                    if char == "/":
                        found.setdefault(folder[:end], [])
            found.setdefault(folder, []).append(file)
        return found

    def list_below(self, folder: str) -> list[str]:
        """Give the files in a folder and in those below it."""
        if not folder:
            return self._sorted
        # "0" is the character after "/".
        return self._sorted[bisect_left(self._sorted, f"{folder}/") : bisect_left(self._sorted, f"{folder}0")]

    def suggest_folder(self, folder: str) -> str | None:
        """Find the folder that somebody meant who wrote one that is not there."""
        if folder not in self._near:
            self._near[folder] = suggest(folder, [one for one in self.by_folder if one])
        return self._near[folder]


@lru_cache(maxsize=2)
def index_files(files: frozenset[str]) -> RepositoryFiles:
    """Give the files of a repository by their folders, for the same files the same value."""
    return RepositoryFiles(files)
