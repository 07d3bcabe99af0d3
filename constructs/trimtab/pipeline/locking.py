"""Plans and the lock of their charts: which charts clusters need, and whether the lock names them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from trimtab.charts.errors import ChartError
from trimtab.charts.folders import ArchiveFolders
from trimtab.charts.lockfile import LOCK_FILE, Lock, locate_entries, parse_lock
from trimtab.charts.reference import ChartKey, WantedChart
from trimtab.charts.vendoring import VENDOR
from trimtab.doors.disk import FileKind, read_kind, read_text
from trimtab.findings.finding import Finding, Place, Severity
from trimtab.findings.path import ROOT
from trimtab.findings.path import Path as SettingsPath
from trimtab.kube.argocd import repository_url
from trimtab.kube.release import ChartRelease
from trimtab.pipeline.state import ClusterState, State

_LOCK = "run `trimtab lock`, and commit charts.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One application's use of a chart, and where the settings speak of it."""

    cluster: str
    application: str
    path: SettingsPath
    place: Place | None
    address: str
    """Where this cluster's Argo CD fetches it: a mirror, or upstream."""


def list_uses(state: State) -> dict[ChartKey, list[Use]]:
    """List the charts of all planned clusters, each with those that need it, in order."""
    found: dict[ChartKey, list[Use]] = defaultdict(list)
    for cluster in state.clusters:
        for key, use in _iter_uses(cluster):
            found[key].append(use)
    return {key: found[key] for key in sorted(found)}


def list_wanted(state: State) -> list[WantedChart]:
    """List the charts of all planned clusters, mirrors first among the addresses of each."""
    return [
        WantedChart(
            key=key,
            places=tuple(sorted({use.address for use in uses}, key=lambda address: (address == key.repo_url, address))),
            users=tuple(f"{use.cluster}/{use.application}" for use in uses),
        )
        for key, uses in list_uses(state).items()
    ]


def load_lock(root: Path) -> Lock | None:
    """Read the lock of a repository; nothing where it has none.

    Raises:
        ChartError: `chart-lock-unreadable`.
        OutsideError: The disk refuses.
    """
    text = load_lock_text(root)
    return None if text is None else parse_lock(text)


def load_lock_text(root: Path) -> str | None:
    """Read the text of a repository's lock; nothing where it has none.

    Raises:
        OutsideError: The disk refuses.
    """
    path = root / LOCK_FILE
    return None if read_kind(path) is FileKind.NOTHING else read_text(path)


def check_locked(state: State) -> State:
    """Find charts that the lock does not name, and archives in the repository that are not those it names."""
    text = load_lock_text(state.options.root)
    state = show_lock(state, text)
    try:
        lock = parse_lock(text) if text is not None else Lock()
    except ChartError as error:
        return state.found(tell_error(error, ()))
    uses = list_uses(state)
    missing = [_not_locked(key, uses[key]) for key in uses if key not in lock.entries]
    unused = [key for key in lock.entries if key not in uses and not state.options.clusters]
    places = locate_entries(text) if text is not None and unused else {}
    return state.found(
        *missing, *(_unused(key, places.get(key)) for key in unused), *_check_vendored(state, lock, uses)
    )


def show_lock(state: State, text: str | None) -> State:
    """Give the state with the text of the lock, for findings that point into it."""
    return replace(state, construct_texts={**state.construct_texts, LOCK_FILE: text}) if text is not None else state


def tell_error(error: ChartError, uses: Iterable[Use]) -> Finding:
    """Make a finding of what went wrong with a chart, at the settings that ask for it."""
    first = next(iter(uses), None)
    return Finding(
        code=error.code,
        severity=Severity.ERROR,
        message=error.message,
        help=error.help,
        path=first.path if first else ROOT,
        place=error.place or (first.place if first else None),
    )


def _iter_uses(cluster: ClusterState) -> Iterator[tuple[ChartKey, Use]]:
    plan = cluster.plan
    for application, source in plan.sources.items() if plan else ():
        if plan is not None and isinstance(source, ChartRelease):
            pin = source.pin
            path = plan.application(application).version_path
            yield (
                ChartKey(repo_url=pin.repo_url, chart=pin.chart, version=pin.version),
                Use(
                    cluster=cluster.name,
                    application=application,
                    path=path,
                    place=cluster.loaded.merged.place_of(path)[0],
                    address=repository_url(plan.cluster, pin.repo_url),
                ),
            )


def _not_locked(key: ChartKey, uses: list[Use]) -> Finding:
    users = ", ".join(f"{use.cluster}/{use.application}" for use in uses[:3]) + (", …" if len(uses) > 3 else "")
    message = f"{LOCK_FILE} does not name {key}, needed by {users}"
    return tell_error(ChartError("chart-not-locked", message, _LOCK), uses)


def _unused(key: ChartKey, place: Place | None) -> Finding:
    error = ChartError("chart-locked-for-nobody", f"{LOCK_FILE} names {key}, and no cluster has it", _LOCK, place)
    return replace(tell_error(error, ()), severity=Severity.WARNING)


def _check_vendored(state: State, lock: Lock, uses: dict[ChartKey, list[Use]]) -> Iterator[Finding]:
    folders = ArchiveFolders(root=state.options.root)
    for key, entry in lock.entries.items() if folders.has_vendor else ():
        try:
            found = folders.find_vendored(lock, entry)
        except ChartError as error:
            yield tell_error(error, uses.get(key, ()))
            continue
        if found is None:
            message = f"{VENDOR} holds no archive of {key}"
            advice = "run `trimtab lock --vendor`, and commit the folder"
            yield tell_error(ChartError("archive-not-vendored", message, advice), uses.get(key, ()))
