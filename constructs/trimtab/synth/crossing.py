"""Values on their way to Node and back: made plain before, made exact again afterwards."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from trimtab.findings.path import Path

LARGEST_INTEGER = 2**53
"""The largest integer up to which a JavaScript number holds every one (ECMA-262, Number.MAX_SAFE_INTEGER + 1)."""


def build_plain(value: object) -> object:
    """The value as nothing but dict, list, str, int, float, bool and None, which is what jsii takes.

    Raises:
        TypeError: a value, or a key, that JSON has no word for, or the key `__proto__`, which JavaScript swallows.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float) and math.isfinite(value):
        return float(value)
    if isinstance(value, Mapping):
        return {_check_key(key): build_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [build_plain(item) for item in value]
    raise TypeError(f"a value of type {type(value).__name__} has no place in a Kubernetes object: {value!r}")


def _check_key(key: object) -> str:
    if not isinstance(key, str) or key == "__proto__":
        raise TypeError(f"a mapping in a Kubernetes object cannot have the key {key!r}")
    return str.__str__(key)


def is_same(one: object, other: object) -> bool:
    """Whether both are the same JSON, where true is not 1 as it is in Python; 1 and 1.0 are the same number."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(is_same(one[key], other[key]) for key in one)
    if _is_list(one) and _is_list(other):
        left, right = cast("Sequence[object]", one), cast("Sequence[object]", other)
        return len(left) == len(right) and all(map(is_same, left, right))
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def restore(original: object, before: object, after: object) -> object:
    """What the user made of an object of ours, with everything they left alone exactly as ours was.

    Args:
        original: our object.
        before: the same object as cdk8s gave it back before the user touched it (rounded, with parts missing or added).
        after: as cdk8s gives it back now.
    """
    if is_same(before, after):
        return original
    if isinstance(original, Mapping) and isinstance(before, Mapping) and isinstance(after, Mapping):
        return _restore_mapping(original, before, after)
    if _is_list(original) and _is_list(before) and isinstance(after, list):
        return _restore_list(cast("Sequence[object]", original), cast("Sequence[object]", before), after)
    return after


def _restore_mapping(
    original: Mapping[str, object], before: Mapping[str, object], after: Mapping[str, object]
) -> dict[str, object]:
    result: dict[str, object] = {}
    for key, value in original.items():
        if key in after:
            result[key] = restore(value, before[key], after[key]) if key in before else after[key]
        elif key not in before:
            # cdk8s had dropped it by itself, so nobody took it away
            result[key] = value
    added = {key: value for key, value in after.items() if key not in original}
    return result | {key: value for key, value in added.items() if key not in before or not is_same(before[key], value)}


def _restore_list(original: Sequence[object], before: Sequence[object], after: list[object]) -> list[object]:
    """Pair items that are equal first, then those left over that kept their position."""
    if len(original) != len(before):
        return after
    free = set(range(len(before)))
    pairs: dict[int, int] = {}
    for index, item in enumerate(after):
        match = next((at for at in _iter_near(index, free) if is_same(before[at], item)), None)
        if match is not None:
            pairs[index] = match
            free.discard(match)
    result: list[object] = []
    for index, item in enumerate(after):
        if index in pairs:
            result.append(original[pairs[index]])
        elif index in free and len(after) == len(before):
            result.append(restore(original[index], before[index], item))
        else:
            result.append(item)
    return result


def _iter_near(index: int, free: set[int]) -> Iterator[int]:
    """The positions still free, the item's own first."""
    if index in free:
        yield index
    yield from sorted(free - {index})


def iter_rounded(value: object, path: Path = ()) -> Iterator[tuple[Path, int | float]]:
    """Each number too large for JavaScript to hold exactly, with where it stands."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from iter_rounded(item, (*path, key))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from iter_rounded(item, (*path, index))
    elif isinstance(value, int | float) and abs(value) >= LARGEST_INTEGER:
        yield path, value


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple)
