"""Values files that Applications name, held against the repository's files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename, dirname, normpath
from typing import Any

from trimtab.findings.path import Path
from trimtab.findings.suggest import suggest
from trimtab.verify.argocd.application import Application, Applications
from trimtab.verify.argocd.folders import find_own_revisions, place_of, revision_of
from trimtab.verify.argocd.globs import is_match
from trimtab.verify.argocd.repository_files import RepositoryFiles, index_files
from trimtab.verify.argocd.texts import is_templated
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.reading import fields_of, list_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
"""How an address begins, or the scheme of a plugin that decrypts."""
_PATTERN = re.compile(r"[*?\[]")
"""What makes a pattern of a path (argo-cd v3.5.1 reposerver/repository/repository.go, isGlobPath)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Named:
    """A values file that an Application cannot do without."""

    application: Application
    path: Path
    """Where it is named."""
    shown: str
    """As it is written."""
    home: Mapping[str, Any]
    """The source in whose repository it lies."""
    file: str
    """Its path there."""


def check_value_files(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find values files of the tree's own repository that are not there."""
    if world.files is None:
        return
    files, applications = index_files(world.files), Applications(tree).every
    named = [one for application in applications for one in _iter_named(application)]
    # As with folders: what lies in a folder of that name shows whose it is.
    there = {revision_of(one.home) for one in named if "/" in one.file and one.file in world.files}
    ours = find_own_revisions(applications, files) | there
    for one in named:
        # A folder that is not there is told of itself.
        has_folder = revision_of(one.home) in ours and place_of(one.home) in files.by_folder
        if has_folder and not _is_there(one.file, files, world.files):
            yield _tell(one, files)


def _iter_named(application: Application) -> Iterator[_Named]:
    for path, source in application.sources:
        helm = fields_of(source, "helm")
        for position, text in enumerate(() if helm.get("ignoreMissingValueFiles") else list_of(helm, "valueFiles")):
            place = _find_place(application, source, text) if isinstance(text, str) else None
            if place is not None:
                at = (*path, "helm", "valueFiles", position)
                yield _Named(application=application, path=at, shown=text, home=place[0], file=place[1])


def _find_place(application: Application, source: Mapping[str, Any], text: str) -> tuple[Mapping[str, Any], str] | None:
    """Find the source and the path in its repository; nothing where that is in a chart, or nobody knows yet.

    A path begins at the top of the repository after `$ref` or with a slash, else in the source's folder (argo-cd v3.5.1
    util/io/path/resolved.go, ResolveValueFilePathOrUrl).
    """
    first, _, rest = text.partition("/")
    is_referred = first.startswith("$")
    if not text or is_templated(text) or _ELSEWHERE.match(text) or "$" in (rest if is_referred else text):
        return None
    if is_referred:
        homes = [one for _, one in application.sources if text_of(one, "ref") == first[1:]]
        return (homes[0], normpath(rest.lstrip("/"))) if homes else None
    if not text_of(source, "path") or is_templated(text_of(source, "path")):
        return None
    return source, normpath((text if first == "" else f"{place_of(source)}/{text}").lstrip("/"))


def _is_there(file: str, files: RepositoryFiles, names: frozenset[str]) -> bool:
    """Say whether a file, or one that fits a pattern, is there, or may be behind a symbolic link."""
    pattern = _PATTERN.search(file)
    known = file[: pattern.start()] if pattern else file
    if any(known[:end] in names for end, char in enumerate(known) if char == "/"):
        return True
    if pattern is None:
        return file in names or file in files.by_folder
    # Argo CD's patterns let `**/` stand for no folder too, and write `^` for `!` in brackets.
    wanted = file.replace("**/", "{**/,}").replace("[^", "[!")
    return any(is_match(wanted, one, "/") for one in files.list_below(dirname(known)))


def _tell(one: _Named, files: RepositoryFiles) -> Complaint:
    near = suggest(basename(one.file), map(basename, files.by_folder.get(dirname(one.file), ())))
    help_ = "Argo CD renders nothing of the Application without it, unless 'ignoreMissingValueFiles: true' is said"
    return Complaint(
        code="source-without-manifests",
        about=one.application.entry,
        path=one.path,
        message=f"the values file '{one.shown}' of {one.application} is not in the repository",
        help=f"did you mean '{near}'?" if near else help_,
    )


CHECKS = (Check(name="values files of Applications", codes=("source-without-manifests",), run=check_value_files),)
