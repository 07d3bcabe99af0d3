"""What a container learns of its own pod: by variables, and by files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trimtab.findings.path import Path
from trimtab.findings.suggest import suggest
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, text_of
from trimtab.verify.tree import PodTemplate, Tree
from trimtab.verify.world import World

_IN_VARIABLES = (
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
)
_IN_FILES = ("metadata.name", "metadata.namespace", "metadata.uid", "metadata.labels", "metadata.annotations")
_SUBSCRIPT = re.compile(r"metadata\.(?:labels|annotations)\['[^']*'\]\Z")


def check_downward(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find fields of a pod that it cannot be told, and entries that tell nothing.

    Source: kubernetes v1.35.4 pkg/apis/core/validation/validation.go (validateObjectFieldSelector:2859,
    validateEnvFrom, validateDownwardAPIVolumeFile:1121).
    """
    for pod in tree.pods:
        for path, container in pod.iter_containers():
            if "env" in container:
                for position, variable in iter_fields(container, "env"):
                    source = fields_of(variable, "valueFrom", "fieldRef")
                    here = (*path, "env", position, "valueFrom", "fieldRef")
                    yield from _check_field(pod.entry, here, source, _IN_VARIABLES)
            if "envFrom" in container:
                yield from _check_env_from(pod.entry, path, container)
        for path, volume in _iter_files(pod):
            yield from _check_files(pod.entry, path, volume)


def _check_field(entry: Entry, path: Path, source: Fields, known: tuple[str, ...]) -> Iterator[Complaint]:
    asked = text_of(source, "fieldPath")
    if asked and asked not in known and not _SUBSCRIPT.match(asked):
        near = suggest(asked, known)
        cure = f"did you mean '{near}'?" if near else f"choose one of {', '.join(known)}"
        what = f"asks for the field '{asked}' of its pod, which it cannot be told"
        yield complain("value-not-allowed", entry, (*path, "fieldPath"), what, cure)


def _check_env_from(entry: Entry, path: Path, container: Fields) -> Iterator[Complaint]:
    for position, source in iter_fields(container, "envFrom"):
        given = [key for key in ("configMapRef", "secretRef") if source.get(key) is not None]
        if len(given) != 1:
            what = "takes variables from two places in one entry" if given else "takes variables from nowhere"
            cure = "write configMapRef or secretRef; make two entries for both"
            yield complain("contradicting-fields", entry, (*path, "envFrom", position), what, cure)


def _iter_files(pod: PodTemplate) -> Iterator[tuple[Path, Fields]]:
    for position, volume in iter_fields(pod.spec, "volumes"):
        here = (*pod.path, "spec", "volumes", position)
        if "downwardAPI" in volume:
            yield (*here, "downwardAPI"), fields_of(volume, "downwardAPI")
        elif "projected" in volume:
            for number, source in iter_fields(volume, "projected", "sources"):
                if "downwardAPI" in source:
                    yield (*here, "projected", "sources", number, "downwardAPI"), fields_of(source, "downwardAPI")


def _check_files(entry: Entry, path: Path, volume: Fields) -> Iterator[Complaint]:
    for position, item in iter_fields(volume, "items"):
        here, asked = (*path, "items", position), fields_of(item, "resourceFieldRef")
        given = [key for key in ("fieldRef", "resourceFieldRef") if item.get(key) is not None]
        if len(given) != 1:
            what = f"writes a file '{text_of(item, 'path')}' of " + ("two things" if given else "nothing")
            yield complain("contradicting-fields", entry, here, what, "give it fieldRef or resourceFieldRef")
        elif asked and not asked.get("containerName"):
            what = f"writes a file '{text_of(item, 'path')}' of the resources of no container"
            yield complain("missing-field", entry, (*here, "resourceFieldRef"), what, "name it: containerName")
        yield from _check_field(entry, (*here, "fieldRef"), fields_of(item, "fieldRef"), _IN_FILES)


CHECKS = (
    Check(
        name="what containers learn of their pod",
        codes=("value-not-allowed", "contradicting-fields", "missing-field"),
        run=check_downward,
    ),
)
