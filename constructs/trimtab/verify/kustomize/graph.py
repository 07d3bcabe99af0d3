"""The kustomizations of a tree: which file each is made of, and which of them nobody else builds upon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from posixpath import join, normpath
from typing import Any

from trimtab.documents.values import parse_values
from trimtab.findings.finding import Finding
from trimtab.verify.files.folders import KUSTOMIZATIONS, folder_of, has_template, iter_above
from trimtab.verify.kustomize.fields import FIELDS
from trimtab.verify.kustomize.kustomization import Kustomization, Listed, is_kustomization

_DEEPEST = 32
"""Kustomizations that build upon each other in a row; a ring would have no end."""
_MOST = 20_000
"""Files that one kustomization is made of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file that a kustomization takes objects from."""

    file: str
    layers: tuple[Kustomization, ...]
    """What changes its objects, in order: the one that lists it, then those that build upon that one."""


_SPELLINGS = {field.lower(): field for field in FIELDS}


def _spell(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """Spell fields as kustomize does: it reads them whatever the case of their letters (Go's encoding/json)."""
    return {_SPELLINGS.get(str(key).lower(), key): inner for key, inner in value.items()}


class Graph:
    """All kustomizations of a tree."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        """Read the kustomizations among files.

        Args:
            files: The bytes of all files by path.
        """
        self._files = files
        self.by_folder: dict[str, Kustomization] = {}
        self.findings: list[Finding] = []
        """What is wrong with their texts."""
        for file, content in files.items():
            if file.rpartition("/")[2] in KUSTOMIZATIONS:
                read = parse_values(content, file=file)
                if read.findings and has_template(content):  # a template of one
                    continue
                value = read.values[0] if read.values else {}
                if isinstance(value, dict) and is_kustomization(file, value):
                    self.by_folder[folder_of(file)] = Kustomization(file=file, value=_spell(value))
                    self.findings += read.findings

    def resolve(self, kustomization: Kustomization, listed: Listed) -> str | None:
        """Give the path in the tree that a name leads to; nothing where it leads out of the tree, or is an address."""
        if listed.is_remote and self._local(kustomization, listed) is None:
            return None
        return self._inside(kustomization, listed)

    def _inside(self, kustomization: Kustomization, listed: Listed) -> str | None:
        if listed.is_inline or listed.text.startswith("/"):
            return None
        path = normpath(join(kustomization.folder, listed.text))
        return None if path == ".." or path.startswith("../") else "" if path == "." else path

    def _local(self, kustomization: Kustomization, listed: Listed) -> str | None:
        path = self._inside(kustomization, listed)
        return path if path is not None and (path in self._files or path in self.by_folder) else None

    def list_all(self, names: frozenset[str] | None) -> Mapping[str, bool]:
        """Give every path of the tree, and whether it is a folder.

        Args:
            names: Every file, manifests or not; nothing where only manifests are known.
        """
        found = dict.fromkeys(names or self._files, False)
        for file in [*found, *self._files]:
            folder = folder_of(file)
            while folder not in found:
                found[folder] = True
                folder = folder_of(folder)
        return found

    @cached_property
    def listed(self) -> frozenset[str]:
        """The files that some kustomization takes objects from."""
        return frozenset(
            path
            for one in self.by_folder.values()
            for listed in one.iter_objects()
            if (path := self.resolve(one, listed)) is not None and path in self._files
        )

    @cached_property
    def parts(self) -> frozenset[str]:
        """The files that hold parts of objects, words, or what goes into ConfigMaps."""
        return (
            frozenset(
                path
                for one in self.by_folder.values()
                for listed in (*one.iter_parts(), *one.iter_inputs())
                if (path := self.resolve(one, listed))
            )
            - self.listed
        )

    @cached_property
    def folders(self) -> frozenset[str]:
        """The folders that kustomizations are for, and those with files that only they know what to do with."""
        return frozenset(self.by_folder) | {folder_of(file) for file in (*self.listed, *self.parts)}

    def keeps(self, file: str) -> bool:
        """Say whether a file is a kustomization's, and holds no object that it lists.

        So is what lies below its folder; but at a tree's top a kustomization may stand beside much else.
        """
        if file in self.listed or self._is_other(file):
            return False
        folder = folder_of(file)
        return folder in self.folders or any(above in self.by_folder for above in iter_above(folder) if above)

    def _is_other(self, file: str) -> bool:
        """Say whether a file is only called as a kustomization is: Flux has a kind of that name."""
        return file.rpartition("/")[2] in KUSTOMIZATIONS and folder_of(file) not in self.by_folder

    @cached_property
    def roots(self) -> tuple[Kustomization, ...]:
        """Those that no other builds upon; components are never built alone."""
        used = {
            path
            for one in self.by_folder.values()
            for listed in (*one.iter_objects(), *one.iter_components())
            if (path := self.resolve(one, listed)) is not None and path != one.folder
        }
        return tuple(
            one for folder, one in sorted(self.by_folder.items()) if folder not in used and not one.is_component
        )

    def is_whole(self, root: Kustomization) -> bool:
        """Say whether all that a kustomization is made of lies in the tree, and comes out as it stands there."""
        return all(
            not one.is_opaque
            and all(self._is_here(one, listed) for listed in (*one.iter_objects(), *one.iter_components()))
            for one in self.iter_all(root)
        )

    def _is_here(self, one: Kustomization, listed: Listed) -> bool:
        path = self.resolve(one, listed)
        return path in self._files or path in self.by_folder

    def iter_all(self, root: Kustomization) -> Iterator[Kustomization]:
        """Give a kustomization and all that it builds upon, each once."""
        seen: dict[str, None] = {}
        waiting = [root]
        while waiting:
            one = waiting.pop()
            if one.folder not in seen:
                seen[one.folder] = None
                yield one
                waiting += [
                    inner
                    for listed in (*one.iter_objects(), *one.iter_components())
                    if (inner := self._of(one, listed))
                ]

    def list_parts(self, root: Kustomization) -> Sequence[Part]:
        """Give the files that a kustomization takes objects from, with what changes them on the way."""
        found: dict[tuple[str, tuple[str, ...]], Part] = {}
        for part in self._iter_parts(root, 0):
            found.setdefault((part.file, tuple(one.file for one in part.layers)), part)
            if len(found) >= _MOST:
                break
        return tuple(found.values())

    def _iter_parts(self, one: Kustomization, depth: int) -> Iterator[Part]:
        if depth > _DEEPEST:
            return
        components = [inner for listed in one.iter_components() if (inner := self._of(one, listed))]
        yield Part(file=one.file, layers=(*components, one))
        for part in self._iter_own(one, depth):
            yield Part(file=part.file, layers=(*part.layers, *components, one))
        for at, component in enumerate(components):
            for part in self._iter_parts(component, depth + 1):
                yield Part(file=part.file, layers=(*part.layers, *components[at + 1 :], one))

    def _iter_own(self, one: Kustomization, depth: int) -> Iterator[Part]:
        for listed in one.iter_objects():
            path = self.resolve(one, listed)
            inner = self.by_folder.get(path) if path is not None else None
            if inner is not None and inner is not one:
                yield from self._iter_parts(inner, depth + 1)
            elif path in self._files:
                yield Part(file=str(path), layers=())

    def _of(self, one: Kustomization, listed: Listed) -> Kustomization | None:
        path = self.resolve(one, listed)
        inner = self.by_folder.get(path) if path is not None else None
        return inner if inner is not one else None
