"""What of a cluster can move, and where to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from trimtab.catalogue.chart import Release
from trimtab.catalogue.components import find_release, iter_components, newest_of_minor, releases
from trimtab.catalogue.kubespray import find_tag
from trimtab.catalogue.ladder import (
    Rung,
    component_ladder,
    component_rung,
    find_next,
    kubernetes_ladder,
    kubespray_ladder,
    plan_walk,
)
from trimtab.catalogue.versions import parse_version
from trimtab.components.assemble import Plan
from trimtab.components.releases import release_versions
from trimtab.findings.path import Path
from trimtab.settings.kubernetes import Distribution
from trimtab.upgrade.retarget import KUBERNETES, KUBESPRAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One thing with a version, and the versions it can go to."""

    name: str
    """A component, `kubernetes` or `kubespray`."""
    path: Path
    """The setting that names its version."""
    current: str
    patch: str | None = None
    """The newest of the same minor, where that is newer."""
    next: str | None = None
    """The farthest that one step leads."""
    newest: str | None = None
    """The newest that is known, where that is newer."""
    way: tuple[str, ...] = ()
    """The steps to the newest; shorter where a gap in what is known ends it."""
    kubernetes: str | None = None
    """The versions of Kubernetes that the next step supports, in words."""
    untried: frozenset[str] = frozenset()
    """Those of its versions that only the repository's own `releases` name."""


def iter_candidates(plan: Plan) -> Iterator[Candidate]:
    """Give Kubernetes, kubespray and every component that the catalogue knows."""
    settings = plan.cluster.settings.kubernetes
    yield _kubernetes(settings.version)
    if settings.distribution == Distribution.KUBESPRAY and settings.distribution_version:
        yield _kubespray(settings.distribution_version)
    for name, version in sorted(release_versions(plan.settings).items()):
        own = plan.settings[name].own_releases
        yield replace(_component(name, version, own), untried=frozenset(one.version for one in own))


def newest_kubernetes() -> str:
    """Give the newest minor of Kubernetes that any release in the catalogue says it supports."""
    ranges = (release.kubernetes for name in iter_components() for release in releases(name))
    newest = {one.newest for one in ranges if one and one.newest}
    return max(newest, key=parse_version)


def _kubernetes(current: str) -> Candidate:
    newest = newest_kubernetes()
    here = Rung(version=parse_version(current).minor)
    return _candidate(
        KUBERNETES, ("kubernetes", "version"), current, here, kubernetes_ladder(here.version, newest), patch=None
    )


def _kubespray(current: str) -> Candidate:
    tag = find_tag(current)
    is_older = tag is not None and parse_version(current) < parse_version(tag.version)
    patch = tag.version if tag and is_older else None
    path = ("kubernetes", "distributionVersion")
    return _candidate(KUBESPRAY, path, current, Rung(version=current), kubespray_ladder(), patch=patch)


def _component(name: str, current: str, own: Sequence[Release]) -> Candidate:
    ladder, here = component_ladder(name, own), component_rung(name, current, own)
    path = ("components", name, "version")
    if here is None:
        return Candidate(name=name, path=path, current=current)
    near = newest_of_minor(name, current, own)
    patch = near.version if near and parse_version(near.version) > here.at else None
    return _candidate(name, path, current, here, ladder, patch=patch, own=own)


def _candidate(
    name: str,
    path: Path,
    current: str,
    here: Rung,
    ladder: Sequence[Rung],
    *,
    patch: str | None,
    own: Sequence[Release] = (),
) -> Candidate:
    goal = max(ladder, key=lambda rung: rung.at, default=here)
    if goal.at <= here.at:
        return Candidate(name=name, path=path, current=current, patch=patch)
    step = find_next(here, goal, ladder)
    return Candidate(
        name=name,
        path=path,
        current=current,
        patch=patch,
        next=step.version if step else None,
        newest=goal.version,
        way=tuple(rung.version for rung in plan_walk(here, goal, ladder)),
        kubernetes=_supported(name, step.version, own) if step else None,
    )


def _supported(name: str, version: str, own: Sequence[Release]) -> str | None:
    if name == KUBESPRAY:
        tag = find_tag(version)
        return f"{tag.kubernetes} (installs {tag.installs})" if tag else None
    found = find_release(name, version, own)
    return str(found.kubernetes) if found and found.kubernetes else None
