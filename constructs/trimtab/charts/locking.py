"""The lock of a repository, brought up to what its clusters need: what is kept, added, changed and dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from trimtab.charts.at_once import map_at_once
from trimtab.charts.errors import ChartError
from trimtab.charts.folders import ArchiveFolders
from trimtab.charts.lockfile import Lock, LockEntry, make_lock
from trimtab.charts.reference import ChartKey, WantedChart
from trimtab.charts.resolving import Resolved, Resolver
from trimtab.charts.wish import AS_IT_IS, Wish

_THREADS = 8
"""At once: enough to wait for many hosts, few enough that none of them minds."""


class Became(StrEnum):
    """What became of a chart in the lock."""

    KEPT = "kept"
    FETCHED = "fetched"
    """Locked, and its archive was not at hand, or was not as it should be."""
    ADDED = "added"
    CHANGED = "changed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one chart."""

    wanted: WantedChart
    became: Became
    entry: LockEntry | None
    """What the lock says of it now; nothing where it could not be had and was not locked."""
    content: bytes | None = None
    """Its archive."""
    error: ChartError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """The new lock, and how it came about."""

    lock: Lock
    outcomes: tuple[Outcome, ...]
    dropped: tuple[ChartKey, ...]
    """What the old lock named and nobody needs."""


def lock_charts(
    wanted: Sequence[WantedChart],
    lock: Lock,
    *,
    resolver: Resolver | None,
    folders: ArchiveFolders,
    wish: Wish = AS_IT_IS,
    keeps_others: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> Locked:
    """Bring a lock up to what is needed. New archives go to the cache; the lock itself is not written.

    Args:
        wanted: The charts that clusters need, each once.
        lock: The lock so far.
        resolver: Who asks the outside world; nothing to ask nobody.
        folders: Where archives are at hand.
        wish: What the user asked for.
        keeps_others: Whether charts that are not `wanted` stay, since not all clusters were asked.
        tell: Is told what is being done.
    """
    worker = _Worker(lock, folders, None if wish.offline else resolver, wish)

    def work(one: WantedChart) -> Outcome:
        tell(f"{one.key.chart} {one.key.version}")
        return worker.lock_one(one)

    outcomes = tuple(map_at_once(work, sorted(wanted, key=lambda one: one.key), _THREADS))
    others = [entry for key, entry in lock.entries.items() if key not in {one.wanted.key for one in outcomes}]
    entries = [one.entry for one in outcomes if one.entry is not None]
    return Locked(
        lock=make_lock([*entries, *(others if keeps_others else [])]),
        outcomes=outcomes,
        dropped=() if keeps_others else tuple(entry.key for entry in others),
    )


@dataclass(frozen=True, slots=True)
class _Worker:
    lock: Lock
    folders: ArchiveFolders
    resolver: Resolver | None
    wish: Wish

    def lock_one(self, wanted: WantedChart) -> Outcome:
        entry = self.lock.entries.get(wanted.key)
        try:
            if entry is None or self.wish.update:
                outcome = self._look_again(wanted, entry)
            else:
                outcome = self._keep(wanted, entry)
        except ChartError as error:
            return Outcome(wanted=wanted, became=Became.FAILED, entry=entry, error=error)
        if outcome.content is not None:
            self.folders.keep(outcome.content)
        return outcome

    def _keep(self, wanted: WantedChart, entry: LockEntry) -> Outcome:
        try:
            at_hand, is_sound = self.folders.find(self.lock, entry), True
        except ChartError:  # somebody changed the one in the repository: it is written over
            at_hand, is_sound = self.folders.find_cached(entry), False
        if at_hand is not None:
            became = Became.KEPT if is_sound else Became.FETCHED
            return Outcome(wanted=wanted, became=became, entry=entry, content=None if is_sound else at_hand)
        if self.resolver is None:
            raise _needs_network(f"the archive of {wanted.key} is not at hand")
        try:
            content = self.resolver.fetch_locked(entry)
        except ChartError as error:
            return self._settle(wanted, entry, self._resolve_instead(wanted, error))
        return Outcome(wanted=wanted, became=Became.FETCHED, entry=entry, content=content)

    def _resolve_instead(self, wanted: WantedChart, error: ChartError) -> Resolved:
        """Look a chart up where its locked address gives it no more: it may have moved."""
        assert self.resolver is not None  # noqa: S101 - who calls this has just asked it
        try:
            return self.resolver.resolve(wanted)
        except ChartError as second:
            raise error if second.code == "repository-unreachable" else second from None

    def _look_again(self, wanted: WantedChart, entry: LockEntry | None) -> Outcome:
        if self.resolver is None:
            raise _needs_network(f"the lock does not name {wanted.key}")
        return self._settle(wanted, entry, self.resolver.resolve(wanted))

    def _settle(self, wanted: WantedChart, entry: LockEntry | None, found: Resolved) -> Outcome:
        if entry is None:
            became = Became.ADDED
        elif entry.digest == found.entry.digest:
            became = Became.KEPT if self.wish.update else Became.FETCHED
        elif self.wish.accepts(wanted.key):
            became = Became.CHANGED
        else:
            raise _content_changed(entry, found.entry)
        return Outcome(wanted=wanted, became=became, entry=found.entry, content=found.content)


def _content_changed(before: LockEntry, after: LockEntry) -> ChartError:
    key = before.key
    return ChartError(
        "chart-content-changed",
        f"{key} was published again with other content: locked is {before.digest}, there is {after.digest}",
        f"ask upstream why; once you trust it: trimtab lock --update --accept {key.chart}",
    )


def _needs_network(message: str) -> ChartError:
    advice = "run `trimtab lock` without --offline, once, where there is a network"
    return ChartError("chart-needs-network", message, advice)
