"""How high each box stands in its column: near what it is linked with, and never on its neighbour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from trimtab.graph.columns import Knot, Layered, neighbours

BOX_HEIGHT = 44
"""Pixels of a box: two lines of text with room around them."""
GAP = 14
"""Pixels between two boxes of a column."""
_LANE_HEIGHT = 6
"""Pixels of a passing line, so that it does not touch a box."""
_SWEEPS = 24
"""How often all columns are moved; the picture stands still after about ten."""
_STRAIGHT = 4.0
"""How much more the pieces of one line pull at each other than at a box: lines that pass a column stay straight."""


def plan_heights(layered: Layered) -> dict[Knot, int]:
    """Give the height of each knot's middle, in pixels from the top, the highest box at the top."""
    heights: dict[Knot, float] = {}
    for column in layered.columns:
        heights.update(zip(column, _offsets(column), strict=True))
    near = {knot: neighbours(knot, layered.links) for column in layered.columns for knot in column}
    for sweep in range(_SWEEPS):
        for column in layered.columns if sweep % 2 == 0 else reversed(layered.columns):
            heights.update(_settle(column, near, heights))
    top = min((heights[knot] - _height(knot) / 2 for knot in heights), default=0.0)
    return {knot: round(height - top) for knot, height in heights.items()}


def _height(knot: Knot) -> int:
    return _LANE_HEIGHT if knot.is_lane else BOX_HEIGHT


def _offsets(column: Sequence[Knot]) -> list[float]:
    """Give the heights of a column's knots packed as close as they may stand."""
    offsets = [0.0]
    for above, below in pairwise(column):
        offsets.append(offsets[-1] + (_height(above) + _height(below)) / 2 + GAP)
    return offsets[: len(column)]


def _settle(
    column: Sequence[Knot], near: Mapping[Knot, Sequence[Knot]], heights: Mapping[Knot, float]
) -> dict[Knot, float]:
    offsets = _offsets(column)
    wanted = [_wanted(knot, near[knot], heights) for knot in column]
    loose = [height - offset for (height, _), offset in zip(wanted, offsets, strict=True)]
    placed = fit_rising(loose, [weight for _, weight in wanted])
    return {knot: at + offset for knot, at, offset in zip(column, placed, offsets, strict=True)}


def _wanted(knot: Knot, near: Sequence[Knot], heights: Mapping[Knot, float]) -> tuple[float, float]:
    """Give the height that a knot's neighbours pull it to, and how strongly."""
    if not near:
        return heights[knot], 0.1
    pulls = [(heights[other], _STRAIGHT if knot.is_lane and other.is_lane else 1.0) for other in near]
    weight = sum(pull for _, pull in pulls)
    return sum(height * pull for height, pull in pulls) / weight, weight


def fit_rising(wanted: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Give numbers that never fall and lie as near as they can to those wanted, by weighted squares.

    Source: pool adjacent violators (Ayer and others 1955).
    """
    pools: list[tuple[float, float, int]] = []
    for value, weight in zip(wanted, weights, strict=True):
        pool = (value, weight, 1)
        while pools and pools[-1][0] > pool[0]:
            before = pools.pop()
            total = before[1] + pool[1]
            pool = ((before[0] * before[1] + pool[0] * pool[1]) / total, total, before[2] + pool[2])
        pools.append(pool)
    return [value for value, _, count in pools for _ in range(count)]
