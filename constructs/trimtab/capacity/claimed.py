"""The volumes that finished objects ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.capacity.reading import count, mappings
from trimtab.kube.manifests import Manifest, split_api_version
from trimtab.plan.storage import Claim
from trimtab.verify.reading import fields_of

Place = tuple[str | int, ...]


def iter_claims(manifest: Manifest) -> Iterator[Claim]:
    """Give the volumes that one object asks for, with the path inside it that gives the size."""
    group, _ = split_api_version(manifest["apiVersion"])
    spec = manifest.get("spec")
    if not isinstance(spec, Mapping):
        return
    match group, manifest["kind"]:
        case "", "PersistentVolumeClaim":
            yield from _claim(spec, str(manifest["metadata"]["name"]), 1, ("spec",))
        case "apps", "StatefulSet":
            yield from _templates(spec, count(spec.get("replicas")), ("spec",))
        case "elasticsearch.k8s.elastic.co", "Elasticsearch":
            for position, nodes_set in enumerate(mappings(spec.get("nodeSets"))):
                yield from _templates(nodes_set, count(nodes_set.get("count")), ("spec", "nodeSets", position))
        case "monitoring.coreos.com", "Prometheus" | "Alertmanager":
            yield from _monitor(spec)
        case _:
            return


def _monitor(spec: Mapping[str, Any]) -> Iterator[Claim]:
    path: Place = ("spec", "storage", "volumeClaimTemplate", "spec")
    yield from _claim(
        fields_of(spec, "storage", "volumeClaimTemplate", "spec"), "storage", count(spec.get("replicas")), path
    )


def _templates(spec: Mapping[str, Any], copies: int, path: Place) -> Iterator[Claim]:
    for position, template in enumerate(mappings(spec.get("volumeClaimTemplates"))):
        name = str(fields_of(template, "metadata").get("name", ""))
        where: Place = (*path, "volumeClaimTemplates", position, "spec")
        yield from _claim(fields_of(template, "spec"), name, copies, where)


def _claim(spec: Mapping[str, Any], name: str, copies: int, path: Place) -> Iterator[Claim]:
    size = fields_of(spec, "resources", "requests").get("storage")
    wanted = spec.get("storageClassName")
    if size is not None and wanted != "" and not spec.get("volumeName"):  # those two ask no class for a volume
        yield Claim(
            name=name,
            size=str(size),
            storage_class=str(wanted) if wanted is not None else None,
            count=copies,
            path=(*path, "resources", "requests", "storage"),
        )
