"""Values of charts that pull from mirrors: which are to be set, and which images would still keep their registry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trimtab.catalogue.chart import ChartPin
from trimtab.catalogue.image_values import ImageValue, image_values
from trimtab.findings.path import Path, get_value
from trimtab.images.reference import LATEST, Reference, find_reference
from trimtab.images.rewrite import rewrite_reference
from trimtab.images.use import ImageUse
from trimtab.images.values import find_value_images

Values = Mapping[str, Any]
Prefixes = Mapping[str, str]
"""Registry to what stands in its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An image of a chart that keeps its registry."""

    registry: str
    name: str
    """Registry and repository."""
    path: Path | None
    """The value that names it; nothing where the chart itself does, and no value changes that."""


def rewrite_values(
    pin: ChartPin, values: Values, prefixes: Prefixes, *, merged: Values | None = None
) -> dict[str, Any]:
    """Give values with which a chart pulls from mirrors what it would pull from their registries.

    Args:
        pin: The chart.
        values: Values of ours; they stay as they are.
        prefixes: Registry to what stands in its place.
        merged: The same with values that somebody laid over them, and that stay: then these are given back.
    """
    rows = image_values(pin)
    found = dict(values if merged is None else merged)
    for path, text in (*_iter_known(rows, values, prefixes), *_iter_spelled_out(rows, values, prefixes)):
        if merged is None or get_value(merged, path) == get_value(values, path):
            found = _put(found, path, text)
    return found


def find_kept(pin: ChartPin, values: Values, prefixes: Prefixes) -> tuple[Kept, ...]:
    """Give the images that a chart pulls from registries in the place of which mirrors shall be named.

    Args:
        pin: The chart. One of which nothing is known is taken to have no images.
        values: All of its values, the user's among them.
        prefixes: Registry to what stands in its place.
    """
    rows = image_values(pin)
    covered = {reference.name for row in rows if (reference := find_reference(row.image))}
    images = (find_reference(image) for image in (pin.facts.images if pin.facts else ()))
    kept = [
        *((one, None) for one in images if one and one.registry in prefixes and one.name not in covered),
        *((one, row.keys[0]) for row in rows if (one := _effective(row, values)) and one.registry in prefixes),
        *((use.reference, use.path) for use in _iter_others(rows, values, prefixes)),
    ]
    return tuple(dict.fromkeys(Kept(registry=one.registry, name=one.name, path=path) for one, path in kept))


def _iter_known(rows: tuple[ImageValue, ...], values: Values, prefixes: Prefixes) -> Iterator[tuple[Path, str]]:
    """Give the values that the catalogue knows to name an image of a registry that is to be rewritten."""
    for row in rows:
        reference = _effective(row, values)
        if reference is None or reference.registry not in prefixes:
            continue
        prefix = prefixes[reference.registry]
        if row.registry is None and row.repository is not None:
            yield row.repository, f"{prefix}/{reference.repository}"
            continue
        if row.registry is not None:
            yield row.registry, prefix
        # a name of one word is Docker Hub's short form, which no mirror knows
        if row.repository is not None and _text(values, row) != reference.repository:
            yield row.repository, reference.repository


def _iter_spelled_out(rows: tuple[ImageValue, ...], values: Values, prefixes: Prefixes) -> Iterator[tuple[Path, str]]:
    """Give texts of ours with an image in them, such as an argument; a tag that stands elsewhere is not made up."""
    for use in _iter_others(rows, values, prefixes):
        if use.span is not None:
            start, end = use.span
            text = str(get_value(values, use.path))
            changed = rewrite_reference(use.reference, prefixes[use.reference.registry])
            if use.reference.version not in text[start:end]:
                changed = changed.removesuffix(f":{LATEST}")
            yield use.path, text[:start] + changed + text[end:]


def _iter_others(rows: tuple[ImageValue, ...], values: Values, prefixes: Prefixes) -> Iterator[ImageUse]:
    """Give images in values of which the catalogue knows nothing, those that are said in full."""
    known = {key for row in rows for key in row.keys}
    for use in find_value_images(values):
        if not isinstance(use, ImageUse) or use.reference.registry not in prefixes:
            continue
        is_known = any(key[: len(use.path)] == use.path for key in known)
        if not is_known and (use.span is None or _is_whole(str(get_value(values, use.path))[slice(*use.span)], use)):
            yield use


def _is_whole(text: str, use: ImageUse) -> bool:
    """Tell an image from a name whose registry and tag are other values: `tigera/operator`."""
    return text.startswith(f"{use.reference.registry}/") or ":" in text


def _effective(row: ImageValue, values: Values) -> Reference | None:
    """Give the image that a row's values name together, the chart's own text where they say nothing."""
    if row.registry is None:
        return find_reference(_text(values, row))
    registry = get_value(values, row.registry) or row.image.partition("/")[0]
    return find_reference(f"{registry}/{_text(values, row)}")


def _text(values: Values, row: ImageValue) -> str:
    given = get_value(values, row.repository) if row.repository is not None else None
    if given:
        return str(given)
    return row.image if row.registry is None else row.image.partition("/")[2]


def _put(values: Any, path: Path, text: str) -> Any:
    if not path:
        return text
    key, rest = path[0], path[1:]
    if isinstance(values, list):
        return [_put(item, rest, text) if at == key else item for at, item in enumerate(values)]
    below = dict(values) if isinstance(values, Mapping) else {}
    return {**below, key: _put(below.get(key), rest, text)}
