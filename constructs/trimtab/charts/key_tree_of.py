"""The values that a chart knows: from its own values, from what its templates read, and from its schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from trimtab.catalogue.key_tree import EACH_FLAG, OPEN_FLAG
from trimtab.charts.chart_tree import Part
from trimtab.charts.schema_keys import iter_schema_keys
from trimtab.charts.template_reading import TemplateReader
from trimtab.charts.template_scan import parse_parts
from trimtab.charts.template_values import ANY, ChartRoot
from trimtab.charts.value_reads import ValueReads

KeyPath = tuple[str, ...]

_GLOBAL = "global"
_ENDS = frozenset({"list", "string", "int", "bool", "number"})
"""Types below which there are no keys."""


@dataclass(slots=True)
class _Known:
    """What is known so far."""

    types: dict[KeyPath, str] = field(default_factory=dict)
    empty: set[KeyPath] = field(default_factory=set)
    """Maps that the chart's own values leave empty."""
    closed: set[KeyPath] = field(default_factory=set)
    """Maps for which a schema forbids keys it does not name."""
    free: set[KeyPath] = field(default_factory=set)
    """What a schema says nothing of."""


def derive_keys(parts: Sequence[Part]) -> dict[str, str]:
    """Give the key tree of a chart and all charts in it: dotted path to type and flags, sorted.

    Lists and maps that are written out whole are free-form; so is a map that is empty in the chart's own values, unless
    templates take only named keys of it. A schema that forbids other keys wins over both.
    """
    known = _Known()
    values = merge_defaults(parts)
    _add_values(known, values, ())
    reads = _read_templates(parts, values)
    for part in parts:
        for name in _iter_switches(part):
            reads.named.add((*part.prefix, *name))
        _add_schema(known, part)
        if not part.is_library:
            reads.named.add((*part.prefix, _GLOBAL))
    for path in sorted(
        (path for path in reads.named | reads.whole if _is_told(path, reads)), key=lambda path: (len(path), path)
    ):
        _add_read(known, path)
    for part in parts:
        _settle_global(known, part)
    told = {_dotted(path): f"{kind}{_flag(path, kind, known, reads)}" for path, kind in _iter_keys(known)}
    return dict(sorted(told.items()))


def merge_defaults(parts: Sequence[Part]) -> dict[str, Any]:
    """Give the values that the whole tree starts with: those of a chart win over those of the charts in it."""
    merged: dict[str, Any] = {}
    for part in parts:  # outermost first, so that what is there stays
        if not part.values:
            continue
        below = merged
        for key in part.prefix:
            inner = below.setdefault(key, {})
            below = inner if isinstance(inner, dict) else {}
        _fill(below, part.values)
    return merged


def _fill(high: dict[str, Any], low: Mapping[str, Any]) -> None:
    for key, value in low.items():
        if key not in high:
            high[key] = _copy(value)
        elif isinstance(high[key], dict) and isinstance(value, Mapping):
            _fill(high[key], value)


def _copy(value: Any) -> Any:
    return {key: _copy(item) for key, item in value.items()} if isinstance(value, Mapping) else value


def _read_templates(parts: Sequence[Part], values: Mapping[str, Any]) -> ValueReads:
    reads = ValueReads(prefixes={part.prefix for part in parts})
    bodies, named = parse_parts(parts)
    reader = TemplateReader(named, reads, values)
    for prefix, body in bodies:
        reader.read(body, frozenset([ChartRoot(prefix)]))
    return reads


def _add_values(known: _Known, values: Mapping[str, Any], at: KeyPath) -> None:
    for key, value in values.items():
        path = (*at, str(key))
        known.types[path] = _type_of(value)
        if isinstance(value, Mapping):
            if not value:
                known.empty.add(path)
            _add_values(known, value, path)


def _add_schema(known: _Known, part: Part) -> None:
    for key in iter_schema_keys(part.files.get("values.schema.json"), part.prefix):
        if key.is_closed:
            known.closed.add(key.path)
        if key.is_free:
            known.free.add(key.path)
        if key.path and known.types.setdefault(key.path, key.type) == "null" and key.type != "any":
            known.types[key.path] = key.type


def _add_read(known: _Known, path: KeyPath) -> None:
    """Take a path that a template reads, and make maps of those above it.

    Inside a list nothing is told apart, and a plain value has nothing inside: a template that asks all the same would
    do so of another value.
    """
    for depth in range(1, len(path)):
        above = known.types.get(path[:depth])
        if above in _ENDS:
            return
        if path[depth] != ANY or above is None:
            known.types[path[:depth]] = "map" if path[depth] != ANY else "any"
    known.types.setdefault(path, "any")


def _settle_global(known: _Known, part: Part) -> None:
    """Make a map of a chart's `global`, and give what is below the outermost one the type it has in a chart inside.

    A library has none: its templates see the values of the chart that uses them (helm pkg/engine/engine.go).
    """
    inside = (*part.prefix, _GLOBAL)
    if not part.is_library:
        known.types[inside] = "map"
    for path in [path for path in known.types if path[: len(inside)] == inside]:
        shared = (_GLOBAL, *path[len(inside) :])
        if known.types.get(shared) == "any":
            known.types[shared] = known.types[path]


def _iter_switches(part: Part) -> Iterator[KeyPath]:
    """Give the values that switch the charts in a chart on and off."""
    for dependency in part.dependencies:
        for condition in str(dependency.get("condition") or "").split(","):
            if condition.strip():
                yield tuple(condition.strip().split("."))
        for tag in dependency.get("tags") or []:
            yield ("tags", str(tag))


def _iter_keys(known: _Known) -> Iterator[tuple[KeyPath, str]]:
    yield from ((path, kind) for path, kind in known.types.items() if path and path[0] != ANY)


def _is_told(path: KeyPath, reads: ValueReads) -> bool:
    """Say whether a path ends in a name, and every item of any name on its way is taken apart by names."""
    steps = (path[:depth] for depth, key in enumerate(path) if key == ANY)
    return bool(path) and path[-1] != ANY and all(_has_known_items(step, reads) for step in steps)


def _has_known_items(path: KeyPath, reads: ValueReads) -> bool:
    """Say whether templates take the items of a map apart, and only by names."""
    item = (*path, ANY)
    inside = [other[-1] for other in reads.named if other[:-1] == item]
    return bool(inside) and ANY not in inside and item not in reads.whole


def _flag(path: KeyPath, kind: str, known: _Known, reads: ValueReads) -> str:
    if kind == "list":
        return OPEN_FLAG
    if path in known.closed or kind in _ENDS:
        return ""
    if path in reads.whole or path in known.free:
        return OPEN_FLAG
    if (*path, ANY) in reads.named:
        return EACH_FLAG if (*path, ANY) in known.types else OPEN_FLAG
    return OPEN_FLAG if path in known.empty and not _has_named_below(path, known) else ""


def _has_named_below(path: KeyPath, known: _Known) -> bool:
    return any(len(other) == len(path) + 1 and other[:-1] == path for other in known.types)


def _dotted(path: KeyPath) -> str:
    return ".".join(key.replace(".", "\\.") for key in path)


def _type_of(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "bool"
    names = ((Mapping, "map"), (list, "list"), (int, "int"), (float, "number"))
    return next((name for kind, name in names if isinstance(value, kind)), "string")
