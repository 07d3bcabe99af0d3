"""The way from one version to another: which minors must be walked, and where one may enter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from trimtab.catalogue.chart import Release
from trimtab.catalogue.components import find_release, join_releases, releases
from trimtab.catalogue.kubespray import TAGS
from trimtab.catalogue.versions import Version, is_version, parse_version


class Fault(StrEnum):
    """Why a move must not be made in one step."""

    DOWNGRADE = "downgrade"
    BELOW_FLOOR = "below-upgrade-floor"
    SKIPPED_MINOR = "skipped-minor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One version that can be stood on."""

    version: str
    """As the settings write it."""
    walked: str | None = None
    """The version whose minors are walked, where it is another one: the application's, not the chart's."""
    floor: str | None = None
    """The oldest version to come from."""
    one_minor_at_a_time: bool = False

    @property
    def at(self) -> Version:
        """Its place among the rungs."""
        return parse_version(self.version)

    @property
    def walk(self) -> Version:
        """Its place among the minors that are walked."""
        return parse_version(self.walked or self.version)


def release_rung(release: Release) -> Rung:
    """Make a rung of a release."""
    return Rung(
        version=release.version,
        walked=release.walked,
        floor=release.floor,
        one_minor_at_a_time=release.one_minor_at_a_time,
    )


def component_ladder(component: str, own: Sequence[Release] = ()) -> tuple[Rung, ...]:
    """Give the releases of a component that are known, newest first; `own` are those the repository names itself."""
    return tuple(release_rung(release) for release in join_releases(component, own))


def component_rung(component: str, version: str, own: Iterable[Release] = ()) -> Rung | None:
    """Give the rung of a version, which the catalogue need not know any more; `own` as in `component_ladder`.

    Returns:
        Nothing for what is no version, and for an unknown one where the minors of something else are walked.
    """
    known = find_release(component, version, own)
    if known:
        return release_rung(known)
    counts_by_itself = all(release.walked is None for release in releases(component))
    return Rung(version=version) if is_version(version) and counts_by_itself else None


def kubespray_ladder() -> tuple[Rung, ...]:
    """Give kubespray's tags, newest first: no minor may be skipped."""
    return tuple(Rung(version=tag.version, one_minor_at_a_time=True) for tag in TAGS)


def kubernetes_ladder(old: str, new: str) -> tuple[Rung, ...]:
    """Give the minors of Kubernetes from one version to another, newest first: none may be skipped.

    A minor stands for its newest patch; the version at the end is written as it was given.
    """
    first, last = parse_version(old), parse_version(new)
    between = range(first.minor_number + 1, last.minor_number) if first.major == last.major else range(0)
    minors = [f"{first.major}.{minor}" for minor in between]
    return tuple(Rung(version=version, one_minor_at_a_time=True) for version in reversed([*minors, new]))


def find_fault(old: Rung, new: Rung, ladder: Iterable[Rung] = ()) -> Fault | None:
    """Say why one must not step from one rung to another.

    Args:
        old: Where one stands.
        new: Where one wants to stand.
        ladder: All known rungs: from one major to the next, what lies between two minors can only be looked up.
    """
    if new.at == old.at:
        return None
    if new.at < old.at:
        return Fault.DOWNGRADE
    if new.floor and old.at < parse_version(new.floor):
        return Fault.BELOW_FLOOR
    return Fault.SKIPPED_MINOR if new.one_minor_at_a_time and _skips(old, new, ladder) else None


def _skips(old: Rung, new: Rung, ladder: Iterable[Rung]) -> bool:
    here, there = old.walk, new.walk
    if here.major == there.major:
        return there.minor_number - here.minor_number > 1
    between = {rung.walk.minor for rung in ladder if here < rung.walk < there} - {here.minor, there.minor}
    return bool(between) or there.minor_number > 0 or there.major - here.major > 1


def find_next(old: Rung, goal: Rung, ladder: Iterable[Rung]) -> Rung | None:
    """Find the farthest rung towards a goal that can be stepped on from here; nothing where none is known."""
    known = tuple(ladder)
    fitting = [rung for rung in known if old.at < rung.at <= goal.at and find_fault(old, rung, known) is None]
    return max(fitting, key=lambda rung: rung.at, default=None)


def plan_walk(old: Rung, goal: Rung, ladder: Sequence[Rung]) -> tuple[Rung, ...]:
    """Plan the steps to a goal, each the farthest that may be taken.

    Returns:
        The rungs after the first, in order; the last is the goal, unless the ladder has a gap before it.
    """
    steps: list[Rung] = []
    here = old
    while (step := find_next(here, goal, ladder)) is not None:
        steps.append(step)
        here = step
    return tuple(steps)
