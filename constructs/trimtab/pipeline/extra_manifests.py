"""The user's own manifests: each document in `apps/manifests/<cluster>/<application>/` is an object of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trimtab.documents.document import Document
from trimtab.findings.finding import Finding, Severity
from trimtab.findings.path import ROOT, Path, get_value
from trimtab.kube.manifests import Collected, Manifest, manifest_id, object_identity, render_identity, split_api_version
from trimtab.settings.files import LoadedCluster
from trimtab.settings.folders import MANIFESTS

_REQUIRED: tuple[tuple[Path, str], ...] = (
    (("apiVersion",), "apiVersion"),
    (("kind",), "kind"),
    (("metadata", "name"), "metadata.name"),
)


def add_extra_manifests(into: Collected, loaded: LoadedCluster, application: str) -> Iterator[Finding]:
    """Add the user's manifests to an application.

    Args:
        into: The application's objects.
        loaded: The cluster's files.
        application: The application.

    Yields:
        What is wrong with them: documents that are no objects, and objects that are there already.
    """
    for file in loaded.manifests:
        if file.application == application:
            for document in file.documents:
                yield from _add(into, document, loaded.name)


def _add(into: Collected, document: Document, cluster: str) -> Iterator[Finding]:
    problems = list(_check_object(document, cluster))
    yield from problems
    if problems or not isinstance(document.value, Mapping):
        return
    manifest: Manifest = document.value
    key = manifest_id(manifest)
    taken = into.find(key)
    if taken is not None and object_identity(taken.manifest) == object_identity(manifest):
        message = f"the application has {render_identity(object_identity(manifest))} already"
        is_ours = not any(origin.startswith(f"{MANIFESTS}/") for origin in taken.origin)
        advice = "remove it, or patch ours" if is_ours else f"remove one of the two; the other is in {taken.origin[0]}"
        yield _finding(document, ("metadata", "name"), "object-owned-twice", message, advice, cluster)
        return
    group, _ = split_api_version(manifest["apiVersion"])
    into.add(manifest, id=key if taken is None else f"{key}-{group or 'core'}", origin=(document.file,))


def _check_object(document: Document, cluster: str) -> Iterator[Finding]:
    if not isinstance(document.value, Mapping):
        yield _finding(
            document, ROOT, "not-an-object", "this is no Kubernetes object", "an object is a mapping", cluster
        )
        return
    advice = "every object has apiVersion, kind and metadata.name"
    for path, name in _REQUIRED:
        value = get_value(document.value, path)
        if not isinstance(value, str) or not value:
            message = f"the object has no {name}" if value in (None, "") else f"the {name} of the object is no text"
            yield _finding(document, path, "not-an-object", message, advice, cluster)


def _finding(document: Document, path: Path, code: str, message: str, advice: str, cluster: str) -> Finding:
    place = document.places.value(path) or document.places.nearest(path)[1]
    return Finding(code=code, severity=Severity.ERROR, message=message, help=advice, place=place, cluster=cluster)
