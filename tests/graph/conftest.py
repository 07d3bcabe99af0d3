"""Graphs as tests write them: names and waves, and who waits for whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from trimtab.graph.graph import Box, Graph
from trimtab.plan.order import Edge

MakeGraph = Callable[..., Graph]


def make_edge(text: str) -> Edge:
    """Read `a>b`: b waits for a."""
    first, then = text.split(">")
    return Edge(first=first, then=then, because=f"what {first} brings")


def make_graph(waves: dict[str, int], *edges: str, cluster: str = "lab") -> Graph:
    """Make a graph; an application's component is its name up to the first dash."""
    boxes = (Box(name=name, component=name.partition("-")[0], wave=wave, note="v1") for name, wave in waves.items())
    return Graph(cluster=cluster, boxes=tuple(boxes), edges=tuple(map(make_edge, edges)))


@pytest.fixture(name="make_graph")
def _make_graph() -> MakeGraph:
    """Give the maker of graphs."""
    return make_graph


@pytest.fixture(name="make_edge")
def _make_edge() -> Callable[[str], Edge]:
    """Give the maker of edges."""
    return make_edge
