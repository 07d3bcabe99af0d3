"""What is drawn of a plan: a box an application, a line where one waits for another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trimtab.components.assemble import Plan
from trimtab.kube.release import ChartRelease, GitFiles, Source
from trimtab.plan.order import Edge


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One application."""

    name: str
    component: str
    """The component it belongs to, or `own`."""
    wave: int
    note: str = ""
    """The version of its chart or files; nothing where all its objects are our own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """The applications of a cluster in their order."""

    cluster: str
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    """All that wait for each other, those too that a longer way round says already."""

    @property
    def waves(self) -> tuple[int, ...]:
        """The waves that have an application, first to last."""
        return tuple(sorted({box.wave for box in self.boxes}))

    def waits(self, name: str) -> tuple[Edge, ...]:
        """Give all that an application waits for."""
        return tuple(edge for edge in self.edges if edge.then == name)


def plan_graph(cluster: str, plan: Plan) -> Graph:
    """Give the graph of a cluster's plan; one whose applications wait for each other in a ring has no boxes."""
    waves = plan.order.waves
    boxes = tuple(
        Box(name=one.name, component=one.component, wave=waves[one.name], note=_note(plan.sources.get(one.name)))
        for one in plan.applications
        if one.name in waves
    )
    return Graph(cluster=cluster, boxes=boxes, edges=plan.order.edges)


def _note(source: Source | None) -> str:
    if isinstance(source, ChartRelease):
        return source.pin.version
    return source.pin.revision if isinstance(source, GitFiles) else ""


def reduce_edges(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """Leave out each edge that a longer way round implies, so that few lines say the same order.

    Source: the transitive reduction of a graph without rings, which is unique (Aho, Garey, Ullman 1972).
    """
    given = tuple(edges)
    after: dict[str, set[str]] = {}
    for edge in given:
        after.setdefault(edge.first, set()).add(edge.then)
    reached: dict[str, frozenset[str]] = {}
    return tuple(edge for edge in given if not _is_implied(edge, after, reached))


def _is_implied(edge: Edge, after: Mapping[str, set[str]], reached: dict[str, frozenset[str]]) -> bool:
    return any(edge.then in _reach(step, after, reached) for step in after[edge.first] if step != edge.then)


def _reach(name: str, after: Mapping[str, set[str]], reached: dict[str, frozenset[str]]) -> frozenset[str]:
    if name not in reached:
        found = set(after.get(name, ()))
        for step in after.get(name, ()):
            found |= _reach(step, after, reached)
        reached[name] = frozenset(found)
    return reached[name]
