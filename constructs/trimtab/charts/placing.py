"""The namespace of each object: that of the release where the chart writes none, and none where there is no place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trimtab.catalogue.chart_facts import Scope
from trimtab.catalogue.kinds import scope
from trimtab.charts.rendering import Manifest

_CRD = "CustomResourceDefinition"


def is_crd(manifest: Manifest) -> bool:
    """Say whether an object is a CustomResourceDefinition."""
    return manifest["kind"] == _CRD and str(manifest["apiVersion"]).startswith("apiextensions.k8s.io/")


def read_scopes(manifests: Iterable[Manifest]) -> Mapping[tuple[str, str], Scope]:
    """Give the scope of the kinds that the definitions among these objects add, by group and kind."""
    found: dict[tuple[str, str], Scope] = {}
    for manifest in manifests:
        spec = manifest.get("spec")
        if is_crd(manifest) and isinstance(spec, dict) and isinstance(spec.get("names"), dict):
            wanted: Scope = "Cluster" if spec.get("scope") == "Cluster" else "Namespaced"
            found[str(spec.get("group")), str(spec["names"].get("kind"))] = wanted
    return found


def place_manifest(manifest: Manifest, namespace: str, scopes: Mapping[tuple[str, str], Scope]) -> Manifest:
    """Give an object the namespace that Argo CD would (argo-cd v3.5.1 controller/state.go).

    Args:
        manifest: The object.
        namespace: The release's.
        scopes: Scopes of the kinds that the chart itself adds, by group and kind.

    Returns:
        The object as it was where nobody knows the scope of its kind: then Argo CD asks the cluster.
    """
    group = str(manifest["apiVersion"]).rpartition("/")[0]
    kind = (group, str(manifest["kind"]))
    where = scopes.get(kind) or scope(*kind)
    metadata = manifest["metadata"]
    written = metadata.get("namespace")
    if where == "Namespaced" and not written:
        return {**manifest, "metadata": {**metadata, "namespace": namespace}}
    if where == "Cluster" and "namespace" in metadata:
        return {**manifest, "metadata": {key: value for key, value in metadata.items() if key != "namespace"}}
    return manifest
