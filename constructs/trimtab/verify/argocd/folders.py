"""Folders that Applications read from, held against the repository's files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from posixpath import basename, dirname, normpath
from typing import Any

from trimtab.findings.path import Path
from trimtab.verify.argocd.application import Application, Applications
from trimtab.verify.argocd.globs import is_match, normalise_repository
from trimtab.verify.argocd.repository_files import RepositoryFiles, index_files
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


def check_folders(tree: Tree, world: World) -> Iterator[Said]:
    """Find sources whose folder is not there, or holds nothing to apply, or a values file beside the manifests."""
    applications = Applications(tree).every
    wanted = [(one, path, source) for one in applications for path, source in _iter_folders(one)]
    if world.files is None:
        if wanted and world.foreign:
            yield Unchecked(
                reason="whether the folders of Applications are there: the repository's files are not at hand"
            )
        return
    files = index_files(world.files)
    ours = find_own_revisions(applications, files)
    for application, path, source in wanted:
        if revision_of(source) in ours:
            yield from _check_folder(application, path, source, files)


def find_own_revisions(applications: Iterable[Application], files: RepositoryFiles) -> frozenset[tuple[str, str]]:
    """Find the repository that a tree lies in, which nobody tells: it is the one whose folders are there.

    Args:
        applications: The tree's Applications.
        files: The files of its repository.

    Returns:
        Its address and revision, as `revision_of` writes them, in every spelling.
    """
    sources = [source for one in applications for _, source in _iter_folders(one)]
    return frozenset(
        revision_of(source) for source in sources if (folder := place_of(source)) and folder in files.by_folder
    )


def revision_of(source: Mapping[str, Any]) -> tuple[str, str]:
    """Give the repository that a source reads, and the revision of it."""
    return normalise_repository(text_of(source, "repoURL")), text_of(source, "targetRevision")


def place_of(source: Mapping[str, Any]) -> str:
    """Give the folder that a source reads, in its one form: the repository's top is the empty text."""
    folder = normpath(text_of(source, "path")).strip("/")
    return "" if folder == "." else folder


def _iter_folders(application: Application) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for path, source in application.sources:
        folder = text_of(source, "path")
        if folder and not text_of(source, "chart") and not is_templated(folder):
            yield path, source


def _check_folder(
    application: Application, path: Path, source: Mapping[str, Any], files: RepositoryFiles
) -> Iterator[Complaint]:
    folder, shown = place_of(source), text_of(source, "path")
    if folder not in files.by_folder:
        near = files.suggest_folder(folder)
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
    application: Application, path: Path, source: Mapping[str, Any], files: RepositoryFiles
) -> Iterator[Complaint]:
    folder, shown = place_of(source), text_of(source, "path")
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
