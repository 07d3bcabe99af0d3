"""What is drawn: few lines that say the whole order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trimtab.graph.graph import reduce_edges
from trimtab.plan.order import Edge

PAIRS = st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]))


def edges_of(pairs) -> tuple[Edge, ...]:
    """Make edges between numbered applications, low to high, so that there is no ring."""
    return tuple(Edge(first=str(a), then=str(b), because="") for a, b in sorted(pairs))


def reach(edges) -> set[tuple[str, str]]:
    """Say who comes before whom, directly or by others."""
    pairs = {(edge.first, edge.then) for edge in edges}
    while more := {(a, d) for a, b in pairs for c, d in pairs if b == c} - pairs:
        pairs |= more
    return pairs


def test_a_line_that_a_longer_way_implies_is_left_out(make_edge):
    """With a before b before c, that c waits for a too need not be drawn."""
    edges = [make_edge("a>b"), make_edge("b>c"), make_edge("a>c")]
    assert reduce_edges(edges) == (edges[0], edges[1])


@given(PAIRS)
def test_the_order_stays_the_same(pairs):
    """Whoever came before another still does."""
    assert reach(reduce_edges(edges_of(pairs))) == reach(edges_of(pairs))


@given(PAIRS)
def test_no_line_is_left_that_could_go(pairs):
    """Each line that is drawn says something that no other does."""
    kept = reduce_edges(edges_of(pairs))
    assert all(reach(set(kept) - {edge}) != reach(kept) for edge in kept)


def test_waits_tells_what_is_not_drawn_too(make_graph):
    """The words over a box say all that it waits for."""
    graph = make_graph({"a": 0, "b": 10, "c": 20}, "a>b", "b>c", "a>c")
    assert [edge.first for edge in graph.waits("c")] == ["b", "a"]
