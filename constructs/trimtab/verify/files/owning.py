"""Which Application applies which file of a tree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from trimtab.verify.argocd.globs import is_match, normalise_repository
from trimtab.verify.files.applications import Application, Source
from trimtab.verify.files.folders import folder_of, iter_above


class Owners:
    """Applications by the folders that they apply."""

    def __init__(
        self,
        applications: Sequence[Application],
        folders: Collection[str],
        prefix: str | None,
        kustomized: Collection[str] = (),
        charts: Collection[str] = (),
    ) -> None:
        """Look which folders of a tree Applications speak of.

        Args:
            applications: The Applications.
            kustomized: The folders that hold a kustomization: their files are not applied as they are.
            charts: The folders that hold a chart.
            folders: All folders of the tree, those above others too.
            prefix: Where the tree lies in its repository, with `/` at its end; nothing where that is not known, so
                that what a source's path begins with may be missing here.
        """
        placed = [
            (application, source, folder)
            for application in applications
            for source in application.sources
            if source.path is not None and (folder := find_folder(source.path, folders, prefix)) is not None
        ]
        ours = _most_common(normalise_repository(source.repo_url) for _, source, _ in placed)
        self._by_folder: Mapping[str, list[tuple[Application, Source]]] = defaultdict(list)
        self.kustomized: list[tuple[Application, Source, str]] = []
        """Who applies which kustomization."""
        for application, source, folder in placed:
            if _is_ours(source, ours):
                if folder in kustomized and not source.directory:
                    self.kustomized.append((application, source, folder))
                else:
                    self._by_folder[folder].append((application, source))
        self.folders = frozenset(self._by_folder)
        shown = {
            (application, source.at)
            for application, source, folder in placed
            if _is_ours(source, ours) and folder not in charts
        }
        self.partial = frozenset(
            application
            for application in applications
            if any(source.path is not None and (application, source.at) not in shown for source in application.sources)
        )
        """Those with a folder that the tree does not show, or that is rendered."""

    def owners_of(self, file: str) -> list[Application]:
        """Give the Applications that apply a file, each once."""
        if not self._by_folder:
            return []
        found: dict[Application, None] = {}
        own = folder_of(file)
        for folder in iter_above(own):
            for application, source in self._by_folder.get(folder, ()):
                if _takes(source, file, folder, is_direct=folder == own):
                    found[application] = None
        return list(found)


def find_folder(path: str, folders: Collection[str], prefix: str | None) -> str | None:
    """Find the folder of the tree that a path in its repository leads to; nothing where there is none."""
    if prefix is not None:
        inside = f"{path}/".removeprefix(prefix).removesuffix("/") if f"{path}/".startswith(prefix) else None
        return inside if inside in folders else None
    while path not in folders and "/" in path:
        path = path.partition("/")[2]
    return path if path in folders else None


def _is_ours(source: Source, ours: str) -> bool:
    return normalise_repository(source.repo_url) == ours


def _most_common(words: Iterable[str]) -> str:
    return next((word for word, _ in Counter(words).most_common(1)), "")


def _takes(source: Source, file: str, folder: str, *, is_direct: bool) -> bool:
    """Say whether a directory source takes a file (reposerver/repository/repository.go in argo-cd)."""
    directory = source.directory
    if not is_direct and directory.get("recurse") is not True:
        return False
    name = file[len(folder) + 1 :] if folder else file
    include, exclude = directory.get("include"), directory.get("exclude")
    if isinstance(exclude, str) and exclude and is_match(exclude, name):
        return False
    return not isinstance(include, str) or not include or is_match(include, name)
