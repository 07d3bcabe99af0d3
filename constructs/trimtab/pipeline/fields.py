"""From a field of a built object to the place in the user's files that says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from trimtab.documents.document import Document
from trimtab.findings.finding import Place
from trimtab.kube.manifests import Built
from trimtab.pipeline.origins import find_place
from trimtab.pipeline.state import ClusterState

_IDENTITY = (("apiVersion",), ("kind",), ("metadata", "name"), ("metadata", "namespace"))


def find_field(cluster: ClusterState, built: Built, path: Sequence[str | int]) -> Place | None:
    """Find where a field of an object stands: in the user's manifest, or at the setting that the object came from.

    Args:
        cluster: The cluster.
        built: The object.
        path: The field; digits may be the position in a list.
    """
    for document in _iter_documents(cluster, built.origin[:1]):
        if all(_get(document.value, keys) == _get(built.manifest, keys) for keys in _IDENTITY):
            keys = tuple(int(key) if isinstance(key, str) and key.isdigit() else key for key in path)
            return document.places.value(keys) or document.places.nearest(keys)[1]
    return find_place(cluster, built.origin)


def _iter_documents(cluster: ClusterState, files: Sequence[str]) -> Iterator[Document]:
    return (document for one in cluster.loaded.manifests if one.file in files for document in one.documents)


def _get(value: object, keys: Sequence[str]) -> object:
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value
