"""Labels, annotations, and the selectors that speak of labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from trimtab.catalogue.kinds import is_built_in_group
from trimtab.findings.path import Path
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.api_server.forms import find_key_fault, find_value_fault
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, list_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_OWN_FINALIZERS = {"kubernetes", "orphan", "foregroundDeletion"}
_LAX_GROUPS = {
    "admissionregistration.k8s.io",
    "apiextensions.k8s.io",
    "apiregistration.k8s.io",
    "coordination.k8s.io",
    "node.k8s.io",
    "policy",
}
"""Groups of Kubernetes' own whose finalizers need no domain: an API server 1.35.4 takes them."""
_MOST_ANNOTATIONS = 256 * 1024
"""Bytes of all annotations together (apimachinery pkg/api/validation/objectmeta.go, TotalAnnotationSizeLimitB)."""


def check_labels(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find labels and annotations that the API server refuses, on objects and on the pods, Jobs and claims they make.

    Source: apimachinery v0.35.4 pkg/apis/meta/v1/validation/validation.go (ValidateLabels:113),
    pkg/api/validation/objectmeta.go (ValidateAnnotations).
    """
    good: set[object] = set()
    for entry in tree.entries:
        metadata = entry.manifest["metadata"]
        yield from _check_metadata(entry, metadata, ("metadata",), good)
        if "finalizers" in metadata:
            yield from _check_finalizers(entry, list_of(metadata, "finalizers"))
    for entry, metadata, path in _iter_embedded(tree):
        yield from _check_metadata(entry, metadata, path, good)


def _iter_embedded(tree: Tree) -> Iterator[tuple[Entry, Fields, Path]]:
    """Give what the objects that others make will have: of Jobs and claims it is refused when those are made."""
    for pod in tree.pods:
        if pod.path:
            yield pod.entry, fields_of(pod.template, "metadata"), (*pod.path, "metadata")
    for entry in tree.of_kind("batch", "CronJob"):
        path = ("spec", "jobTemplate", "metadata")
        yield entry, fields_of(entry.manifest, *path), path
    for entry in tree.of_kind("apps", "StatefulSet"):
        for position, claim in iter_fields(entry.manifest, "spec", "volumeClaimTemplates"):
            yield entry, fields_of(claim, "metadata"), ("spec", "volumeClaimTemplates", position, "metadata")


def _check_finalizers(entry: Entry, finalizers: Sequence[object]) -> Iterator[Complaint]:
    """Find finalizers that are no names; those of Kubernetes' own kinds need a domain.

    Source: apimachinery v0.35.4 pkg/api/validation/objectmeta.go (ValidateFinalizerName:111); kubernetes v1.35.4
    pkg/apis/core/validation/validation.go (validateKubeFinalizerName:8184).
    """
    for position, finalizer in enumerate(finalizers):
        name = finalizer if isinstance(finalizer, str) else ""
        fault = find_key_fault(name)
        is_strict = is_built_in_group(entry.group) and entry.group not in _LAX_GROUPS
        if not fault and "/" not in name and name not in _OWN_FINALIZERS and is_strict:
            fault = "write it with a domain: example.org/name"
        if fault:
            what = f"has a finalizer that Kubernetes refuses: '{name}'"
            yield complain("invalid-name", entry, ("metadata", "finalizers", position), what, fault)


def _check_metadata(entry: Entry, metadata: Fields, path: Path, good: set[object]) -> Iterator[Complaint]:
    """Look at each label and key once: a tree repeats them without end, and `good` holds those that passed."""
    labels, annotations = metadata.get("labels"), metadata.get("annotations")
    if labels and isinstance(labels, Mapping):
        for key, value in labels.items():
            if not isinstance(key, str) or not isinstance(value, str) or (key, value) in good:
                continue
            if fault := find_key_fault(key) or find_value_fault(value):
                yield _wrong_label(entry, (*path, "labels", key), key, value, fault)
            else:
                good.add((key, value))
    if annotations and isinstance(annotations, Mapping):
        yield from _check_annotations(entry, annotations, (*path, "annotations"), good)


def _wrong_label(entry: Entry, path: Path, key: str, value: str, fault: str) -> Complaint:
    on_key = find_key_fault(key) is not None
    what = f"has a label that Kubernetes refuses: {key}" + ("" if on_key else f"={value}")
    return complain(
        "invalid-label", entry, path, what, f"{'the key' if on_key else 'the value'}: {fault}", on_key=on_key
    )


def _check_annotations(
    entry: Entry, annotations: Mapping[Any, Any], path: Path, good: set[object]
) -> Iterator[Complaint]:
    """Annotations' keys are compared in small letters, so their prefix may hold large ones."""
    keys = {key for key in annotations if isinstance(key, str)}
    for key in sorted(keys - good):
        if fault := find_key_fault(key.lower()):
            what = f"has an annotation that Kubernetes refuses: {key}"
            yield complain("invalid-annotation", entry, (*path, key), what, f"the key: {fault}", on_key=True)
        else:
            good.add(key)
    size = sum(map(len, keys)) + sum(len(text) for text in annotations.values() if isinstance(text, str))
    if size > _MOST_ANNOTATIONS:
        cure = f"{_MOST_ANNOTATIONS} bytes fit; put the text into a ConfigMap"
        yield complain("object-too-large", entry, path, f"has annotations of {size} bytes", cure)


CHECKS = (
    Check(
        name="labels and annotations",
        codes=("invalid-label", "invalid-annotation", "invalid-name", "object-too-large"),
        run=check_labels,
    ),
)
