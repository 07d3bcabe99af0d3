"""Argo CD's Applications in a tree, as far as they say what is applied where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from trimtab.catalogue.argocd_names import IN_CLUSTER, IN_CLUSTER_NAME
from trimtab.findings.path import ROOT, Path
from trimtab.kube.manifests import split_api_version
from trimtab.verify.files.found import Found
from trimtab.verify.reading import fields_of, text_of

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
    """The cluster: its address or its name; Argo CD's own, which has both, by its address."""
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
    metadata, spec = fields_of(manifest, "metadata"), fields_of(manifest, "spec")
    destination = fields_of(spec, "destination")
    return Application(
        name=text_of(metadata, "name"),
        namespace=text_of(metadata, "namespace"),
        found=found,
        destination=_one_name(text_of(destination, "server") or text_of(destination, "name")),
        target=text_of(destination, "namespace"),
        sources=tuple(_iter_sources(spec, base)),
    )


def _one_name(cluster: str) -> str:
    return IN_CLUSTER if cluster == IN_CLUSTER_NAME else cluster


def _iter_sources(spec: Mapping[str, Any], base: Path) -> Iterator[Source]:
    """Give the sources; Argo CD looks at `source` only where there is no `sources`."""
    several = spec.get("sources")
    is_list = isinstance(several, list) and bool(several)
    for position, source in enumerate(several if isinstance(several, list) and several else [spec.get("source")]):
        if isinstance(source, dict):
            chart = text_of(source, "chart") or None
            path = source.get("path")
            yield Source(
                repo_url=text_of(source, "repoURL"),
                path=clean_path(path) if isinstance(path, str) and path and not chart else None,
                directory=fields_of(source, "directory"),
                helm=fields_of(source, "helm"),
                kustomize=fields_of(source, "kustomize"),
                chart=chart,
                revision=text_of(source, "targetRevision"),
                ref=text_of(source, "ref") or None,
                at=(*base, "spec", "sources", position) if is_list else (*base, "spec", "source"),
            )


def clean_path(path: str) -> str:
    """Write a path in a repository in its one form: no `./`, no `/` at either end; the top is the empty text."""
    return "/".join(part for part in path.split("/") if part not in ("", "."))
