"""From a field of a built object to the place in the user's files that says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trimtab.documents.document import Document
from trimtab.findings.finding import Place
from trimtab.findings.path import get_value
from trimtab.kube.manifests import Built
from trimtab.pipeline.origins import find_patched, find_place
from trimtab.pipeline.state import ClusterState

_IDENTITY = (("apiVersion",), ("kind",), ("metadata", "name"), ("metadata", "namespace"))


def find_field(cluster: ClusterState, built: Built, path: Sequence[str | int]) -> Place | None:
    """Find where a field of an object stands: in a patch, in the user's manifest, or at the setting it came from.

    Args:
        cluster: The cluster.
        built: The object.
        path: The field; digits may be the position in a list.
    """
    if patched := find_patched(cluster, built.origin, path):
        return patched
    for document in _iter_documents(cluster, built.origin[:1]):
        if all(get_value(document.value, keys) == get_value(built.manifest, keys) for keys in _IDENTITY):
            keys = tuple(int(key) if isinstance(key, str) and key.isdigit() else key for key in path)
            return document.places.value(keys) or document.places.nearest(keys)[1]
    return find_place(cluster, built.origin)


def _iter_documents(cluster: ClusterState, files: Sequence[str]) -> Iterator[Document]:
    return (document for one in cluster.loaded.manifests if one.file in files for document in one.documents)
