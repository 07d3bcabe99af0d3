"""Releases that the catalogue does not hold, made of what the user says and of the known release they take after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from trimtab.catalogue.chart import ChartPin, GitPin, KubernetesRange, OwnFacts, Release
from trimtab.catalogue.components import find_release, iter_components, newest_of_minor, releases
from trimtab.catalogue.versions import parse_version
from trimtab.findings.path import ROOT, Path
from trimtab.findings.suggest import suggest
from trimtab.plan.application import OWN
from trimtab.settings.own_release import OwnRange, OwnRelease
from trimtab.settings.words import join_or

Entries = Mapping[str, Mapping[str, OwnRelease]]
"""What settings say: component to version to release."""

NOT_LOOKED = OwnFacts(lacks="its archive was not looked for")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why an entry cannot be used."""

    path: Path
    """What is wrong, below `releases`."""
    message: str
    help: str
    on_key: bool = False
    """Whether the key, not the value, is what is wrong."""


def plan_own_releases(entries: Entries) -> dict[str, tuple[Release, ...]]:
    """Make the releases of all entries that can be used, by component."""
    return {
        component: tuple(
            _plan_release(component, version, entry)
            for version, entry in versions.items()
            if not list(_iter_refused(component, version, entry))
        )
        for component, versions in entries.items()
        if releases(component)
    }


def iter_refusals(entries: Entries) -> Iterator[Refusal]:
    """Find entries that cannot be used, in the order of the settings."""
    for component, versions in entries.items():
        if not releases(component):
            yield _unknown_component(component)
            continue
        for version, entry in versions.items():
            yield from _iter_refused(component, version, entry)


def know_release(release: Release, find_facts: Callable[[ChartPin], OwnFacts | None]) -> Release:
    """Give a release whose charts carry what is known of them.

    Args:
        release: A release of the repository's own.
        find_facts: Gives what is known of a chart; nothing to leave it as it is.
    """
    charts = {role: know_pin(pin, find_facts(pin)) for role, pin in release.charts.items()}
    counted = (role for role, pin in release.charts.items() if pin.app_version == release.walked)
    walks = next(counted, None)
    return replace(release, charts=charts, walked=charts[walks].app_version if walks else release.walked)


def know_pin(pin: ChartPin, known: OwnFacts | None) -> ChartPin:
    """Give a pin that carries what is known of its chart; the version of the application comes from there too."""
    if known is None or pin.own is None:
        return pin
    return replace(pin, own=known, app_version=(known.facts and known.facts.app_version) or pin.app_version)


def forbids_building(pin: ChartPin) -> bool:
    """Say whether nothing is built with a chart, since another machine may know more of it and write another tree.

    Of a release of a component all must be known; of a chart of the user's choice that no lock names nobody knows more.
    """
    if pin.own is None or not pin.own.lacks:
        return False
    return pin.component != OWN or (pin.own.facts is None and pin.own.is_locked)


def _plan_release(component: str, version: str, entry: OwnRelease) -> Release:
    like = _find_like(component, version, entry)
    assert like is not None  # noqa: S101 - an entry that is like nothing has been refused
    own = _follow(like.version, like.version, version)
    where = f"releases.{component}.{version} of the settings"
    return replace(
        like,
        version=own,
        charts={role: _plan_pin(pin, like, own, entry.charts) for role, pin in like.charts.items()},
        files={role: _plan_files(pin, like, own) for role, pin in like.files.items()},
        kubernetes=_plan_range(entry.kubernetes) or like.kubernetes,
        source={**like.source, "charts": where, **({"kubernetes": where} if entry.kubernetes else {})},
        like=like.version,
    )


def _plan_pin(pin: ChartPin, like: Release, version: str, said: Mapping[str, str]) -> ChartPin:
    wanted = said.get(pin.chart) or _follow(pin.version, like.version, version)
    if wanted == pin.version:
        return pin
    return replace(pin, version=wanted, app_version=_follow(pin.app_version, like.version, version), own=NOT_LOOKED)


def _plan_files(pin: GitPin, like: Release, version: str) -> GitPin:
    """Move a folder in Git along; what it holds is taken to be what the known one holds, since no lock fetches it."""
    return replace(pin, revision=_follow(pin.revision, like.version, version), own=OwnFacts(facts=pin.facts))


def _plan_range(said: OwnRange | None) -> KubernetesRange | None:
    return KubernetesRange(oldest=said.oldest, newest=said.newest) if said else None


def _follow(text: str, known: str, version: str) -> str:
    """Give the new version in the spelling of the old one; what counts otherwise stays as it is."""
    if text.removeprefix("v") != known.removeprefix("v"):
        return text
    return f"{'v' if text.startswith('v') else ''}{version.removeprefix('v')}"


def _find_like(component: str, version: str, entry: OwnRelease) -> Release | None:
    if entry.like is not None:
        return find_release(component, entry.like)
    wanted = parse_version(version)
    below = (release for release in releases(component) if parse_version(release.version) < wanted)
    return newest_of_minor(component, version) or next(below, None)


def is_too_old(component: str, version: str) -> bool:
    """Say whether a version is of a minor before every one that the catalogue holds."""
    given, oldest = parse_version(version), parse_version(releases(component)[-1].version)
    return given < oldest and given.minor != oldest.minor


def _iter_refused(component: str, version: str, entry: OwnRelease) -> Iterator[Refusal]:
    at: Path = (component, version)
    known = releases(component)
    like = _find_like(component, version, entry)
    if find_release(component, version):
        yield _refuse(at, f"the catalogue holds {component} {version} by now", "remove the entry", on_key=True)
    elif is_too_old(component, version):
        message = f"{component} {version} is older than every release that Trimtab knows"
        advice = f"take {known[-1].version} or newer: Trimtab writes no values for older ones"
        yield _refuse(at, message, advice, on_key=True)
    elif like is None:
        names = ", ".join(release.version for release in known)
        message = f"{entry.like} is no release of {component} in the catalogue"
        yield _refuse((*at, "like"), message, f"known are {names}; without 'like' the nearest is taken")
    else:
        yield from _iter_refused_charts((*at, "charts"), component, like, entry)
    yield from _iter_refused_range((*at, "kubernetes"), entry.kubernetes)


def _iter_refused_charts(at: Path, component: str, like: Release, entry: OwnRelease) -> Iterator[Refusal]:
    names = [pin.chart for pin in like.charts.values()]
    for chart in entry.charts:
        if chart not in names:
            near = suggest(chart, names)
            has = f"its charts are {', '.join(names)}" if names else "it has no charts: its files lie in Git"
            message = f"{component} {like.version} has no chart '{chart}'"
            yield _refuse((*at, chart), message, f"did you mean '{near}'?" if near else has, on_key=True)


def _iter_refused_range(at: Path, said: OwnRange | None) -> Iterator[Refusal]:
    if said and said.newest and parse_version(said.newest) < parse_version(said.oldest):
        message = f"no Kubernetes is as old as {said.newest} and as new as {said.oldest}"
        yield _refuse(at, message, f"write 'oldest: \"{said.newest}\"' and 'newest: \"{said.oldest}\"'")


def _unknown_component(component: str) -> Refusal:
    names = list(iter_components())
    near = suggest(component, names)
    advice = f"did you mean '{near}'?" if near else f"it may be {join_or(names)}"
    return _refuse((component,), f"the catalogue has no releases of '{component}'", advice, on_key=True)


def _refuse(path: Path, message: str, advice: str, *, on_key: bool = False) -> Refusal:
    return Refusal(path=(*ROOT, "releases", *path), message=message, help=advice, on_key=on_key)
