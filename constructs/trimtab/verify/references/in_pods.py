"""What pods name: ConfigMaps, Secrets, claims, accounts, classes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.findings.path import Path
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, text_of
from trimtab.verify.references.reference import Reference
from trimtab.verify.tree import PodTemplate, Tree

_VOLUMES: Mapping[str, tuple[str, str]] = {
    "configMap": ("ConfigMap", "name"),
    "secret": ("Secret", "secretName"),
    "persistentVolumeClaim": ("PersistentVolumeClaim", "claimName"),
}
_SOURCES: Mapping[str, str] = {"configMap": "ConfigMap", "secret": "Secret"}
_ENVIRONMENT: Mapping[str, str] = {"configMapKeyRef": "ConfigMap", "secretKeyRef": "Secret"}
_WHOLE_ENVIRONMENT: Mapping[str, str] = {"configMapRef": "ConfigMap", "secretRef": "Secret"}


def iter_references(tree: Tree) -> Iterator[Reference]:
    """Give every reference of every pod that must be there for it to start."""
    for pod in tree.pods:
        yield from _iter_volumes(pod)
        for path, container in pod.iter_containers():
            yield from _iter_environment(pod.entry, container, path)
        yield from _iter_names(pod)


def _iter_volumes(pod: PodTemplate) -> Iterator[Reference]:
    templates = {text_of(fields_of(one, "metadata"), "name") for _, one in _claim_templates(pod)}
    for position, volume in iter_fields(pod.spec, "volumes"):
        path: Path = (*pod.path, "spec", "volumes", position)
        for field, (kind, name_field) in _VOLUMES.items():
            source = fields_of(volume, field)
            if text_of(volume, "name") not in templates:
                yield from _named(pod.entry, source, (*path, field), kind, name_field)
                yield from _items(pod.entry, source, (*path, field), kind, name_field)
        for inner, source in iter_fields(volume, "projected", "sources"):
            for field, kind in _SOURCES.items():
                where: Path = (*path, "projected", "sources", inner, field)
                yield from _named(pod.entry, fields_of(source, field), where, kind, "name")
                yield from _items(pod.entry, fields_of(source, field), where, kind, "name")


def _claim_templates(pod: PodTemplate) -> Iterator[tuple[int, Fields]]:
    return iter_fields(pod.entry.manifest, "spec", "volumeClaimTemplates")


def _iter_environment(entry: Entry, container: Fields, path: Path) -> Iterator[Reference]:
    for position, variable in iter_fields(container, "env"):
        for field, kind in _ENVIRONMENT.items():
            source = fields_of(variable, "valueFrom", field)
            where: Path = (*path, "env", position, "valueFrom", field)
            key = text_of(source, "key")
            yield from _named(entry, source, where, kind, "name", key=key)
    for position, source in iter_fields(container, "envFrom"):
        for field, kind in _WHOLE_ENVIRONMENT.items():
            yield from _named(entry, fields_of(source, field), (*path, "envFrom", position, field), kind, "name")


def _iter_names(pod: PodTemplate) -> Iterator[Reference]:
    spec, at = pod.spec, (*pod.path, "spec")
    yield from _named(pod.entry, spec, at, "ServiceAccount", "serviceAccountName")
    yield from _named(pod.entry, spec, at, "PriorityClass", "priorityClassName", group="scheduling.k8s.io")
    yield from _named(pod.entry, spec, at, "RuntimeClass", "runtimeClassName", group="node.k8s.io")
    for position, secret in iter_fields(spec, "imagePullSecrets"):
        yield from _named(pod.entry, secret, (*at, "imagePullSecrets", position), "Secret", "name")


def _items(entry: Entry, source: Fields, path: Path, kind: str, name_field: str) -> Iterator[Reference]:
    for position, item in iter_fields(source, "items"):
        key = text_of(item, "key")
        if key:
            where: Path = (*path, "items", position, "key")
            yield from _named(entry, source, path, kind, name_field, key=key, at=where)


def _named(
    entry: Entry,
    source: Mapping[str, Any],
    path: Path,
    kind: str,
    name_field: str,
    **more: Any,
) -> Iterator[Reference]:
    name = text_of(source, name_field)
    if name and source.get("optional") is not True:
        yield Reference(
            entry=entry,
            path=more.get("at") or (*path, name_field),
            group=more.get("group", ""),
            kind=kind,
            namespace="" if "group" in more else entry.namespace,
            name=name,
            key=more.get("key", ""),
        )
