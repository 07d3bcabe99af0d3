"""The order of applications, worked out from what each needs and gives."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

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


def plan_order(applications: Sequence[Application], offers: Sequence[Offer], extra: Iterable[Edge] = ()) -> Order:
    """Work out the waves.

    Args:
        applications: All applications of the cluster.
        offers: What they bring (`by` is an application's name) and what the cluster has already (`by` is another word).
        extra: Edges that something else knows of, such as a dependency between two of the user's constructs.

    Returns:
        The order. An application's wave is one step after the latest of those it waits for.
    """
    found = [*_needed(applications, offers), *_asked(applications), *extra]
    edges = _once(found, {application.name for application in applications})
    before: dict[str, list[Edge]] = {name: [] for name in sorted(application.name for application in applications)}
    for edge in edges:
        before[edge.then].append(edge)
    ring = _find_ring(before)
    return Order(
        waves={} if ring else _count(before),
        edges=edges,
        unmet=tuple(_unmet(applications, offers)),
        ring=ring,
    )


def _needed(applications: Sequence[Application], offers: Sequence[Offer]) -> Iterator[Edge]:
    for application in applications:
        for need in application.needs:
            for giver in (offer for offer in offers if need.is_met_by(offer)):
                yield Edge(first=giver.by, then=application.name, because=str(need))


def _asked(applications: Sequence[Application]) -> Iterator[Edge]:
    for application in applications:
        for before in application.after:
            yield Edge(first=before, then=application.name, because="its 'after' says so")


def _unmet(applications: Sequence[Application], offers: Sequence[Offer]) -> Iterator[Unmet]:
    for application in applications:
        for need in application.needs:
            if not need.optional and not any(need.is_met_by(offer) for offer in offers):
                yield Unmet(application=application.name, need=need)


def _once(edges: Iterable[Edge], names: Container[str]) -> tuple[Edge, ...]:
    """Keep one edge a pair, in an order of their own; what the cluster has already need not be waited for."""
    kept: dict[tuple[str, str], Edge] = {}
    for edge in sorted(edges, key=attrgetter("because")):
        if edge.first != edge.then and edge.first in names and edge.then in names:
            kept.setdefault((edge.then, edge.first), edge)
    return tuple(kept[key] for key in sorted(kept))


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
