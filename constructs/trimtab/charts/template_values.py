"""What a value in a template may stand for, when only its origin in the chart's values matters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

ANY = "*"
"""Stands in a path for an item of any name."""


@dataclass(frozen=True, slots=True)
class ChartRoot:
    """The dot that a chart's templates start with: `.Values`, `.Release` and so on."""

    prefix: tuple[str, ...]
    """Where the chart's values lie in those of the chart that is installed."""


@dataclass(frozen=True, slots=True)
class At:
    """What stands at a path of the values."""

    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A text that the template spells out."""

    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping made in the template; a key that is not spelled out is `*`."""

    items: tuple[tuple[str, Origin], ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list made in the template."""

    of: tuple[Origin, ...]


Atom: TypeAlias = ChartRoot | At | Text | Record | Items
Origin: TypeAlias = frozenset[Atom]
"""All that a value may be; empty where nobody can tell, or it has nothing to do with the values."""

NOTHING: Origin = frozenset()


def join(origins: Iterable[Origin]) -> Origin:
    """Give what may be any of these."""
    return NOTHING.union(*origins)


def texts_of(origin: Origin) -> list[str]:
    """Give the texts that a value may be."""
    return sorted(atom.text for atom in origin if isinstance(atom, Text))
