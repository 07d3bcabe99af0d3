"""The picture: one SVG, the same bytes on every machine, read by day and by night."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from trimtab.graph.colours import plan_colours
from trimtab.graph.columns import Knot, Layered, plan_columns
from trimtab.graph.graph import Box, Graph, reduce_edges
from trimtab.graph.heights import BOX_HEIGHT, plan_heights
from trimtab.graph.letters import measure_text
from trimtab.graph.style import STYLE
from trimtab.plan.order import Edge

_MARGIN = 24
_PADDING = 14
"""Pixels between the edge of a column and its boxes."""
_BETWEEN = 44
"""Pixels between two columns, in which lines turn."""
_TITLE = 52
"""Pixels of the line that names the cluster."""
_HEADER = 40
"""Pixels of a column's head, which names the wave."""
_STRIPE = 6
"""Pixels of the stripe that bears the component's colour."""
_NAME_SIZE = 13
_NOTE_SIZE = 11
_TITLE_SIZE = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    x: int
    width: int

    @property
    def left(self) -> int:
        return self.x + _PADDING

    @property
    def right(self) -> int:
        return self.x + self.width - _PADDING


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing:
    graph: Graph
    layered: Layered
    columns: tuple[_Column, ...]
    heights: dict[Knot, int]
    top: int
    """Where the cluster's part of the picture begins, in pixels."""

    @property
    def body(self) -> int:
        """Pixels from the top of the picture to the first box."""
        return self.top + _TITLE + _HEADER

    @property
    def depth(self) -> int:
        """Pixels that the boxes take."""
        return max((y for y in self.heights.values()), default=0) + BOX_HEIGHT // 2 + _PADDING

    @property
    def bottom(self) -> int:
        return self.body + self.depth + _MARGIN

    @property
    def right(self) -> int:
        last = self.columns[-1].x + self.columns[-1].width if self.columns else 0
        return max(last, _MARGIN + measure_text(_head_line(self.graph), _TITLE_SIZE)) + _MARGIN

    def y(self, knot: Knot) -> int:
        return self.body + self.heights[knot]


def render_svg(graphs: Sequence[Graph]) -> str:
    """Draw clusters, one below the other: a column a wave, a box an application, a line to what waits for it.

    A line that a longer way round implies is not drawn; the words that appear over a box tell all that it waits for.
    """
    drawings: list[_Drawing] = []
    for graph in graphs:
        drawings.append(_plan_drawing(graph, drawings[-1].bottom if drawings else 0))
    width = max((drawing.right for drawing in drawings), default=2 * _MARGIN)
    height = drawings[-1].bottom if drawings else 2 * _MARGIN
    return "\n".join([*_open(graphs, width, height), *(line for one in drawings for line in _draw(one)), "</svg>", ""])


def _open(graphs: Sequence[Graph], width: int, height: int) -> Iterator[str]:
    names = escape(", ".join(graph.cluster for graph in graphs))
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        'role="img">'
    )
    yield f"<title>Applications of {names}, in the order they are synced</title>"
    yield f"<style>\n{STYLE}</style>"
    yield (
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto" '
        'markerUnits="userSpaceOnUse"><path class="tip" d="M0 0 8 4 0 8 2 4Z"/></marker></defs>'
    )
    yield f'<rect class="page" width="{width}" height="{height}"/>'


def _plan_drawing(graph: Graph, top: int) -> _Drawing:
    layered = plan_columns(graph, reduce_edges(graph.edges))
    columns: list[_Column] = []
    for wave in graph.waves:
        widest = max(_width(box) for box in graph.boxes if box.wave == wave)
        x = columns[-1].x + columns[-1].width + _BETWEEN if columns else _MARGIN
        columns.append(_Column(x=x, width=widest + 2 * _PADDING))
    return _Drawing(graph=graph, layered=layered, columns=tuple(columns), heights=plan_heights(layered), top=top)


def _width(box: Box) -> int:
    return _STRIPE + 10 + max(measure_text(box.name, _NAME_SIZE), measure_text(_note(box), _NOTE_SIZE)) + 8


