"""Lists in which no two entries may share their keys, by the structure of each kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from trimtab.catalogue.kubernetes.structures import Minor, Spec, find_structure, is_type
from trimtab.findings.path import Path
from trimtab.verify.kubernetes.limits.registry import has_needs

_DEFAULTS = {"protocol": "TCP"}
"""What the API server puts where a key is left out (pkg/apis/core/v1/defaults.go)."""
_NOT_LOOKED_INTO = {"apiextensions.v1.JSONSchemaProps", "meta.v1.ManagedFieldsEntry"}
"""A schema of a definition is looked at elsewhere; managed fields are the API server's own."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """Two entries of a list with the same keys, or one that is null and so has none."""

    path: Path
    """The second of them, or the null."""
    field: str
    """The list."""
    keys: Mapping[str, Any]
    """What both have in common; of a set, the entry itself under an empty name. Nothing where the entry is null."""


@dataclass(frozen=True, slots=True)
class _Step:
    """One field of a type below which lists with keys stand, or which is one."""

    field: str
    is_list: bool
    is_map: bool
    keys: tuple[str, ...]
    is_set: bool
    may_be_null: bool
    """Whether nobody else asks that something stands in each of its entries."""
    below: _Plan | None
    """How to go into its entries; nothing where there is no need."""


_Plan = tuple[_Step, ...]


def has_repeats(minor: Minor, name: str, value: object) -> bool:
    """Say quickly whether `iter_repeats` would give anything.

    Args:
        minor: A minor version that is known.
        name: The type of `value`.
        value: The object.
    """
    return _is_hit(_plan(minor, name), value)


def iter_repeats(minor: Minor, name: str, value: object) -> Iterator[Repeat]:
    """Give every entry that has the keys of one before it, and every null of which nobody else speaks.

    Args:
        minor: A minor version that is known.
        name: The type of `value`.
        value: The object.
    """
    return _iter_plan(_plan(minor, name), value, ())


def _is_hit(plan: _Plan, value: Any) -> bool:
    if type(value) is not dict and not isinstance(value, Mapping):  # the first asks ten times as fast
        return False
    for step in plan:
        held = value.get(step.field)
        if held and _is_step_hit(step, held):
            return True
    return False


def _is_step_hit(step: _Step, held: Any) -> bool:
    if step.is_list:
        if not isinstance(held, (list, tuple)):
            return False
        is_worth_it = len(held) > 1 or held[0] is None
        if (step.keys or step.is_set) and is_worth_it and next(_iter_shared(step, held, ()), None) is not None:
            return True
        return step.below is not None and any(_is_hit(step.below, item) for item in held)
    if step.below is None:
        return False
    if step.is_map:
        return isinstance(held, Mapping) and any(_is_hit(step.below, item) for item in held.values())
    return _is_hit(step.below, held)


def _iter_plan(plan: _Plan, value: object, path: Path) -> Iterator[Repeat]:
    if isinstance(value, Mapping):
        for step in plan:
            held = value.get(step.field)
            if held:
                yield from _iter_step(step, held, (*path, step.field))


def _iter_step(step: _Step, held: Any, path: Path) -> Iterator[Repeat]:
    if step.is_list:
        if isinstance(held, list | tuple):
            yield from _iter_shared(step, held, path) if step.keys or step.is_set else ()
            for position, item in enumerate(held):
                yield from _iter_plan(step.below or (), item, (*path, position))
    elif step.is_map:
        for key, item in held.items() if isinstance(held, Mapping) else ():
            yield from _iter_plan(step.below or (), item, (*path, key))
    else:
        yield from _iter_plan(step.below or (), held, path)


def _iter_shared(step: _Step, held: Sequence[Any], path: Path) -> Iterator[Repeat]:
    seen: set[Any] = set()
    for position, item in enumerate(held):
        keys = _keys_of(step, item)
        if keys is None:
            if item is None and step.may_be_null:
                yield Repeat((*path, position), step.field, {})
            continue
        if keys in seen:
            names = step.keys or ("",)
            yield Repeat((*path, position), step.field, dict(zip(names, keys, strict=True)))
        seen.add(keys)


def _keys_of(step: _Step, item: Any) -> tuple[Any, ...] | None:
    if step.is_set:
        return (item,) if isinstance(item, str) else None
    if type(item) is not dict and not isinstance(item, Mapping):
        return None
    values = tuple([item.get(key, _DEFAULTS.get(key)) for key in step.keys])
    for value in values:
        if not isinstance(value, (str, int)):
            return None
    return values


@cache
def _plan(minor: Minor, name: str) -> _Plan:
    """Work out which fields of a type are worth going into; a type within itself is not gone into again."""
    return _build_plan(minor, name, frozenset())


def _build_plan(minor: Minor, name: str, above: frozenset[str]) -> _Plan:
    if name in above or name in _NOT_LOOKED_INTO:
        return ()
    fields = find_structure(minor, name).fields.items()
    steps = (_build_step(minor, field, spec, above | {name}) for field, spec in fields if field != "status")
    return tuple(step for step in steps if step is not None)


def _build_step(minor: Minor, field: str, spec: Spec, above: frozenset[str]) -> _Step | None:
    word = spec[0] if isinstance(spec, list) else ""
    inner = spec[1] if isinstance(spec, list) else spec
    keys = tuple(spec[2]) if word == "list" and len(spec) > 2 else ()
    is_set = word == "set" and inner == "string"
    below = _build_plan(minor, inner, above) if word != "one-of" and is_type(inner) else ()
    if not (below or keys or is_set):
        return None
    may_be_null = bool(keys) and not has_needs(minor, inner)
    return _Step(field, word in ("list", "set"), word == "map", keys, is_set, may_be_null, below or None)
