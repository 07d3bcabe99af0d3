"""The user's own manifests: every document of `apps/manifests/<cluster>/<application>/` is an object of that application."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.documents.document import Document
from trimtab.findings.finding import Finding, Severity
from trimtab.findings.path import ROOT, Path
from trimtab.kube.manifests import Collected
from trimtab.settings.files import LoadedCluster
from trimtab.plan.application import Application

_REQUIRED: tuple[tuple[Path, str], ...] = (
    (("apiVersion",), "apiVersion"),
    (("kind",), "kind"),
    (("metadata", "name"), "metadata.name"),
)


def add_extra_manifests(into: Collected, loaded: LoadedCluster, application: Application) -> list[Finding]:
    """Add the user's manifests to an application.

    Args:
        into: The application's objects.
        loaded: The cluster's files.
        application: The application.

    Returns:
        What is wrong with them: documents that are no objects, and objects that are there already.
    """
    findings: list[Finding] = []
    for file in loaded.manifests:
        if file.application == application.name:
            for document in file.documents:
                findings += _add(into, document)
    return findings


def _add(into: Collected, document: Document) -> Iterator[Finding]:
    problems = list(_check_object(document))
    if problems or not isinstance(document.value, Mapping):
        yield from problems
        return
    try:
        into.add(document.value, origin=(document.file,))
    except ValueError:
        name = f"{document.value['kind']} {document.value['metadata']['name']}"
        message = f"the application has {name} already"
        yield _finding(document, ("metadata", "name"), "object-owned-twice", message, "remove one of the two, or patch ours")


def _check_object(document: Document) -> Iterator[Finding]:
    if not isinstance(document.value, Mapping):
        yield _finding(document, ROOT, "not-an-object", "this is no Kubernetes object", "an object is a mapping")
        return
    for path, name in _REQUIRED:
        value = _get(document.value, path)
        if not isinstance(value, str) or not value:
            message = f"the object has no {name}" if value is None else f"{name} is no text"
            yield _finding(document, path, "not-an-object", message, "every object has apiVersion, kind and metadata.name")


def _get(value: Any, path: Path) -> Any:
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _finding(document: Document, path: Path, code: str, message: str, advice: str) -> Finding:
    place = document.places.value(path) or document.places.nearest(path)[1]
    return Finding(code=code, severity=Severity.ERROR, message=message, help=advice, place=place)
