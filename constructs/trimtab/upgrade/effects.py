"""What changes for a cluster when one thing in it goes to another version."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from trimtab.catalogue.chart import Release
from trimtab.catalogue.chart_facts import ChartFacts
from trimtab.catalogue.components import find_release
from trimtab.catalogue.moved_values import trace_value
from trimtab.catalogue.steps import UpgradeStep, iter_steps
from trimtab.components.assemble import Plan
from trimtab.findings.path import Path
from trimtab.kube.release import ChartRelease


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadValue:
    """A value of the user's that the chart reads no more."""

    path: Path
    """The setting."""
    instead: Path | None = None
    """The key that took its place, where one can be guessed; below the chart's values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """What changes."""

    charts: tuple[str, ...] = ()
    """Charts that go to another version, as `name old -> new`."""
    unknown_charts: tuple[str, ...] = ()
    """Charts of which nothing is known on one of the two sides, as `name version`: they are not compared."""
    applications_added: tuple[str, ...] = ()
    applications_removed: tuple[str, ...] = ()
    keys_added: int = 0
    """How many values the charts read that they did not read before."""
    keys_removed: int = 0
    dead_values: tuple[DeadValue, ...] = ()
    crds_added: tuple[str, ...] = ()
    crds_removed: tuple[str, ...] = ()
    architectures_gained: tuple[str, ...] = ()
    architectures_lost: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    """Images beside the charts that change, as `name old -> new`."""
    steps: tuple[UpgradeStep, ...] = ()


def find_effects(name: str, old_plan: Plan, new_plan: Plan, old: str, new: str) -> Effects:
    """Find what changes.

    Args:
        name: A component; for others only applications can differ.
        old_plan: The cluster as it is.
        new_plan: The cluster with the new version.
        old: The version that it has.
        new: The version that it would have.
    """
    before, now = _charts(name, old_plan), _charts(name, new_plan)
    unknown = dict(_iter_unknown((*before.values(), *now.values())))
    old_facts, new_facts = _facts(before, unknown), _facts(now, unknown)
    had, has = {a.name for a in old_plan.applications}, {a.name for a in new_plan.applications}
    keys_before, keys_now = _keys(old_facts), _keys(new_facts)
    crds_before, crds_now = _crds(old_facts), _crds(new_facts)
    own = old_plan.settings[name].own_releases if name in old_plan.settings else ()
    releases = find_release(name, old, own), find_release(name, new, own)
    gained, lost = _architectures(*releases)
    return Effects(
        charts=tuple(_iter_charts(before, now)),
        unknown_charts=tuple(f"{chart} {version}" for chart, version in sorted(unknown.items())),
        applications_added=tuple(sorted(has - had)),
        applications_removed=tuple(sorted(had - has)),
        keys_added=len(keys_now - keys_before),
        keys_removed=len(keys_before - keys_now),
        dead_values=tuple(_iter_dead(name, old_plan, new_plan)),
        crds_added=tuple(sorted(crds_now - crds_before)),
        crds_removed=tuple(sorted(crds_before - crds_now)),
        architectures_gained=gained,
        architectures_lost=lost,
        images=tuple(_iter_images(*releases)),
        steps=tuple(iter_steps(name, old, new)),
    )


def _charts(name: str, plan: Plan) -> dict[str, ChartRelease]:
    own = {application.name for application in plan.applications if application.component == name}
    return {app: source for app, source in plan.sources.items() if app in own and isinstance(source, ChartRelease)}


def _iter_unknown(releases: Iterable[ChartRelease]) -> Iterator[tuple[str, str]]:
    return ((one.pin.chart, one.pin.version) for one in releases if one.pin.facts is None)


def _facts(releases: Mapping[str, ChartRelease], unknown: Collection[str]) -> dict[str, ChartFacts]:
    """Give what is known of charts; what is known on one side alone would all look new, or gone."""
    found = {release.pin.chart: release.pin.facts for release in releases.values()}
    return {chart: facts for chart, facts in found.items() if facts and chart not in unknown}


def _keys(facts: Mapping[str, ChartFacts]) -> set[tuple[str, str]]:
    return {(chart, key) for chart, one in facts.items() for key in one.keys}


def _crds(facts: Mapping[str, ChartFacts]) -> set[str]:
    return {crd for one in facts.values() for crd in one.crds}


def _iter_charts(before: Mapping[str, ChartRelease], now: Mapping[str, ChartRelease]) -> Iterator[str]:
    old = {release.pin.chart: release.pin.version for release in before.values()}
    new = {release.pin.chart: release.pin.version for release in now.values()}
    for chart in sorted({*old, *new}):
        if old.get(chart) != new.get(chart):
            yield f"{chart} {old.get(chart, 'none')} -> {new.get(chart, 'none')}"


def _iter_dead(name: str, old_plan: Plan, new_plan: Plan) -> Iterator[DeadValue]:
    settings = old_plan.settings.get(name)
    for application, values in (settings.values if settings else {}).items():
        old, new = old_plan.derived.get(application), new_plan.derived.get(application)
        path: Path = ("components", name, "values", application)
        if new is None:
            yield DeadValue(path=path)
            continue
        known = new.pin.facts
        before = old.pin.facts if old else None
        were_dead = set(before.iter_unknown_keys(values)) if before else set()
        for key in known.iter_unknown_keys(values) if known else ():
            if known and key not in were_dead:
                yield DeadValue(path=(*path, *key), instead=trace_value(known, key).now)


def _architectures(before: Release | None, now: Release | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if before is None or now is None or not before.architectures or not now.architectures:
        return (), ()
    had, has = set(before.architectures), set(now.architectures)
    return tuple(sorted(has - had)), tuple(sorted(had - has))


def _iter_images(before: Release | None, now: Release | None) -> Iterator[str]:
    for image, reference in now.images.items() if before and now else ():
        was = before.images.get(image) if before else None
        if was and was != reference:
            yield f"{image} {was.rpartition(':')[2]} -> {reference.rpartition(':')[2]}"
