"""What a YAML file is once read: plain values, and beside them where each stands."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from trimtab.findings.finding import Finding, Place
from trimtab.findings.path import Key, Path

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"
"""What JSON has, and nothing else."""


Mark: TypeAlias = Any
"""A point in a text as the parser counts it: `index`, `line`, `column` from 0, in characters.

The stubs of PyYAML call every mark optional; its C parser gives each event both.
"""


class Spot(Protocol):
    """Anything with a start and an end in the text: an event of the parser, or a `Branch`."""

    @property
    def start_mark(self) -> Mark:
        """The point of its first character."""

    @property
    def end_mark(self) -> Mark:
        """The point after its last character."""


@dataclass(slots=True, eq=False)
class Branch:
    """The span of a mapping, a list or an alias, with the spots of what is inside."""

    start_mark: Mark
    end_mark: Mark
    keys: dict[Key, Spot]
    """The spots of the keys of a mapping; empty for a list."""
    values: dict[Key, Spot]


@dataclass(frozen=True, slots=True)
class Ruler:
    """Turns the parser's points into places of one file."""

    file: str
    line_starts: tuple[int, ...] = ()
    """Where each line starts, for a text with line breaks that only YAML knows; empty for all others."""

    def measure(self, spot: Spot) -> Place:
        """Give the place of a spot, lines and columns from 1."""
        line, column = self._point(spot.start_mark)
        end_line, end_column = self._point(spot.end_mark)
        return Place(file=self.file, line=line, column=column, end_line=end_line, end_column=end_column)

    def _point(self, mark: Mark) -> tuple[int, int]:
        if not self.line_starts:
            return mark.line + 1, mark.column + 1
        line = bisect_right(self.line_starts, mark.index)
        return line, mark.index - self.line_starts[line - 1] + 1


class Places:
    """Where each key and value of one document stands.

    A value given by an alias stands where the alias stands; what is inside it, and what a merge key brings,
    stands where it was written.
    """

    __slots__ = ("_root", "_ruler")

    def __init__(self, ruler: Ruler, root: Spot) -> None:
        self._ruler = ruler
        self._root = root

    def value(self, path: Path) -> Place | None:
        """Give the place of the value at `path`; nothing where the document has none."""
        spot = self._find(path)
        return None if spot is None else self._ruler.measure(spot)

    def key(self, path: Path) -> Place | None:
        """Give the place of the key that `path` ends in; nothing for list items and what the document has not."""
        parent = self._find(path[:-1]) if path else None
        spot = parent.keys.get(path[-1]) if isinstance(parent, Branch) else None
        return None if spot is None else self._ruler.measure(spot)

    def nearest(self, path: Path) -> tuple[Path, Place]:
        """Give the longest start of `path` that the document has, and its place.

        That is the value's own place where the whole path is there; an ancestor is shown by its key, since its
        value may fill pages.
        """
        spot: Spot = self._root
        for depth, key in enumerate(path):
            child = spot.values.get(key) if isinstance(spot, Branch) else None
            if child is None:
                return path[:depth], self.key(path[:depth]) or self._ruler.measure(spot)
            spot = child
        return path, self._ruler.measure(spot)

    def _find(self, path: Path) -> Spot | None:
        spot: Spot | None = self._root
        for key in path:
            spot = spot.values.get(key) if isinstance(spot, Branch) else None
        return spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One YAML document of a file."""

    file: str
    value: Value
    places: Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a file gave: its documents in order, and all that is wrong with its text."""

    documents: tuple[Document, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one file may ask of us; an honest settings file stays far below each of them."""

    max_bytes: int = 4 * 1024 * 1024
    max_values: int = 200_000
    """Keys are not counted; what an alias stands for is counted each time."""
    max_depth: int = 100
