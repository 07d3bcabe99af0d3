"""A column a wave: which boxes and lanes stand in it, one above the other, so that few lines cross."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from trimtab.graph.graph import Graph
from trimtab.plan.order import Edge

_SWEEPS = 12
"""How often the columns are sorted, there and back; more than six change nothing in graphs of this size."""


@dataclass(frozen=True, slots=True, order=True)
class Knot:
    """What stands in a column: a box, or the lane of an application's lines that pass it on their way to later ones."""

    column: int
    name: str
    """The application, or the one that the lines come from."""
    is_lane: bool = False
    """Whether lines pass here: all that come from one application share a lane, and part where they end."""


Columns = tuple[tuple[Knot, ...], ...]
Link = tuple[Knot, Knot]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layered:
    """A graph in columns, where every link leads from one column to the next."""

    columns: Columns
    routes: Mapping[Edge, tuple[Knot, ...]]
    """Each drawn edge and the knots on its way, its two boxes among them."""

    @property
    def links(self) -> tuple[Link, ...]:
        """All pieces of lines between neighbouring columns, each once."""
        pieces = (pair for route in self.routes.values() for pair in pairwise(route))
        return tuple(dict.fromkeys(pieces))


def plan_columns(graph: Graph, edges: Sequence[Edge]) -> Layered:
    """Put boxes into columns by wave, and order each column so that few lines cross.

    Args:
        graph: The graph.
        edges: Those of its edges that are drawn.
    """
    at = {wave: column for column, wave in enumerate(graph.waves)}
    boxes = {box.name: Knot(at[box.wave], box.name) for box in graph.boxes}
    routes = {edge: _route(boxes[edge.first], boxes[edge.then]) for edge in edges}
    grouped = sorted(graph.boxes, key=lambda box: (box.component, box.name))
    columns: list[list[Knot]] = [[] for _ in at]
    for box in grouped:
        columns[at[box.wave]].append(boxes[box.name])
    for lane in dict.fromkeys(lane for route in routes.values() for lane in route[1:-1]):
        columns[lane.column].append(lane)
    start = Layered(columns=tuple(map(tuple, columns)), routes=routes)
    return Layered(columns=_untangle(start.columns, start.links), routes=routes)


def _route(first: Knot, then: Knot) -> tuple[Knot, ...]:
    lanes = (Knot(column, first.name, is_lane=True) for column in range(first.column + 1, then.column))
    return (first, *lanes, then)


def _untangle(columns: Columns, links: Sequence[Link]) -> Columns:
    """Sort columns by where their neighbours stand, there and back, and keep the best order that was seen.

    Source: the barycentre method of Sugiyama, Tagawa and Toda (1981).
    """
    best, fewest = columns, count_crossings(columns, links)
    for sweep in range(_SWEEPS):
        columns = _sweep(columns, links, forward=sweep % 2 == 0)
        crossings = count_crossings(columns, links)
        if crossings < fewest:
            best, fewest = columns, crossings
    return best


def _sweep(columns: Columns, links: Sequence[Link], *, forward: bool) -> Columns:
    swept = list(columns)
    for index in range(len(columns)) if forward else reversed(range(len(columns))):
        beside = index - 1 if forward else index + 1
        if 0 <= beside < len(columns):
            swept[index] = _sorted_by(swept[index], swept[beside], links)
    return tuple(swept)


def _sorted_by(column: tuple[Knot, ...], beside: tuple[Knot, ...], links: Sequence[Link]) -> tuple[Knot, ...]:
    place = {knot: float(index) for index, knot in enumerate(beside)}

    def centre(index: int) -> float:
        near = [place[other] for other in neighbours(column[index], links) if other in place]
        return sum(near) / len(near) if near else index * len(beside) / len(column)

    return tuple(column[index] for index in sorted(range(len(column)), key=centre))


def neighbours(knot: Knot, links: Sequence[Link]) -> list[Knot]:
    """Give what a knot is linked with, on both sides."""
    return [a if b == knot else b for a, b in links if knot in (a, b)]


def count_crossings(columns: Columns, links: Sequence[Link]) -> int:
    """Count the pairs of links that cross."""
    place = {knot: index for column in columns for index, knot in enumerate(column)}
    spans = [(a.column, place[a], place[b]) for a, b in links]
    return sum(
        1
        for index, (column, start, end) in enumerate(spans)
        for other, begin, stop in spans[index + 1 :]
        if column == other and (start - begin) * (end - stop) < 0
    )
