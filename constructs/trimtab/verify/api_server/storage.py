"""Storage classes, volumes and claims."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.findings.path import Path
from trimtab.plan.quantities import parse_quantity
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, iter_specs, list_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_NOT_SOURCES = {
    "accessModes",
    "capacity",
    "claimRef",
    "mountOptions",
    "nodeAffinity",
    "persistentVolumeReclaimPolicy",
    "storageClassName",
    "volumeAttributesClassName",
    "volumeMode",
}


_REFERENCES = (
    "controllerPublishSecretRef",
    "nodePublishSecretRef",
    "controllerExpandSecretRef",
    "nodeExpandSecretRef",
)
"""Secrets of a CSI volume that need name and namespace (kubernetes v1.35.4 pkg/apis/core/validation/validation.go,
validateCSIPersistentVolumeSource); of nodeStageSecretRef nothing is asked."""


def check_claims(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find claims that the API server refuses (pkg/apis/core/validation, ValidatePersistentVolumeClaimSpec)."""
    for entry, spec in iter_specs(tree, "", "PersistentVolumeClaim"):
        yield from _check_claim(entry, spec, ("spec",))
    for entry, spec in iter_specs(tree, "apps", "StatefulSet"):
        for position, template in iter_fields(spec, "volumeClaimTemplates"):
            here = ("spec", "volumeClaimTemplates", position, "spec")
            yield from _check_claim(entry, fields_of(template, "spec"), here)
    for pod in tree.pods:
        for position, volume in iter_fields(pod.spec, "volumes"):
            if isinstance(volume.get("ephemeral"), dict):
                path = (*pod.path, "spec", "volumes", position, "ephemeral", "volumeClaimTemplate", "spec")
                yield from _check_claim(pod.entry, fields_of(volume, "ephemeral", "volumeClaimTemplate", "spec"), path)


def _check_claim(entry: Entry, spec: Fields, path: Path) -> Iterator[Complaint]:
    modes = list_of(spec, "accessModes")
    if not modes:
        cure = "write accessModes: [ReadWriteOnce]"
        yield complain("missing-field", entry, path, "claims a volume without an access mode", cure)
    elif "ReadWriteOncePod" in modes and len(modes) > 1:
        what = "claims a volume for one pod and for more"
        yield complain("contradicting-fields", entry, (*path, "accessModes"), what, "list ReadWriteOncePod alone")
    size = fields_of(spec, "resources", "requests").get("storage")
    amount = parse_quantity(size)
    if size is None:
        cure = "write resources.requests.storage"
        yield complain("missing-field", entry, path, "claims a volume without a size", cure)
    elif amount is not None and amount <= 0:
        here = (*path, "resources", "requests", "storage")
        yield complain("field-out-of-range", entry, here, f"claims a volume of {size}", "write more than 0")


def check_volumes(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find volumes that the API server refuses (pkg/apis/core/validation, ValidatePersistentVolumeSpec)."""
    for entry, spec in iter_specs(tree, "", "PersistentVolume"):
        sources = sorted(key for key, value in spec.items() if key not in _NOT_SOURCES and value is not None)
        if len(sources) != 1:
            said = f"lies in two places: {' and '.join(sources)}" if sources else "lies nowhere"
            yield complain("contradicting-fields", entry, ("spec",), said, "give it exactly one source")
        if not list_of(spec, "accessModes"):
            yield complain("missing-field", entry, ("spec",), "has no access mode", "list one: accessModes")
        for key in fields_of(spec, "capacity"):
            if key != "storage":
                what, here = f"has an amount of '{key}'", ("spec", "capacity", key)
                yield complain("value-not-allowed", entry, here, what, "write storage alone", on_key=True)
        yield from _check_references(entry, fields_of(spec, "csi"))
        if fields_of(spec, "capacity").get("storage") is None:
            yield complain("missing-field", entry, ("spec",), "has no size", "write capacity.storage")
        if "local" in sources and not fields_of(spec, "nodeAffinity"):
            what = "lies on the disk of a node and does not say which"
            yield complain("missing-field", entry, ("spec",), what, "write nodeAffinity.required")


def _check_references(entry: Entry, source: Fields) -> Iterator[Complaint]:
    for key in _REFERENCES:
        reference = fields_of(source, key)
        for field in ("name", "namespace") if source.get(key) is not None else ():
            if not reference.get(field):
                what = f"refers to a Secret without its {field}"
                yield complain("missing-field", entry, ("spec", "csi", key), what, f"write its {field}")


def check_classes(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find storage classes that the API server refuses (pkg/apis/storage/validation, ValidateStorageClass)."""
    for entry in tree.of_kind("storage.k8s.io", "StorageClass"):
        policy = entry.manifest.get("reclaimPolicy")
        if policy == "Recycle":
            what = "recycles its volumes"
            yield complain("value-not-allowed", entry, ("reclaimPolicy",), what, "write Delete or Retain")
        parameters = fields_of(entry.manifest, "parameters")
        if any(not key for key in parameters):
            yield complain("missing-field", entry, ("parameters",), "has a parameter without a name", "name it")


CHECKS = (
    Check(name="claims", codes=("missing-field", "contradicting-fields", "field-out-of-range"), run=check_claims),
    Check(
        name="volumes of the cluster",
        codes=("missing-field", "contradicting-fields", "value-not-allowed"),
        run=check_volumes,
    ),
    Check(name="storage classes", codes=("value-not-allowed", "missing-field"), run=check_classes),
)
