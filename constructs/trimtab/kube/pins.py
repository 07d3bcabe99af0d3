"""What fetches something that can change under the same name: images, charts and revisions of Git."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trimtab.findings.path import ROOT, Path
from trimtab.kube.manifests import Manifest, split_api_version

_MOVING = frozenset({"latest", "main", "master", "develop", "devel", "dev", "edge", "nightly", "rolling", "canary"})
"""Tags that their owners move; `stable` and a bare minor may move too, but many never do."""
_CONTAINERS = frozenset({"containers", "initContainers", "ephemeralContainers"})
_PLAIN = frozenset({str, int, bool, float, type(None)})
_EXACT = re.compile(r"v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?\Z")
"""A version of three numbers; Helm reads two, or a letter, as a range (Masterminds/semver, constraints)."""
_HASH = re.compile(r"[0-9a-f]{7,64}\Z")
_TAG = re.compile(r"\d+\.\d+|\d{6,}")
"""What a tag of a release has in it and the name of a branch seldom has: a version, or a date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpinned:
    """One source that may be another thing tomorrow."""

    path: Path
    message: str
    help: str


def find_moving_image(image: str) -> str | None:
    """Say what is wrong with the reference of an image; nothing where it is pinned.

    A digest pins it whatever the tag says; without either the registry gives `latest` (distribution/reference
    normalize.go, TagNameOnly).
    """
    name, _, digest = image.partition("@")
    if digest or not name:
        return None
    _, colon, tag = name.rpartition("/")[2].partition(":")
    if not colon:
        return "has no tag, which means latest"
    return f"has the tag '{tag}', which moves" if is_moving_tag(tag) else None


def is_exact_version(version: str) -> bool:
    """Say whether a chart's version is one version, and not a range: Helm takes two numbers for one."""
    return _EXACT.match(version) is not None


def is_moving_tag(tag: str) -> bool:
    """Say whether a tag is one that its owner moves."""
    return tag.lower() in _MOVING


def iter_unpinned(manifest: Manifest, own: Collection[str] = ()) -> Iterator[Unpinned]:
    """Find what an object fetches that is not pinned.

    Args:
        manifest: The object.
        own: Addresses of repositories whose branches may be followed: that of the tree itself.
    """
    found: list[tuple[Path, list[Any]]] = []
    _find_containers(manifest, ROOT, found)
    for at, containers in found:
        yield from _iter_containers(containers, at)
    group, _ = split_api_version(manifest.get("apiVersion", ""))
    if group == "argoproj.io" and manifest.get("kind") == "Application":
        yield from _iter_sources(manifest.get("spec"), ("spec",), own)


def _find_containers(value: Any, at: Path, found: list[tuple[Path, list[Any]]]) -> None:
    """Find all lists of containers; no generator, since most objects have none, and one a level takes longer."""
    if type(value) is dict or isinstance(value, Mapping):
        for key, below in value.items():
            if key in _CONTAINERS and isinstance(below, list):
                found.append(((*at, key), below))
            elif type(below) not in _PLAIN:
                _find_containers(below, (*at, str(key)), found)
    elif isinstance(value, list):
        for number, below in enumerate(value):
            if type(below) not in _PLAIN:
                _find_containers(below, (*at, number), found)


def _iter_containers(containers: list[Any], at: Path) -> Iterator[Unpinned]:
    for number, container in enumerate(containers):
        image = container.get("image") if isinstance(container, Mapping) else None
        wrong = find_moving_image(image) if isinstance(image, str) else None
        if wrong:
            yield Unpinned(
                path=(*at, number, "image"),
                message=f"the image '{image}' {wrong}",
                help="name a version, or better a digest: image:1.2.3@sha256:…",
            )


def _iter_sources(spec: Any, at: Path, own: Collection[str]) -> Iterator[Unpinned]:
    if not isinstance(spec, Mapping):
        return
    several = spec.get("sources")
    sources = [(("sources", number), one) for number, one in enumerate(several if isinstance(several, list) else ())]
    for below, source in [*sources, (("source",), spec.get("source"))]:
        if isinstance(source, Mapping) and (source.get("chart") or source.get("repoURL") not in own):
            wrong = _find_moving_revision(source)
            if wrong:
                yield Unpinned(
                    path=(*at, *below, "targetRevision"),
                    message=f"the source {source.get('repoURL')} {wrong}",
                    help="name an exact version, a tag, or a commit",
                )


def _find_moving_revision(source: Mapping[str, Any]) -> str | None:
    revision = str(source.get("targetRevision") or "")
    if source.get("chart"):
        is_exact = is_exact_version(revision)
        return None if is_exact else f"asks for the chart's version '{revision or '*'}', which is a range"
    if revision in ("", "HEAD"):
        return "follows HEAD"
    is_tag = _HASH.match(revision) or revision.startswith("refs/tags/") or _TAG.search(revision)
    return None if is_tag and "*" not in revision else f"follows the branch '{revision}'"
