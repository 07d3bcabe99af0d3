"""Events of the YAML parser to plain values, with the spot in the text of every one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from yaml.events import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent

from trimtab.documents.document import Branch, Limits, Mark, Ruler, Spot, Value
from trimtab.documents.faults import Event, Faults
from trimtab.documents.scalars import normalise, render_key
from trimtab.documents.tags import MAPPING_TAGS, SEQUENCE_TAGS, ScalarError, is_merge, resolve_scalar, unknown_tag
from trimtab.findings.finding import Finding
from trimtab.findings.path import Key


class _Anchored(NamedTuple):
    value: Value
    spot: Spot
    size: int
    height: int


@dataclass(slots=True)
class _Mapping:
    """A mapping half built."""

    entries: dict[str, Value]
    branch: Branch
    merged: set[str]
    """The keys that only a merge key brought; one written out replaces them."""
    merge: Spot | None = None


class Builder:
    """Builds the values of one file, document by document, from a source of events."""

    def __init__(
        self,
        next_event: Callable[[], Event],
        ruler: Ruler,
        limits: Limits,
        findings: list[Finding],
        *,
        last_key_holds: bool = False,
    ) -> None:
        """Take events from `next_event`; what is wrong is appended to `findings`."""
        self._next = next_event
        self._last_key_holds = last_key_holds
        self._limits = limits
        self._faults = Faults(ruler, limits, findings)
        self._anchors: dict[str, _Anchored | None] = {}
        self._path = self._faults.path
        self._count = 0
        self._deepest = 0
        self._shared = False

    def build_document(self) -> tuple[Value, Spot]:
        """Build the one value between a document's start and its end.

        Raises:
            LimitError: a limit is passed.
            YAMLError: the text is no YAML.
        """
        self._anchors.clear()
        self._shared = False
        value, spot = self._build(self._next())
        return _copy(value) if self._shared else value, spot

    def _build(self, event: Event) -> tuple[Value, Spot]:
        self._count += 1
        if self._count > self._limits.max_values:
            raise self._faults.too_many(event)
        kind = type(event)
        if kind is AliasEvent:
            return self._expand(event)
        if event.anchor is not None:
            return self._anchored(event)
        return (self._scalar(event), event) if kind is ScalarEvent else self._collection(event)

    def _anchored(self, event: Event) -> tuple[Value, Spot]:
        name, size, deepest = event.anchor, self._count, self._deepest
        self._anchors[name] = None
        self._deepest = len(self._path)
        value, spot = (self._scalar(event), event) if type(event) is ScalarEvent else self._collection(event)
        height = self._deepest - len(self._path)
        self._anchors[name] = _Anchored(value, spot, self._count - size + 1, height)
        self._deepest = max(deepest, self._deepest)
        return value, spot

    def _scalar(self, event: Event) -> Value:
        try:
            value = resolve_scalar(event)
        except ScalarError as bad:
            self._faults.report(event, bad.code, bad.message, bad.cure)
            return str(event.value)
        return normalise(value) if type(value) is float else value

    def _collection(self, event: Event) -> tuple[Value, Spot]:
        self._sink_to(len(self._path) + 1, event)
        if type(event) is MappingStartEvent:
            self._check_tag(event, MAPPING_TAGS)
            return self._mapping(event)
        self._check_tag(event, SEQUENCE_TAGS)
        return self._sequence(event)

    def _sequence(self, start: Event) -> tuple[Value, Spot]:
        items: list[Value] = []
        spots: dict[Key, Spot] = {}
        path = self._path
        path.append(0)
        while type(event := self._next()) is not SequenceEndEvent:
            path[-1] = len(items)
            value, spots[len(items)] = self._build(event)
            items.append(value)
        path.pop()
        last = spots[len(items) - 1] if items else start
        return items, Branch(start.start_mark, _end_of(start, last, event), {}, spots)

    def _mapping(self, start: Event) -> tuple[Value, Spot]:
        mapping = _Mapping({}, Branch(start.start_mark, start.end_mark, {}, {}), set())
        entries, keys, spots = mapping.entries, mapping.branch.keys, mapping.branch.values
        path = self._path
        path.append("")
        spot: Spot = start
        while type(event := self._next()) is not MappingEndEvent:
            merging = type(event) is ScalarEvent and is_merge(event)
            key = "<<" if merging else self._key(event)
            path[-1] = "" if key is None else key
            value, spot = self._build(self._next())
            if merging:
                self._merge(event, value, spot, mapping)
            elif key is None:
                continue
            elif key in entries and key not in mapping.merged:
                self._faults.report_duplicate(event, key, keys[key])
                if self._last_key_holds:
                    entries[key], keys[key], spots[key] = value, event, spot
            else:
                mapping.merged.discard(key)
                entries[key], keys[key], spots[key] = value, event, spot
        path.pop()
        mapping.branch.end_mark = _end_of(start, spot, event)
        return entries, mapping.branch

    def _key(self, event: Event) -> str | None:
        """Take a mapping key and give its text; nothing, and a finding, where it has none."""
        if type(event) is ScalarEvent and event.anchor is None:
            value = self._exact_key(event)
        else:
            value, _ = self._build(event)
        text = render_key(value) if value is None or isinstance(value, str | int | float) else None
        if text is None:
            message = f"mapping key is {_describe(value)}, not text"
            self._faults.report(event, "key-not-text", message, "write the key as text, in quotes")
        return text

    def _exact_key(self, event: Event) -> Value:
        try:
            return resolve_scalar(event)
        except ScalarError as bad:
            self._faults.report(event, bad.code, bad.message, bad.cure)
            return str(event.value)

    def _merge(self, key: Event, value: Value, spot: Spot, mapping: _Mapping) -> None:
        """Put in what a merge key brings. The Go readers let it replace keys that stand before it, others do not."""
        if mapping.merge is not None:
            self._faults.report_duplicate(key, "<<", mapping.merge)
            return
        mapping.merge = key
        brought = _brought(value, spot)
        if brought is None:
            cure = "give '<<' a mapping, an alias of one, or a list of them"
            self._faults.report(key, "merge-key", "merge key without a mapping", cure)
            return
        for name, (item, key_spot, item_spot) in brought.items():
            if name in mapping.entries:
                self._faults.report_late_merge(key, name, mapping.branch.keys[name])
            else:
                mapping.entries[name] = item
                mapping.branch.keys[name], mapping.branch.values[name] = key_spot, item_spot
                mapping.merged.add(name)

    def _expand(self, event: Event) -> tuple[Value, Spot]:
        target = self._anchors.get(event.anchor)
        if target is None:
            inside = event.anchor in self._anchors
            reason = "stands inside its own anchor" if inside else "has no anchor before it"
            self._faults.report(event, "unknown-alias", f"alias '*{event.anchor}' {reason}", None)
            return None, event
        self._count += target.size - 1
        if self._count > self._limits.max_values:
            raise self._faults.too_many(event)
        self._sink_to(len(self._path) + target.height, event)
        if not isinstance(target.spot, Branch):
            return target.value, event
        spot = Branch(event.start_mark, event.end_mark, target.spot.keys, target.spot.values)
        self._shared = True
        return target.value, spot

    def _sink_to(self, depth: int, event: Event) -> None:
        if depth > self._limits.max_depth:
            raise self._faults.too_deep(event)
        self._deepest = max(self._deepest, depth)

    def _check_tag(self, event: Event, known: tuple[str | None, ...]) -> None:
        if event.tag not in known:
            bad = unknown_tag(event.tag)
            self._faults.report(event, bad.code, bad.message, bad.cure)


def _end_of(start: Event, last: Spot, end: Event) -> Mark:
    """Give where a collection ends: at its bracket, or with its last item, since the parser runs on to what follows."""
    return end.end_mark if start.flow_style else last.end_mark


def _describe(value: Value) -> str:
    if value is None:
        return "null"
    return "a mapping or a list" if isinstance(value, dict | list) else f"the number {value}"


def _brought(value: Value, spot: Spot) -> dict[str, tuple[Value, Spot, Spot]] | None:
    """Give the entries that a merge key's value brings; of several mappings the earlier one holds."""
    if not isinstance(spot, Branch):
        return None
    if isinstance(value, dict):
        return {name: (item, spot.keys[name], spot.values[name]) for name, item in value.items()}
    if not isinstance(value, list):
        return None
    parts = [_brought(item, spot.values[at]) if isinstance(item, dict) else None for at, item in enumerate(value)]
    brought: dict[str, tuple[Value, Spot, Spot]] = {}
    for part in reversed(parts):
        if part is None:
            return None
        brought.update(part)
    return brought


def _copy(value: Value) -> Value:
    """Make values that an alias repeats separate ones, so that nobody changes two places by changing one."""
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_copy(item) for item in value]
    return value
