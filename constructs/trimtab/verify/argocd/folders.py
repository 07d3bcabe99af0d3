"""Folders that Applications read from, held against the repository's files."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cached_property
from posixpath import basename, dirname, normpath
from typing import Any

from trimtab.findings.path import Path
from trimtab.findings.suggest import suggest
from trimtab.verify.argocd.application import Application, Applications
from trimtab.verify.argocd.globs import is_match, normalise_repository
from trimtab.verify.argocd.texts import is_templated
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Said, Unchecked
from trimtab.verify.reading import fields_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_MANIFESTS = (".yaml", ".yml", ".json", ".jsonnet")
"""What a directory is read for (argo-cd v3.5.1 reposerver/repository/repository.go, findManifests)."""

_KUSTOMIZATIONS = frozenset({"kustomization.yaml", "kustomization.yml", "Kustomization"})
_TOOLS = ("helm", "kustomize", "plugin")


class _Files:
    """The files of a repository by their folders."""

    def __init__(self, files: frozenset[str]) -> None:
        self._sorted = sorted(files)

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


def check_folders(tree: Tree, world: World) -> Iterator[Said]:
    """Find sources whose folder is not there, or holds nothing to apply, or a values file beside the manifests."""
    wanted = [(one, path, source) for one in Applications(tree).every for path, source in _iter_folders(one)]
    if world.files is None:
        if wanted and world.foreign:
            yield Unchecked(
                reason="whether the folders of Applications are there: the repository's files are not at hand"
            )
        return
    files = _Files(world.files)
    # Nobody tells which repository the tree lies in: it is the one whose folders are there.
    ours = {_revision(source) for _, _, source in wanted if _folder(source) and _folder(source) in files.by_folder}
    for application, path, source in wanted:
        if _revision(source) in ours:
            yield from _check_folder(application, path, source, files)


def _iter_folders(application: Application) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for path, source in application.sources:
        folder = text_of(source, "path")
        if folder and not text_of(source, "chart") and not is_templated(folder):
            yield path, source


def _revision(source: Mapping[str, Any]) -> tuple[str, str]:
    return normalise_repository(text_of(source, "repoURL")), text_of(source, "targetRevision")


def _folder(source: Mapping[str, Any]) -> str:
    folder = normpath(text_of(source, "path")).strip("/")
    return "" if folder == "." else folder


def _check_folder(
    application: Application, path: Path, source: Mapping[str, Any], files: _Files
) -> Iterator[Complaint]:
    folder, shown = _folder(source), text_of(source, "path")
    if folder not in files.by_folder:
        near = suggest(folder, [one for one in files.by_folder if one])
        help_ = f"did you mean '{near}'?" if near else "Argo CD syncs nothing of the Application without it"
        yield _empty(application, path, f"the folder '{shown}' of {application} is not in the repository", help_)
    elif not _is_rendered(source, files.by_folder[folder]):
        yield from _check_directory(application, path, source, files)


def _is_rendered(source: Mapping[str, Any], files: list[str]) -> bool:
    """Say whether a tool renders a folder (argo-cd v3.5.1 util/app/discovery/discovery.go)."""
    return any(source.get(tool) for tool in _TOOLS) or any(
        file.endswith("Chart.yaml") or basename(file) in _KUSTOMIZATIONS for file in files
    )


def _check_directory(
    application: Application, path: Path, source: Mapping[str, Any], files: _Files
) -> Iterator[Complaint]:
    folder, shown = _folder(source), text_of(source, "path")
    directory = fields_of(source, "directory")
    every = [file for file in files.list_below(folder) if file.endswith(_MANIFESTS)]
    read = every if directory.get("recurse") is True else [file for file in every if dirname(file) == folder]
    taken = [file for file in read if _is_taken(directory, file.removeprefix(f"{folder}/"))]
    if not taken:
        help_ = "put manifests there, or leave the source out"
        if read:
            help_ = "none of its files passes 'include' and 'exclude'"
        elif every:
            help_ = "its manifests lie in folders below: say 'directory: {recurse: true}'"
        said = f"Argo CD finds no manifest in the folder '{shown}' of {application}, and calls it Synced"
        yield _empty(application, path, said, help_)
    for file in taken:
        if basename(file).startswith("values"):
            yield Complaint(
                code="values-under-source-path",
                about=application.entry,
                path=(*path, "path"),
                message=f"'{file}' lies among the manifests of {application}",
                help="move it out of the folder: a word like 'kind:' in it stops the whole Application",
            )


def _is_taken(directory: Mapping[str, Any], file: str) -> bool:
    """Say whether a file is read; here a star crosses slashes, and what is left out wins."""
    include, exclude = text_of(directory, "include"), text_of(directory, "exclude")
    return not (exclude and is_match(exclude, file)) and (not include or is_match(include, file))


def _empty(application: Application, path: Path, message: str, help_: str) -> Complaint:
    return Complaint(
        code="source-without-manifests", about=application.entry, path=(*path, "path"), message=message, help=help_
    )


CHECKS = (
    Check(
        name="folders of Applications",
        codes=("source-without-manifests", "values-under-source-path"),
        run=check_folders,
    ),
)
