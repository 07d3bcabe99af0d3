"""Every image that an object names, wherever it names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.findings.path import Path
from trimtab.images.operators import ELASTIC, iter_operator_images
from trimtab.images.parts import join_parts, read_parts
from trimtab.images.reference import Reference, find_reference
from trimtab.images.texts import find_hinted, find_in_argument, find_named, is_hint, iter_in_config
from trimtab.images.use import How, ImageUse

Manifest = Mapping[str, Any]
_CONTAINERS = frozenset({"containers", "initContainers", "ephemeralContainers"})
_ARGUMENTS = frozenset({"args", "command", "extraArgs", "additionalArgs"})
_SILENT = frozenset({"CustomResourceDefinition", "Secret", "PrometheusRule", "ImageSet"})
"""Kinds that hold prose, schemas, or images without their registry."""
_SKIPPED = frozenset({"metadata", "status"})


def find_images(manifest: Manifest, *, elastic: str = ELASTIC) -> Iterator[ImageUse]:
    """Give every image that an object names, in the object's own order.

    Containers of all three sorts, image volumes, arguments, environment, ConfigMaps and the fields of custom resources
    are read; so are the images that an operator is known to take for what the object asks of it.

    Args:
        manifest: The object, of any kind; a List gives what its items name.
        elastic: What Elastic's operator puts before the names of its images.
    """
    kind = manifest.get("kind")
    if kind in _SILENT:
        return
    if kind == "ConfigMap":
        yield from _config(manifest.get("data"))
        return
    for key, value in manifest.items():
        if key == "items" and isinstance(value, list):
            yield from _list(value, elastic)
        elif key not in _SKIPPED:
            yield from _walk(value, (key,))
    yield from iter_operator_images(manifest, elastic)


def _list(items: list[Any], elastic: str) -> Iterator[ImageUse]:
    for at, item in enumerate(items):
        if isinstance(item, Mapping):
            for use in find_images(item, elastic=elastic):
                yield ImageUse(reference=use.reference, path=("items", at, *use.path), how=use.how, span=use.span)


def _config(data: Any) -> Iterator[ImageUse]:
    for key, text in data.items() if isinstance(data, Mapping) else ():
        if isinstance(text, str):
            for reference, start, end in iter_in_config(str(key), text):
                yield ImageUse(reference=reference, path=("data", str(key)), how=How.CONFIG, span=(start, end))


def _walk(value: Any, path: Path) -> Iterator[ImageUse]:
    if isinstance(value, Mapping):
        yield from _variable(value, path)
        for key, item in value.items():
            yield from _entry(str(key), item, path)
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from _argument(item, (*path, at)) if isinstance(item, str) else _walk(item, (*path, at))


def _entry(key: str, item: Any, path: Path) -> Iterator[ImageUse]:
    """Read one field; in a pod template's metadata only what annotations say by themselves would be found."""
    at = (*path, key)
    if isinstance(item, str):
        yield from _field(key, item, path)
    elif isinstance(item, Mapping) and is_hint(key):
        yield from _mapping(item, at)
    elif key not in _SKIPPED:
        yield from _walk(item, at)


def _field(key: str, text: str, path: Path) -> Iterator[ImageUse]:
    in_container = len(path) > 1 and path[-2] in _CONTAINERS
    if not is_hint(key):
        return
    reference = find_reference(text) if in_container and key == "image" else find_hinted(text)
    if reference:
        how = How.CONTAINER if in_container else How.RESOURCE
        yield _use(reference, (*path, key), how, text)


def _mapping(item: Mapping[str, Any], path: Path) -> Iterator[ImageUse]:
    """Read what stands under `image` in parts: an image volume's reference, or registry, repository and tag."""
    volume = item.get("reference")
    if isinstance(volume, str) and (reference := find_reference(volume)):
        yield _use(reference, (*path, "reference"), How.CONTAINER, volume)
        return
    parts = read_parts(item)
    if parts and (reference := join_parts(parts)):
        yield ImageUse(reference=reference, path=path, how=How.RESOURCE)
    elif parts is None:
        yield from _walk(item, path)


def _variable(value: Mapping[str, Any], path: Path) -> Iterator[ImageUse]:
    """Read `{name: …, value: …}`: a variable of a container, or what a custom resource hands on as one."""
    name, text = value.get("name"), value.get("value")
    if isinstance(name, str) and isinstance(text, str) and (reference := find_named(name, text)):
        yield _use(reference, (*path, "value"), How.ENVIRONMENT, text)


def _argument(text: str, path: Path) -> Iterator[ImageUse]:
    if len(path) > 1 and path[-2] in _ARGUMENTS and (found := find_in_argument(text)):
        reference, start, end = found
        yield ImageUse(reference=reference, path=path, how=How.ARGUMENT, span=(start, end))


def _use(reference: Reference, path: Path, how: How, text: str) -> ImageUse:
    return ImageUse(reference=reference, path=path, how=how, span=(0, len(text)))