def _note(box: Box) -> str:
    return f"{box.component} · {box.note}" if box.note else box.component


def _head_line(graph: Graph) -> str:
    return f"{graph.cluster} {_counts(graph)}"


def _counts(graph: Graph) -> str:
    return f"{len(graph.boxes)} applications in {len(graph.waves)} waves"


def _draw(drawing: _Drawing) -> Iterator[str]:
    graph = drawing.graph
    yield f'<g id="{escape(graph.cluster)}">'
    yield (
        f'<text x="{_MARGIN}" y="{drawing.top + 36}"><tspan class="title">{escape(graph.cluster)}</tspan>'
        f'<tspan class="count" dx="10">{_counts(graph)}</tspan></text>'
    )
    for wave, column in zip(graph.waves, drawing.columns, strict=True):
        yield from _draw_wave(drawing, wave, column)
    for edge, route in drawing.layered.routes.items():
        yield from _draw_edge(drawing, edge, route)
    colours = plan_colours(box.component for box in graph.boxes)
    for box in graph.boxes:
        yield from _draw_box(drawing, box, colours[box.component])
    yield "</g>"


def _draw_wave(drawing: _Drawing, wave: int, column: _Column) -> Iterator[str]:
    top = drawing.top + _TITLE
    height = _HEADER + drawing.depth
    yield f'<rect class="wave" x="{column.x}" y="{top}" width="{column.width}" height="{height}" rx="8"/>'
    yield f'<text class="head" x="{column.x + column.width // 2}" y="{top + 22}">wave {wave}</text>'


def _draw_edge(drawing: _Drawing, edge: Edge, route: Sequence[Knot]) -> Iterator[str]:
    path = _path(drawing, route)
    yield f'<g class="edge"><title>{escape(_reason(edge))}</title>'
    yield f'<path class="line" d="{path}" marker-end="url(#tip)"/><path class="grip" d="{path}"/></g>'


def _reason(edge: Edge) -> str:
    return f"{edge.then} waits for {edge.first}: {edge.because}"


def _path(drawing: _Drawing, route: Sequence[Knot]) -> str:
    """Lead a line from box to box: level where it passes a column, an S between two columns."""
    pieces = [f"M{drawing.columns[route[0].column].right} {drawing.y(route[0])}"]
    for here, there in pairwise(route):
        start, end = drawing.columns[here.column].right, drawing.columns[there.column].left
        middle = (start + end) // 2
        y, at = drawing.y(here), drawing.y(there)
        pieces.append(f"C{middle} {y} {middle} {at} {end if there.is_lane else end - 1} {at}")
        if there.is_lane:
            pieces.append(f"H{drawing.columns[there.column].right}")
    return "".join(pieces)


def _draw_box(drawing: _Drawing, box: Box, colour: str) -> Iterator[str]:
    column = drawing.columns[drawing.graph.waves.index(box.wave)]
    knot = Knot(drawing.graph.waves.index(box.wave), box.name)
    x, y = column.left, drawing.y(knot) - BOX_HEIGHT // 2
    width = column.right - column.left
    yield f"<g><title>{escape(_tell(drawing.graph, box))}</title>"
    yield f'<rect class="box" x="{x}" y="{y}" width="{width}" height="{BOX_HEIGHT}" rx="6"/>'
    yield (
        f'<path fill="{colour}" d="M{x + _STRIPE} {y}v{BOX_HEIGHT}a6 6 0 0 1-6-6v-{BOX_HEIGHT - 12}a6 6 0 0 1 6-6z"/>'
    )
    text = x + _STRIPE + 10
    yield f'<text class="name" x="{text}" y="{y + 19}">{escape(box.name)}</text>'
    yield f'<text class="note" x="{text}" y="{y + 35}">{escape(_note(box))}</text></g>'


def _tell(graph: Graph, box: Box) -> str:
    waits = [f"after {edge.first}: {edge.because}" for edge in graph.waits(box.name)]
    return "\n".join([box.name, *(waits or ["waits for nothing"])])
