"""Operations of a JSON patch (RFC 6902) on an object."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from trimtab.findings.path import Path
from trimtab.kube.manifests import Manifest
from trimtab.verify.reading import text_of


class NotFollowedError(Exception):
    """An operation cannot be followed: what the object says after it is not known."""


def apply_operations(manifest: Manifest, operations: Iterable[Any]) -> tuple[Manifest, list[Path]]:
    """Make operations on an object, which is left as it is.

    Returns:
        The object afterwards, and the paths that were written; a list that others moved in counts as a whole.

    Raises:
        NotFollowedError: One is no operation, leads to where nothing is, or is `move` or `copy`.
    """
    made: Any = manifest
    written: list[Path] = []
    for operation in operations:
        if not isinstance(operation, Mapping):
            raise NotFollowedError
        kind = text_of(operation, "op")
        if kind == "test":
            continue
        if kind not in {"add", "replace", "remove"}:
            raise NotFollowedError
        keys = [key.replace("~1", "/").replace("~0", "~") for key in text_of(operation, "path").split("/")[1:]]
        if not keys:
            raise NotFollowedError
        made = _set(made, keys, kind, operation.get("value"), (), written)
    return made, written


def _set(below: Any, keys: list[str], kind: str, value: Any, at: Path, written: list[Path]) -> Any:
    key, rest = keys[0], keys[1:]
    if isinstance(below, Mapping):
        made = dict(below)
        if rest:
            made[key] = _set(below.get(key), rest, kind, value, (*at, key), written)
        elif kind == "remove":
            if key not in made:
                raise NotFollowedError
            del made[key]
            written.append((*at, key))
        else:
            made[key] = value
            written.append((*at, key))
        return made
    if isinstance(below, list):
        return _set_item(below, key, rest, kind, value, at, written)
    raise NotFollowedError


def _set_item(below: list[Any], key: str, rest: list[str], kind: str, value: Any, at: Path, written: list[Path]) -> Any:
    items = list(below)
    position = len(items) if key == "-" else int(key) if key.isdigit() else -1
    if position < 0 or position > len(items) or (position == len(items) and (rest or kind != "add")):
        raise NotFollowedError
    if rest:
        items[position] = _set(items[position], rest, kind, value, (*at, position), written)
    elif kind == "remove":
        del items[position]
        written.append(at)
    elif kind == "replace":
        items[position] = value
        written.append((*at, position))
    else:
        written.append((*at, position) if position == len(items) else at)
        items.insert(position, value)
    return items
