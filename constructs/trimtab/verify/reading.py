"""Reading objects whose shape nobody has vouched for: what is not of the wanted type counts as not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from trimtab.verify.entry import Entry
from trimtab.verify.tree import Tree

Fields = Mapping[str, Any]

_NONE: Fields = {}

# Whether a value is a dict, as nearly every mapping is, and whether it is there at all, is asked before whether it is
# some other mapping: that question takes ten times as long.


def fields_of(value: object, *keys: str) -> Fields:
    """Give the mapping below some keys; an empty one where there is none."""
    for key in keys:
        if type(value) is not dict and not isinstance(value, Mapping):
            return _NONE
        value = value.get(key)
        if value is None:
            return _NONE
    return value if type(value) is dict or isinstance(value, Mapping) else _NONE


def list_of(value: object, *keys: str) -> Sequence[Any]:
    """Give the list below some keys; an empty one where there is none."""
    held = fields_of(value, *keys[:-1]).get(keys[-1])
    return held if isinstance(held, (list, tuple)) else ()


def iter_fields(value: object, *keys: str) -> Iterator[tuple[int, Fields]]:
    """Give each mapping in the list below some keys, with its position."""
    for position, item in enumerate(list_of(value, *keys)):
        if type(item) is dict or isinstance(item, Mapping):
            yield position, item


def text_of(value: Fields, key: str) -> str:
    """Give the text in a field; an empty one where there is none."""
    held = value.get(key)
    return held if isinstance(held, str) else ""


def texts_of(value: object, *keys: str) -> list[str]:
    """Give the texts in the list below some keys."""
    return [item for item in list_of(value, *keys) if isinstance(item, str)]


def number_of(value: Fields, key: str) -> int | None:
    """Give the whole number in a field; nothing where there is none."""
    held = value.get(key)
    return held if isinstance(held, int) and not isinstance(held, bool) else None


def annotations_of(manifest: Fields) -> Fields:
    """Give an object's annotations; one written without quotes may be a number."""
    return fields_of(manifest, "metadata", "annotations")


def iter_specs(tree: Tree, group: str, *kinds: str) -> Iterator[tuple[Entry, Fields]]:
    """Give the objects of some kinds with their `spec`."""
    for kind in kinds:
        for entry in tree.of_kind(group, kind):
            yield entry, fields_of(entry.manifest, "spec")
