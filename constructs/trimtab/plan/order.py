"""The order of applications, worked out from what each needs and gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from trimtab.plan.application import Application
from trimtab.plan.offers import Need, Offer

WAVE_STEP = 10
"""The distance between two waves; the gaps are for people's own objects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One application comes before another."""

    first: str
    then: str
    because: str
    """What the later one needs from the earlier one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """A need that nothing in the cluster meets."""

    application: str
    need: Need


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The waves of all applications, the edges that made them, and what stands in the way."""

    waves: Mapping[str, int]
    """Application to wave: 0, 10, 20 and so on. Empty while there is a ring."""
    edges: tuple[Edge, ...]
    unmet: tuple[Unmet, ...] = ()
    ring: tuple[Edge, ...] = ()
    """A ring of applications that wait for each other, edge by edge; empty when there is none."""


def plan_order(
    applications: Sequence[Application], offers: Sequence[Offer], extra: Iterable[Edge] = ()
) -> Order:
    """Work out the waves.

    Args:
        applications: All applications of the cluster.
        offers: What they bring (`by` is an application's name) and what the cluster has already (`by` is another word).
        extra: Edges that something else knows of, such as a dependency between two of the user's constructs.

    Returns:
        The order. An application's wave is one step after the latest of those it waits for.
    """
    names = {application.name for application in applications}
    edges: dict[tuple[str, str], Edge] = {}
    unmet: list[Unmet] = []
    for application in applications:
        for need in application.needs:
            givers = [offer for offer in offers if need.is_met_by(offer)]
            if not givers and not need.optional:
                unmet.append(Unmet(application=application.name, need=need))
            for giver in givers:
                _add(edges, names, Edge(first=giver.by, then=application.name, because=str(need)))
        for before in application.after:
            _add(edges, names, Edge(first=before, then=application.name, because="after"))
    for edge in extra:
        _add(edges, names, edge)
    before: dict[str, list[Edge]] = {name: [] for name in sorted(names)}
    for edge in edges.values():
        before[edge.then].append(edge)
    ring = _find_ring(before)
    waves = {} if ring else _count(before)
    ordered = tuple(edges[key] for key in sorted(edges))
    return Order(waves=waves, edges=ordered, unmet=tuple(unmet), ring=ring)


def _add(edges: dict[tuple[str, str], Edge], names: set[str], edge: Edge) -> None:
    if edge.first != edge.then and edge.first in names and edge.then in names:
        edges.setdefault((edge.then, edge.first), edge)


def _count(before: Mapping[str, Sequence[Edge]]) -> dict[str, int]:
    waves: dict[str, int] = {}

    def wave(name: str) -> int:
        if name not in waves:
            waves[name] = max((wave(edge.first) + WAVE_STEP for edge in before[name]), default=0)
        return waves[name]

    for name in before:
        wave(name)
    return waves


def _find_ring(before: Mapping[str, Sequence[Edge]]) -> tuple[Edge, ...]:
    done: set[str] = set()

    def walk(name: str, trail: list[Edge]) -> tuple[Edge, ...]:
        for start, edge in enumerate(trail):
            if edge.then == name:
                return tuple(trail[start:])
        if name in done:
            return ()
        for edge in before[name]:
            found = walk(edge.first, [*trail, edge])
            if found:
                return found
        done.add(name)
        return ()

    for name in before:
        ring = walk(name, [])
        if ring:
            return ring
    return ()


def render_ring(ring: Sequence[Edge]) -> str:
    """Draw a ring as one line an edge: `a waits for b (StorageClass fast)`, the last one back at the first."""
    return "\n".join(f"{edge.then} waits for {edge.first} ({edge.because})" for edge in ring)
