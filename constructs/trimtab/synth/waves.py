"""Dependencies between objects of one application, turned into Argo CD's sync waves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """A group of objects that wants another group to be there first; groups are positions in a list of objects."""

    dependants: tuple[int, ...]
    needed: tuple[int, ...]


class RingError(ValueError):
    """Objects that wait for each other."""

    def __init__(self, ring: Sequence[int]) -> None:
        """Keep the ring: positions in order, each depending on the next, the first again at the end."""
        super().__init__(f"a ring of {len(ring) - 1} objects")
        self.ring = tuple(ring)


def plan_waves(dependencies: Sequence[Dependency], given: Mapping[int, int]) -> dict[int, int]:
    """A wave for each object that stands in a dependency: one more than the highest it needs, 0 where it needs nothing.

    The cost grows with the sizes of the groups, not with their product.

    Args:
        dependencies: an object in both groups of one dependency does not depend on itself.
        given: waves that are already written on objects; they stay.

    Raises:
        RingError: objects depend on each other in a ring.
    """
    graph = _build_graph(dependencies)
    waves: dict[int, int] = {}
    for vertex in _sort(graph):
        # A negative vertex stands for a whole group of needed objects, and carries their highest wave.
        reached = max((waves[needed] for needed in graph.get(vertex, ())), default=-1)
        if vertex < 0:
            waves[vertex] = reached
        else:
            waves[vertex] = given.get(vertex, max(0, reached + 1))
    return {vertex: waves[vertex] for vertex in sorted(waves) if vertex >= 0}


def iter_contradictions(
    dependencies: Sequence[Dependency], waves: Mapping[int, int], given: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """Each (object, what it needs) where the wave written on the object does not come after what it needs."""
    for dependency in dependencies:
        for dependant in dependency.dependants:
            if dependant in given and dependant not in dependency.needed:
                yield from ((dependant, needed) for needed in dependency.needed if waves[needed] >= given[dependant])


def _build_graph(dependencies: Sequence[Dependency]) -> dict[int, list[int]]:
    graph: dict[int, list[int]] = {}
    for number, dependency in enumerate(dependencies, start=1):
        needed = set(dependency.needed)
        graph[-number] = sorted(needed)
        for dependant in dependency.dependants:
            if dependant not in needed:
                graph.setdefault(dependant, []).append(-number)
    return graph


def _sort(graph: Mapping[int, Sequence[int]]) -> list[int]:
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        ring = [vertex for vertex in reversed(error.args[1]) if vertex >= 0]
        raise RingError(ring if ring[0] == ring[-1] else [*ring, ring[0]]) from None
