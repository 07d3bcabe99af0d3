"""Images in the values of a chart: whole ones, and those of which only a part is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from trimtab.findings.path import Path
from trimtab.images.parts import ImageParts, join_parts, read_parts
from trimtab.images.reference import DOCKER_HUB, Reference, find_reference
from trimtab.images.texts import find_hinted, find_in_argument, find_named, is_hint
from trimtab.images.use import How, ImageUse

_REGISTRIES = frozenset({"imageRegistry", "imageregistry"})
"""Keys under `global` that move all images of a chart at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """Values that name a part of an image; without the chart nobody knows what comes of it."""

    path: Path
    parts: ImageParts


def find_value_images(values: Mapping[str, Any], known: Iterable[Reference] = ()) -> Iterator[ImageUse | Fragment]:
    """Give the images that values name.

    A registry or a tag that the values leave out is the one that the chart has for the same repository.

    Args:
        values: The chart's values.
        known: The images that the chart names by itself.
    """
    yield from _walk(values, (), {(one.registry, one.repository): one for one in known})


def _walk(value: Any, path: Path, known: Mapping[tuple[str, str], Reference]) -> Iterator[ImageUse | Fragment]:
    if isinstance(value, Mapping):
        yield from _variable(value, path)
        for key, item in value.items():
            yield from _entry(str(key), item, (*path, str(key)), known)
    elif isinstance(value, list):
        for at, item in enumerate(value):
            if isinstance(item, str) and (found := find_in_argument(item)):
                reference, start, end = found
                yield ImageUse(reference=reference, path=(*path, at), how=How.VALUE, span=(start, end))
            else:
                yield from _walk(item, (*path, at), known)


def _entry(
    key: str, item: Any, path: Path, known: Mapping[tuple[str, str], Reference]
) -> Iterator[ImageUse | Fragment]:
    if isinstance(item, Mapping):
        parts = read_parts(item) if is_hint(key) else None
        yield from _walk(item, path, known) if parts is None else _parts(parts, path, known)
    elif isinstance(item, str):
        reference = find_hinted(item) if is_hint(key) else find_named("", item)
        if reference:
            yield ImageUse(reference=reference, path=path, how=How.VALUE, span=(0, len(item)))
        elif item and key in _REGISTRIES:
            yield Fragment(path=path, parts=ImageParts(registry=item))
    else:
        yield from _walk(item, path, known)


def _parts(parts: ImageParts, path: Path, known: Mapping[tuple[str, str], Reference]) -> Iterator[ImageUse | Fragment]:
    whole = _complete(parts, known)
    if whole:
        yield ImageUse(reference=whole, path=path, how=How.VALUE)
    elif parts.says_something:
        yield Fragment(path=path, parts=parts)


def _complete(parts: ImageParts, known: Mapping[tuple[str, str], Reference]) -> Reference | None:
    """Fill in what the values leave out; nothing where that is not certain."""
    if not parts.repository:
        return None
    if parts.registry or _names_registry(parts.repository):
        default = join_parts(replace(parts, tag="", digest=""))
        same = known.get((default.registry, default.repository)) if default else None
    else:
        found = [one for one in known.values() if one.repository == parts.repository]
        same = found[0] if len(found) == 1 else None
        if same is None:
            return None
        parts = replace(parts, registry=same.registry)
    if not parts.tag and not parts.digest:
        if same is None:
            return None
        parts = replace(parts, tag=same.tag or "", digest=same.digest or "")
    return join_parts(parts)


def _names_registry(repository: str) -> bool:
    reference = find_reference(repository)
    return reference is not None and (reference.registry != DOCKER_HUB or repository.startswith(f"{DOCKER_HUB}/"))


def _variable(value: Mapping[str, Any], path: Path) -> Iterator[ImageUse]:
    name, text = value.get("name"), value.get("value")
    # A name that says so; what spells itself out is found as any other text is.
    is_hidden = isinstance(name, str) and isinstance(text, str) and find_named("", text) is None
    if is_hidden and (reference := find_named(str(name), str(text))):
        yield ImageUse(reference=reference, path=(*path, "value"), how=How.VALUE, span=(0, len(str(text))))
