"""Which of the repositories that Applications name is the one that the tree itself lies in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from trimtab.verify.argocd.application import iter_applications
from trimtab.verify.argocd.repository_files import index_files
from trimtab.verify.reading import text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://")
_USER = re.compile(r"^[^/@]*@")


def find_own_repositories(tree: Tree, world: World) -> frozenset[str]:
    """Give the addresses of the tree's own repository, in every spelling that Applications have for it.

    It is a remote of the repository; or its folders or values files lie in the tree; or most folders, two at least,
    come from it.
    """
    spellings: dict[str, set[str]] = defaultdict(set)
    paths: dict[str, list[str]] = defaultdict(list)
    for url, path in _iter_git_sources(tree):
        place = _place(url)
        spellings[place].add(url)
        if path:
            paths[place].append(path.strip("/").removeprefix("./"))
    remotes, folders = {_place(url) for url in world.remotes}, index_files(world.files or frozenset()).by_folder
    own = {place for place in spellings if place in remotes or any(path in folders for path in paths[place] if path)}
    own |= {_place(url) for url in _iter_values_sources(tree, world)}
    return frozenset(url for place in own | _most_used(paths) for url in spellings[place])


def _iter_git_sources(tree: Tree) -> Iterator[tuple[str, str]]:
    for application in iter_applications(tree):
        for _, source in application.sources:
            if not text_of(source, "chart"):
                yield text_of(source, "repoURL"), text_of(source, "path")


def _iter_values_sources(tree: Tree, world: World) -> Iterator[str]:
    """Give the addresses that values files come from which lie in the tree."""
    takers = {use.origin for use in world.charts if any(given.file for given in use.given)}
    for application in iter_applications(tree) if takers else ():
        if application.entry.origin in takers:
            yield from (text_of(source, "repoURL") for _, source in application.sources if text_of(source, "ref"))


def _most_used(paths: Mapping[str, list[str]]) -> set[str]:
    every = sum(map(len, paths.values()))
    return {place for place, listed in paths.items() if len(listed) > 1 and 2 * len(listed) > every}


def _place(url: str) -> str:
    """Write host and path alone: `git@host:path.git` and `https://host/path` are the same repository."""
    text = url.strip().lower()
    scheme = _SCHEME.match(text)
    text = _USER.sub("", text[scheme.end() :] if scheme else text)
    return (text if scheme else text.replace(":", "/", 1)).rstrip("/").removesuffix(".git")
