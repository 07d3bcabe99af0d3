"""Argo CD's Applications in a tree, as far as they say what is applied where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from trimtab.findings.path import ROOT, Path
from trimtab.kube.manifests import split_api_version
from trimtab.verify.files.found import Found

GROUP = "argoproj.io"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source of an Application."""

    repo_url: str
    path: str | None
    """Relative to the top of its repository; nothing for a chart, or where only values are taken from it."""
    directory: Mapping[str, Any] = field(default_factory=dict, hash=False)
    helm: Mapping[str, Any] = field(default_factory=dict, hash=False)
    kustomize: Mapping[str, Any] = field(default_factory=dict, hash=False)
    chart: str | None = None
    revision: str = ""
    ref: str | None = None
    """The name that other sources know it by."""
    at: Path = ("spec", "source")
    """Where in the Application it stands."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Application:
    """An Application, where it says things that can be read."""

    name: str
    namespace: str
    found: Found
    destination: str
    """The cluster: its address or its name."""
    target: str
    """Where objects go that name no namespace."""
    sources: tuple[Source, ...]


def parse_applications(objects: Iterable[Found]) -> tuple[Application, ...]:
    """Give the Applications among objects, in order; what is wrong with them is for the checks to say."""
    return tuple(
        parse_application(found.manifest, found)
        for found in objects
        if found.manifest["kind"] == "Application" and split_api_version(found.manifest["apiVersion"])[0] == GROUP
    )


def parse_application(manifest: Mapping[str, Any], found: Found, base: Path = ROOT) -> Application:
    """Read an Application.

    Args:
        manifest: Its metadata and spec.
        found: The object that holds it.
        base: Where in that object it stands; for an ApplicationSet the place of its template.
    """
    metadata, spec = _mapping(manifest, "metadata"), _mapping(manifest, "spec")
    destination = _mapping(spec, "destination")
    return Application(
        name=_text(metadata, "name"),
        namespace=_text(metadata, "namespace"),
        found=found,
        destination=_text(destination, "server") or _text(destination, "name"),
        target=_text(destination, "namespace"),
        sources=tuple(_iter_sources(spec, base)),
    )


def _iter_sources(spec: Mapping[str, Any], base: Path) -> Iterator[Source]:
    """Give the sources; Argo CD looks at `source` only where there is no `sources`."""
    several = spec.get("sources")
    is_list = isinstance(several, list) and bool(several)
    for position, source in enumerate(several if isinstance(several, list) and several else [spec.get("source")]):
        if isinstance(source, dict):
            chart = _text(source, "chart") or None
            path = source.get("path")
            yield Source(
                repo_url=_text(source, "repoURL"),
                path=clean_path(path) if isinstance(path, str) and path and not chart else None,
                directory=_mapping(source, "directory"),
                helm=_mapping(source, "helm"),
                kustomize=_mapping(source, "kustomize"),
                chart=chart,
                revision=_text(source, "targetRevision"),
                ref=_text(source, "ref") or None,
                at=(*base, "spec", "sources", position) if is_list else (*base, "spec", "source"),
            )


def clean_path(path: str) -> str:
    """Write a path in a repository in its one form: no `./`, no `/` at either end; the top is the empty text."""
    return "/".join(part for part in path.split("/") if part not in ("", "."))


def _mapping(value: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = value.get(key)
    return found if isinstance(found, dict) else {}


def _text(value: Mapping[str, Any], key: str) -> str:
    found = value.get(key)
    return found if isinstance(found, str) else ""
