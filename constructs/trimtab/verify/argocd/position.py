"""When Argo CD applies an object: its phase and wave, and those of its application in the parent."""

from __future__ import annotations

from dataclasses import dataclass

from trimtab.verify.argocd.application import Applications
from trimtab.verify.argocd.hooks import get_phases
from trimtab.verify.argocd.waves import get_wave
from trimtab.verify.entry import Entry
from trimtab.verify.tree import Tree

Owner = tuple[str, str]
"""A cluster and the application that applies an object to it."""

Rank = tuple[int, int]
"""Phase and wave within an application: lower comes first."""

_PHASES = {"PreSync": -1, "Sync": 0, "PostSync": 1}
"""The phases of every sync, in order; those of a failed sync or a deletion have no place in it (sync_tasks.go)."""

_DEEPEST = 10
"""Applications below Applications, more than which somebody has made a ring."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step from the top down to an application: its parent, and its rank there."""

    parent: Owner
    child: Owner
    rank: Rank
    entry: Entry
    """The application's own object."""


class Positions:
    """Where the applications of a tree stand."""

    def __init__(self, tree: Tree) -> None:
        self.applications = Applications(tree)
        self._owners: dict[Owner, Owner] = {}
        self._chains: dict[Owner, tuple[Step, ...]] = {}

    def find_owner(self, cluster: str, name: str) -> Owner:
        """Give an application by the name that objects have for it: the same for each of its names."""
        key = (cluster, name)
        if key not in self._owners:
            found = self.applications.find(cluster, name)
            self._owners[key] = (cluster, found.entry.name) if found else key
        return self._owners[key]

    def compare(self, one: Owner, other: Owner) -> tuple[Step, Step] | None:
        """Find where two applications part.

        Returns:
            The steps of both below the parent that they share; nothing where none is known, or one is within the other.
        """
        for step, against in zip(self._chain(one), self._chain(other), strict=False):
            if step.parent != against.parent:
                return None
            if step.child != against.child:
                return step, against
        return None

    def comes_before(self, one: Entry, other: Entry) -> bool:
        """Say whether it is proven that one object is applied in an earlier phase or wave than another one."""
        owner, against = (self.find_owner(entry.cluster, entry.application) for entry in (one, other))
        if owner == against:
            rank, later = get_rank(one), get_rank(other)
            return rank is not None and later is not None and rank < later
        parted = self.compare(owner, against)
        return parted is not None and parted[0].rank < parted[1].rank

    def _chain(self, owner: Owner, depth: int = 0) -> tuple[Step, ...]:
        if owner not in self._chains:
            self._chains[owner] = self._find_chain(owner, depth)
        return self._chains[owner]

    def _find_chain(self, owner: Owner, depth: int) -> tuple[Step, ...]:
        found = self.applications.find(*owner)
        if found is None or not found.entry.application or depth > _DEEPEST:
            return ()
        parent, rank = self.find_owner(owner[0], found.entry.application), get_rank(found.entry)
        if rank is None or parent == owner:
            return ()
        return (*self._chain(parent, depth + 1), Step(parent, owner, rank, found.entry))


def get_rank(entry: Entry) -> Rank | None:
    """Give the phase and wave in which an object is first applied; nothing where no sync applies it."""
    phases = [_PHASES[phase] for phase in get_phases(entry.manifest) if phase in _PHASES]
    return (min(phases), get_wave(entry.manifest)) if phases else None


def describe_rank(rank: Rank, *, other: Rank) -> str:
    """Say when something is applied, as far as it differs from another time: `in wave 10`, `in the phase PreSync`."""
    if rank[0] == other[0]:
        return f"in wave {rank[1]}"
    return f"in the phase {next(name for name, number in _PHASES.items() if number == rank[0])}"
