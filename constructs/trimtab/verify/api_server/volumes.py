"""Volumes of pods, and what is mounted of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trimtab.findings.path import Path
from trimtab.findings.suggest import suggest
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.api_server.forms import find_label_fault
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, number_of, text_of
from trimtab.verify.tree import PodTemplate, Tree
from trimtab.verify.world import World

_NEEDED: Mapping[str, str] = {"configMap": "name", "secret": "secretName", "persistentVolumeClaim": "claimName"}
_HIGHEST_MODE = 0o777


def check_volumes(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find volumes that the API server refuses, and mounts of volumes that are not there.

    Source: kubernetes v1.35.4 pkg/apis/core/validation/validation.go (ValidateVolumes:453, validateVolumeSource:552,
    ValidateVolumeMounts:3105, ValidateVolumeDevices:3153). A volume without a source is an emptyDir
    (pkg/apis/core/v1/defaults.go, SetDefaults_Volume).
    """
    for pod in tree.pods:
        names = _own_claims(pod)
        seen: set[str] = set()
        for position, volume in iter_fields(pod.spec, "volumes"):
            path = (*pod.path, "spec", "volumes", position)
            name = text_of(volume, "name")
            yield from _check_volume(pod.entry, path, volume, name)
            if name in seen:
                yield _twice(pod.entry, (*path, "name"), f"has two volumes '{name}'")
            seen.add(name)
        for path, container in pod.iter_containers():
            yield from _check_mounts(pod.entry, path, container, names | seen)


def _own_claims(pod: PodTemplate) -> set[str]:
    """A StatefulSet makes claims for each pod and mounts them by the name of their template."""
    templates = (
        iter_fields(pod.entry.manifest, "spec", "volumeClaimTemplates") if pod.entry.kind == "StatefulSet" else ()
    )
    return {text_of(fields_of(template, "metadata"), "name") for _, template in templates}


def _check_volume(entry: Entry, path: Path, volume: Fields, name: str) -> Iterator[Complaint]:
    sources = [key for key, value in volume.items() if key != "name" and value is not None]
    if len(sources) > 1:
        what = f"has a volume '{name}' of two kinds: {' and '.join(sources)}"
        yield complain("contradicting-fields", entry, path, what, "leave one of them away")
    if name and (fault := find_label_fault(name)):
        what = f"has a volume with a name that Kubernetes refuses: '{name}'"
        yield complain("invalid-name", entry, (*path, "name"), what, fault)
    for source in sources:
        held = fields_of(volume, source)
        field = _NEEDED.get(source)
        if field and not held.get(field):
            what = f"has a volume '{name}' that does not say which {source} it is"
            yield complain("missing-field", entry, (*path, source), what, f"name it: {field}")
        mode = number_of(held, "defaultMode")
        if mode is not None and not 0 <= mode <= _HIGHEST_MODE:
            yield _wrong_mode(entry, (*path, source, "defaultMode"), mode)


def _wrong_mode(entry: Entry, path: Path, mode: int) -> Complaint:
    meant = str(mode)
    hint = f"; 0{meant} is {int(meant, 8)}" if meant.isdigit() and set(meant) <= set("01234567") else ""
    return complain("field-out-of-range", entry, path, f"has the file mode {mode}", f"write 0 to 0777, or 511{hint}")


def _check_mounts(entry: Entry, path: Path, container: Fields, names: set[str]) -> Iterator[Complaint]:
    paths: set[str] = set()
    for field, where in (("volumeMounts", "mountPath"), ("volumeDevices", "devicePath")):
        for position, mount in iter_fields(container, field):
            here = (*path, field, position)
            name, target = text_of(mount, "name"), text_of(mount, where)
            if name not in names:
                yield _without_volume(entry, (*here, "name"), name, names)
            if target and target in paths:
                what = f"mounts two volumes at {target} in the container '{text_of(container, 'name')}'"
                yield _twice(entry, (*here, where), what)
            paths.add(target)
            if field == "volumeMounts":
                yield from _check_sub_path(entry, here, mount)


def _check_sub_path(entry: Entry, path: Path, mount: Fields) -> Iterator[Complaint]:
    sub, expression = text_of(mount, "subPath"), text_of(mount, "subPathExpr")
    if sub and expression:
        what = "mounts by subPath and by subPathExpr at once"
        yield complain("contradicting-fields", entry, path, what, "leave one of them away")
    for key, text in (("subPath", sub), ("subPathExpr", expression)):
        if text.startswith("/") or ".." in text.split("/"):
            what = f"mounts the path '{text}' of a volume"
            yield complain(
                "wrong-field-form", entry, (*path, key), what, "write it without a leading '/' and without '..'"
            )


def _without_volume(entry: Entry, path: Path, name: str, names: set[str]) -> Complaint:
    near = suggest(name, names)
    cure = f"did you mean '{near}'?" if near else f"add a volume '{name}' to the pod, or take the mount away"
    return complain("mount-without-volume", entry, path, f"mounts a volume '{name}' that it does not have", cure)


def _twice(entry: Entry, path: Path, what: str) -> Complaint:
    return complain("duplicate-entry", entry, path, what, "leave one of them away, or change it")


CHECKS = (
    Check(
        name="volumes",
        codes=(
            "mount-without-volume",
            "duplicate-entry",
            "contradicting-fields",
            "missing-field",
            "invalid-name",
            "field-out-of-range",
            "wrong-field-form",
        ),
        run=check_volumes,
    ),
)
