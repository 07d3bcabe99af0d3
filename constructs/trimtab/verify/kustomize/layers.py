"""What a kustomization does to the objects below it, in the order that kustomize does it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from trimtab.documents.values import parse_values
from trimtab.findings.path import Path
from trimtab.kube.manifests import split_api_version
from trimtab.verify.kustomize.graph import Graph
from trimtab.verify.kustomize.kustomization import Kustomization, Listed
from trimtab.verify.kustomize.patches import Patch
from trimtab.verify.reading import fields_of, iter_fields, list_of, text_of, texts_of


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layer:
    """What one kustomization changes."""

    namespace: str = ""
    prefix: str = ""
    suffix: str = ""
    labels: Mapping[str, Any] = field(default_factory=dict)
    """Labels of the objects themselves."""
    pod_labels: Mapping[str, Any] = field(default_factory=dict)
    """Those of pods that objects make."""
    selecting: Mapping[str, Any] = field(default_factory=dict)
    """Those that selectors ask for too."""
    annotations: Mapping[str, Any] = field(default_factory=dict)
    images: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By the name that is looked for: the new name, tag and digest."""
    replicas: Mapping[str, Any] = field(default_factory=dict)
    patches: Sequence[Patch] = ()
    replaced: Sequence[tuple[Patch, Path]] = ()
    """Targets with the paths that values from elsewhere are written to."""
    is_opaque: bool = False


def read_layer(graph: Graph, one: Kustomization, files: Mapping[str, bytes]) -> Layer:
    """Say what a kustomization changes."""
    value = one.value
    selecting = dict(fields_of(value, "commonLabels"))
    labels, pod_labels = dict(selecting), dict(selecting)
    for _, each in iter_fields(value, "labels"):
        pairs, is_selecting = fields_of(each, "pairs"), each.get("includeSelectors") is True
        labels |= pairs
        selecting |= pairs if is_selecting else {}
        pod_labels |= pairs if is_selecting or each.get("includeTemplates") is True else {}
    return Layer(
        namespace=text_of(value, "namespace"),
        prefix=text_of(value, "namePrefix"),
        suffix=text_of(value, "nameSuffix"),
        labels=labels,
        pod_labels=pod_labels,
        selecting=selecting,
        annotations=fields_of(value, "commonAnnotations"),
        images={text_of(each, "name"): each for _, each in iter_fields(value, "images")},
        replicas={text_of(each, "name"): each.get("count") for _, each in iter_fields(value, "replicas")},
        patches=tuple(_iter_patches(graph, one, files)),
        replaced=tuple(_iter_replaced(graph, one, files)),
        is_opaque=one.is_opaque,
    )


def parse_patches(listed: Any) -> Iterator[Patch]:
    """Give the patches that an Application, or Flux, writes beside the source."""
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, Mapping):
            yield from _of_text(text_of(one, "patch").encode(), one.get("target"))


def _iter_patches(graph: Graph, one: Kustomization, files: Mapping[str, bytes]) -> Iterator[Patch]:
    for position, text in enumerate(texts_of(one.value, "patchesStrategicMerge")):
        listed = Listed(text=text, path=("patchesStrategicMerge", position))
        yield from _of_text(text.encode() if listed.is_inline else _content(graph, one, listed, files), None)
    for key in ("patches", "patchesJson6902"):
        for position, each in enumerate(list_of(one.value, key)):
            if isinstance(each, str):  # as in old files: a path alone
                yield from _of_text(_content(graph, one, Listed(text=each, path=(key, position)), files), None)
            elif isinstance(each, Mapping):
                path = text_of(each, "path")
                listed = Listed(text=path, path=(key, position, "path"))
                content = _content(graph, one, listed, files) if path else text_of(each, "patch").encode()
                yield from _of_text(content, each.get("target"))


def _content(graph: Graph, one: Kustomization, listed: Listed, files: Mapping[str, bytes]) -> bytes | None:
    path = graph.resolve(one, listed)
    return files.get(path) if path else None


def _of_text(content: bytes | None, target: Any) -> Iterator[Patch]:
    read = parse_values(content, file="patch") if content else None
    values = read.values if read else ()
    if isinstance(target, Mapping) and target:
        yield from (Patch(target=target, change=value) for value in values or (None,))
        return
    if not values:
        yield Patch(target={}, change=None)
    for value in values:
        if isinstance(value, Mapping):
            group = split_api_version(value.get("apiVersion"))[0]
            named = {"group": group, "kind": value.get("kind"), "name": fields_of(value, "metadata").get("name")}
            yield Patch(target=named, change=value, is_exact=True)


def _iter_replaced(graph: Graph, one: Kustomization, files: Mapping[str, bytes]) -> Iterator[tuple[Patch, Path]]:
    for position, each in iter_fields(one.value, "replacements"):
        values: Sequence[Any] = (each,)
        if path := text_of(each, "path"):
            content = _content(graph, one, Listed(text=path, path=("replacements", position, "path")), files)
            read = parse_values(content, file="replacement").values if content else ()
            values = [item for value in read for item in (value if isinstance(value, list) else [value])]
        for value in values:
            for _, target in iter_fields(value, "targets"):
                selected = Patch(target=fields_of(target, "select"), change=None)
                for text in texts_of(target, "fieldPaths"):
                    yield selected, _until_list(text)


def _until_list(text: str) -> Path:
    """Give a field's path as far as it leads through mappings alone."""
    path: list[str | int] = []
    for key in text.split("."):
        if key.isdigit() or key.startswith("[") or key == "*":
            break
        path.append(key)
    return tuple(path)
