"""Where things stand: columns without knots, boxes that never touch."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.graph.colours import PALETTE, plan_colours
from trimtab.graph.columns import Knot, count_crossings, plan_columns
from trimtab.graph.heights import BOX_HEIGHT, GAP, fit_rising, plan_heights
from trimtab.graph.letters import measure_text

FLOATS = st.floats(-1000, 1000)


def test_two_lines_that_need_not_cross_do_not(make_graph):
    """`a` leads to `z` and `b` to `y`: one of the columns is turned round."""
    graph = make_graph({"a": 0, "b": 0, "y": 10, "z": 10}, "a>z", "b>y")
    layered = plan_columns(graph, graph.edges)
    assert count_crossings(layered.columns, layered.links) == 0


def test_crossings_are_counted():
    """Two lines that change sides cross once."""
    a, b, y, z = Knot(0, "a"), Knot(0, "b"), Knot(1, "y"), Knot(1, "z")
    assert count_crossings(((a, b), (y, z)), [(a, z), (b, y)]) == 1
    assert count_crossings(((a, b), (y, z)), [(a, y), (b, z)]) == 0


def test_lines_of_one_application_share_a_lane(make_graph):
    """Two lines from `a` pass the columns between as one, and part at the end."""
    graph = make_graph({"a": 0, "m": 10, "y": 20, "z": 20}, "a>y", "a>z", "m>y")
    layered = plan_columns(graph, graph.edges)
    assert [knot for knot in layered.columns[1] if knot.is_lane] == [Knot(1, "a", is_lane=True)]


def test_boxes_of_a_column_keep_their_distance(make_graph):
    """Five boxes that one leads to all want its height, and stand below each other all the same."""
    waves = {"a": 0} | {f"b-{n}": 10 for n in range(5)}
    graph = make_graph(waves, *(f"a>b-{n}" for n in range(5)))
    heights = plan_heights(plan_columns(graph, graph.edges))
    column = sorted(height for knot, height in heights.items() if knot.column == 1)
    assert all(below - above >= BOX_HEIGHT + GAP - 1 for above, below in pairwise(column))
    assert heights[Knot(0, "a")] == column[2]


def test_a_chain_is_a_straight_line(make_graph):
    """What only waits for its forerunner stands beside it."""
    graph = make_graph({"a": 0, "b": 10, "c": 20}, "a>b", "b>c")
    assert len(set(plan_heights(plan_columns(graph, graph.edges)).values())) == 1


@given(st.lists(FLOATS, max_size=12))
def test_fitted_numbers_never_fall(wanted):
    """As many come back as went in, in rising order."""
    fitted = fit_rising(wanted, [1.0] * len(wanted))
    assert len(fitted) == len(wanted)
    assert all(before <= after + 1e-9 for before, after in pairwise(fitted))


@given(st.lists(FLOATS, max_size=12).map(sorted))
def test_numbers_that_rise_stay(wanted):
    """Nothing is moved that stands well."""
    assert fit_rising(wanted, [1.0] * len(wanted)) == wanted


def test_the_heavier_wish_moves_less():
    """Where two want to change places, they meet nearer to the heavier one's wish."""
    assert fit_rising([10.0, 0.0], [3.0, 1.0]) == [7.5, 7.5]


@pytest.mark.parametrize(("narrow", "wide"), [("iii", "mmm"), ("rook", "rook-operator")])
def test_wide_text_takes_more_room(narrow, wide):
    """Letters have widths of their own."""
    assert measure_text(narrow, 13) < measure_text(wide, 13)


def test_no_two_components_share_a_colour_while_there_are_enough():
    """Twelve components have twelve colours, and the user's own has none of them."""
    colours = plan_colours([*(f"component-{n}" for n in range(len(PALETTE))), "own"])
    assert len(set(colours.values())) == len(PALETTE) + 1
