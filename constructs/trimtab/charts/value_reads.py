"""Which of a chart's values its templates read, and how."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from trimtab.charts.template_values import ANY, NOTHING, At, Atom, ChartRoot, Items, Origin, Record, join

_DEEPEST = 3
"""Items of any name below each other, after which a template that walks itself is taken to read everything."""

_GLOBAL = "global"

_SAME = "AsMap"
"""A method of a chart's values that gives the values themselves (helm pkg/chart/common/values.go); `dig` wants it."""


@dataclass(slots=True)
class ValueReads:
    """The paths that were read so far."""

    prefixes: Collection[tuple[str, ...]]
    """Where the values of each chart lie: below each of them `global` means the one on top."""
    named: set[tuple[str, ...]] = field(default_factory=set)
    """Paths that a template names."""
    whole: set[tuple[str, ...]] = field(default_factory=set)
    """Paths whose value is written out, or handed on, with all that is in it."""

    def step(self, origin: Origin, key: str) -> Origin:
        """Take a field of a value and note it."""
        return join(self._step(atom, key) for atom in origin)

    def walk(self, origin: Origin) -> Origin:
        """Take an item of any name or position."""
        return self.step(origin, ANY)

    def take_whole(self, origin: Origin) -> None:
        """Note that all of a value is used."""
        for atom in origin:
            if isinstance(atom, At):
                self.whole.add(atom.path)
            elif isinstance(atom, Record):
                for _, item in atom.items:
                    self.take_whole(item)
            elif isinstance(atom, Items):
                self.take_whole(join(atom.of))

    def _step(self, atom: Atom, key: str) -> Origin:
        if isinstance(atom, At):
            return self._step_down(atom.path, key)
        if isinstance(atom, ChartRoot):
            return frozenset([At(atom.prefix)]) if key == "Values" else NOTHING
        if isinstance(atom, Record):
            return join(item for name, item in atom.items if ANY in (key, name) or name == key)
        if isinstance(atom, Items):
            return _pick(atom.of, key)
        return NOTHING

    def _step_down(self, path: tuple[str, ...], key: str) -> Origin:
        if key == _SAME and path in self.prefixes:
            return frozenset([At(path)])
        below = (*path, key)
        if below.count(ANY) > _DEEPEST:
            self.whole.add(path)
            return NOTHING
        self.named.add(below)
        if key == _GLOBAL and path in self.prefixes:  # a chart's own `global` is laid under that of the outer one
            self.named.add((_GLOBAL,))
            return frozenset([At((_GLOBAL,)), At(below)])
        return frozenset([At(below)])


def _pick(items: tuple[Origin, ...], key: str) -> Origin:
    """Take the item at a position, or any where the position is not known."""
    if key.isdecimal():
        return items[int(key)] if int(key) < len(items) else NOTHING
    return join(items) if key == ANY else NOTHING
