"""References that name a mirror in the place of the registry: in our own objects, never by halves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from trimtab.findings.path import Path
from trimtab.images.calico import rewrite_installation
from trimtab.images.find import find_images
from trimtab.images.reference import Reference
from trimtab.images.use import ImageUse


def rewrite_reference(reference: Reference, prefix: str) -> str:
    """Write a reference with the mirror's name in the place of the registry."""
    return prefix + str(reference).removeprefix(reference.registry)


def rewrite_images(manifest: Mapping[str, Any], prefixes: Mapping[str, str]) -> Mapping[str, Any]:
    """Give an object that pulls from mirrors; the same object where it needs none of them.

    Args:
        manifest: The object; it stays as it is.
        prefixes: Registry to what stands in its place.
    """
    by_path: dict[Path, list[ImageUse]] = {}
    for use in find_images(manifest):
        if use.span is not None and use.reference.registry in prefixes:
            by_path.setdefault(use.path, []).append(use)
    for path, uses in by_path.items():
        manifest = _replace(manifest, path, uses, prefixes)
    return rewrite_installation(manifest, prefixes)


def find_left(uses: Iterable[ImageUse], registries: Iterable[str]) -> tuple[ImageUse, ...]:
    """Give the images that rewriting cannot reach: no text spells them out."""
    wanted = frozenset(registries)
    return tuple(use for use in uses if use.span is None and use.reference.registry in wanted)


def _replace(value: Any, path: Path, uses: list[ImageUse], prefixes: Mapping[str, str]) -> Any:
    if path:
        copy: Any = dict(value) if isinstance(value, Mapping) else list(value)
        copy[path[0]] = _replace(value[path[0]], path[1:], uses, prefixes)
        return copy
    text = str(value)
    for use in sorted(uses, key=lambda one: one.span or (0, 0), reverse=True):
        start, end = use.span or (0, 0)
        text = text[:start] + rewrite_reference(use.reference, prefixes[use.reference.registry]) + text[end:]
    return text
