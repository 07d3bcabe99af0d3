"""Storage classes, volumes and claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trimtab.findings.path import Path
from trimtab.plan.quantities import parse_quantity
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.api_server.forms import Look, find_label_fault, find_subdomain_fault
from trimtab.verify.api_server.scheduling import check_node_term
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, iter_specs, list_of, text_of
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
_NAMED: Mapping[str, Look] = {"name": find_subdomain_fault, "namespace": find_label_fault}
_SNAPSHOT = ("snapshot.storage.k8s.io", "VolumeSnapshot")
_CLAIM = ("", "PersistentVolumeClaim")


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
    yield from _check_origin(entry, spec, path)


def _check_origin(entry: Entry, spec: Fields, path: Path) -> Iterator[Complaint]:
    """Find claims that do not say what they are filled from.

    Source: kubernetes v1.35.4 pkg/apis/core/validation/validation.go (validateDataSource:2404,
    validateDataSourceRef:2430). Of a claim that is no template, a `dataSource` of any other kind is dropped before
    anybody looks at it (pkg/api/persistentvolumeclaim/util.go, EnforceDataSourceBackwardsCompatibility).
    """
    source, reference = fields_of(spec, "dataSource"), fields_of(spec, "dataSourceRef")
    is_known = _kind_of(source) in (_CLAIM, _SNAPSHOT)
    is_dropped = entry.kind == _CLAIM[1] and not reference and not is_known
    if source and not is_dropped and not source.get("name"):
        what = "is filled from something that has no name"
        yield complain("missing-field", entry, (*path, "dataSource"), what, "write its name")
    for key, held in (("dataSource", {} if is_dropped else source), ("dataSourceRef", reference)):
        group, kind = _kind_of(held)
        if kind and not group and kind != _CLAIM[1]:
            what = f"is filled from a {kind} of the core group, which has none"
            yield complain("missing-field", entry, (*path, key), what, "write its apiGroup")


def _kind_of(reference: Fields) -> tuple[str, str]:
    return text_of(reference, "apiGroup"), text_of(reference, "kind")


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
        for position, term in iter_fields(spec, "nodeAffinity", "required", "nodeSelectorTerms"):
            path = ("spec", "nodeAffinity", "required", "nodeSelectorTerms", position)
            yield from check_node_term(entry, path, term)
        if fields_of(spec, "capacity").get("storage") is None:
            yield complain("missing-field", entry, ("spec",), "has no size", "write capacity.storage")
        if "local" in sources and not fields_of(spec, "nodeAffinity"):
            what = "lies on the disk of a node and does not say which"
            yield complain("missing-field", entry, ("spec",), what, "write nodeAffinity.required")


def _check_references(entry: Entry, source: Fields) -> Iterator[Complaint]:
    for key in _REFERENCES:
        reference, here = fields_of(source, key), ("spec", "csi", key)
        for field, look in _NAMED.items() if source.get(key) is not None else ():
            name = text_of(reference, field)
            if not reference.get(field):
                what = f"refers to a Secret without its {field}"
                yield complain("missing-field", entry, here, what, f"write its {field}")
            elif fault := look(name) if name else None:
                what = f"refers to a Secret by a {field} that cannot be: '{name}'"
                yield complain("wrong-field-form", entry, (*here, field), what, fault)


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
        for position, term in iter_fields(entry.manifest, "allowedTopologies"):
            yield from _check_topology(entry, ("allowedTopologies", position, "matchLabelExpressions"), term)


def _check_topology(entry: Entry, path: Path, term: Fields) -> Iterator[Complaint]:
    """Find labels and values that stand twice (pkg/apis/core/validation, ValidateTopologySelectorTerm)."""
    seen: set[str] = set()
    for position, asked in iter_fields(term, "matchLabelExpressions"):
        key, values = text_of(asked, "key"), [str(value) for value in list_of(asked, "values")]
        if key in seen or len(set(values)) < len(values):
            what = f"asks for the label '{key}' twice" if key in seen else f"lists a value of the label '{key}' twice"
            yield complain("duplicate-entry", entry, (*path, position), what, "leave one of them away")
        seen.add(key)


CHECKS = (
    Check(name="claims", codes=("missing-field", "contradicting-fields", "field-out-of-range"), run=check_claims),
    Check(
        name="volumes of the cluster",
        codes=(
            "missing-field",
            "contradicting-fields",
            "value-not-allowed",
            "wrong-field-form",
            "invalid-label",
            "invalid-name",
        ),
        run=check_volumes,
    ),
    Check(name="storage classes", codes=("value-not-allowed", "missing-field", "duplicate-entry"), run=check_classes),
)
