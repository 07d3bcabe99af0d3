"""Which versions a cluster moves between, and what is wrong with a move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trimtab.catalogue.chart import Release
from trimtab.catalogue.components import find_release
from trimtab.catalogue.kubespray import WALK_SOURCE
from trimtab.catalogue.ladder import (
    Fault,
    Rung,
    component_ladder,
    component_rung,
    find_fault,
    kubernetes_ladder,
    kubespray_ladder,
    plan_walk,
)
from trimtab.catalogue.versions import is_version, parse_version
from trimtab.components.releases import release_versions
from trimtab.findings.path import Path
from trimtab.rules.rule import Subject
from trimtab.settings.kubernetes import Distribution

_SKEW = "https://kubernetes.io/releases/version-skew-policy/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One thing that goes from one version to another."""

    name: str
    """A component, `kubernetes` or `kubespray`."""
    path: Path
    """The setting that names its version."""
    old: Rung
    new: Rung
    ladder: tuple[Rung, ...]
    source: str = ""
    """Where upstream asks for one minor at a time."""
    own: tuple[Release, ...] = ()
    """The releases that the repository names itself."""

    @property
    def fault(self) -> Fault | None:
        """What is wrong with it."""
        return find_fault(self.old, self.new, self.ladder)

    @property
    def walk(self) -> tuple[Rung, ...]:
        """The steps that lead there instead, as far as they are known."""
        return plan_walk(self.old, self.new, self.ladder)


def iter_moves(subject: Subject) -> Iterator[Move]:
    """Give every version that is not what it was in the base; nothing without a base."""
    yield from _kubernetes(subject)
    yield from _kubespray(subject)
    yield from _components(subject)


def _kubernetes(subject: Subject) -> Iterator[Move]:
    """A version without a patch stands for its newest: only minors can be compared with it."""
    if subject.base is None or not is_version(subject.base.kubernetes):
        return
    old, new = subject.base.kubernetes, subject.cluster.settings.kubernetes.version
    if old.count(".") != new.count("."):
        old, new = parse_version(old).minor, parse_version(new).minor
    if old != new:
        yield Move(
            name="kubernetes",
            path=("kubernetes", "version"),
            old=Rung(version=old),
            new=Rung(version=new, one_minor_at_a_time=True),
            ladder=kubernetes_ladder(old, new),
            source=_SKEW,
        )


def _kubespray(subject: Subject) -> Iterator[Move]:
    kubernetes, base = subject.cluster.settings.kubernetes, subject.base
    new, old = kubernetes.distribution_version, base and base.distribution_version
    if base is None or {kubernetes.distribution, base.distribution} != {Distribution.KUBESPRAY}:
        return
    if new and old and is_version(new) and is_version(old) and parse_version(new) != parse_version(old):
        yield Move(
            name="kubespray",
            path=("kubernetes", "distributionVersion"),
            old=Rung(version=old),
            new=Rung(version=new, one_minor_at_a_time=True),
            ladder=kubespray_ladder(),
            source=WALK_SOURCE,
        )


def _components(subject: Subject) -> Iterator[Move]:
    wanted = release_versions(subject.components)
    for name, version in subject.base.versions.items() if subject.base else ():
        own = subject.components[name].own_releases if name in wanted else ()
        release = find_release(name, wanted[name], own) if name in wanted else None
        old, new = component_rung(name, version, own), component_rung(name, wanted.get(name, ""), own)
        if release and old and new and old.at != new.at:
            yield Move(
                name=name,
                path=("components", name, "version"),
                old=old,
                new=new,
                ladder=component_ladder(name, own),
                own=own,
                source=release.source.get("one_minor_at_a_time", release.source.get("floor", "")),
            )
