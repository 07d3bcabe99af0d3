"""What became of a value that a chart read at one version and not at another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from trimtab.catalogue.chart_facts import ChartFacts, chart_facts, known_charts
from trimtab.catalogue.key_tree import Known, Unknown
from trimtab.catalogue.versions import parse_version
from trimtab.findings.path import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A value that upstream moved, where no likeness of names shows it."""

    chart: str
    key: Path
    at: str
    """The first version without it."""
    to: str
    """Where it is now, in words."""
    source: str


_ROOK = "rook/rook v1.20.6 Documentation/Upgrade/rook-upgrade.md:97-129"

MOVES = (
    Move(
        chart="rook-ceph",
        key=("csi", "rookUseCsiOperator"),
        at="v1.20.0",
        to="now 'csi.installCsiOperator'",
        source="rook/rook v1.20.6 deploy/charts/rook-ceph/values.yaml:93-95",
    ),
    Move(
        chart="rook-ceph",
        key=("csi", "kubeletDirPath"),
        at="v1.20.0",
        to="now 'operatorConfig.driverSpecDefaults.nodePlugin.kubeletDirPath' of the chart ceph-csi-drivers",
        source="rook/rook v1.20.6 Documentation/Helm-Charts/csi-drivers-chart.md:105-113",
    ),
    Move(
        chart="rook-ceph",
        key=("csi",),
        at="v1.20.0",
        to="a matter of the chart ceph-csi-drivers now, which names it otherwise",
        source=_ROOK,
    ),
    Move(
        chart="tigera-operator",
        key=("kubeletVolumePluginPath",),
        at="v3.31.0",
        to="now 'installation.kubeletVolumePluginPath'",
        source="projectcalico/calico v3.31.7 charts/tigera-operator/values.yaml",
    ),
)
"""The narrower one first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of a value."""

    until: str | None = None
    """The last older version at hand that reads it."""
    since: str | None = None
    """The first newer version at hand that reads it."""
    now: Path | None = None
    """The key that was meant, or that took its place."""
    moved: str | None = None
    """Where it went, in words, where no other key of the same chart took its place."""


def trace_value(facts: ChartFacts, key: Path) -> Fate:
    """Find out why a chart does not read a value.

    Args:
        facts: What is known of the chart at the version in use.
        key: The path down to the first key that it does not know.
    """
    found = facts.knows(key)
    near = found.suggestion if isinstance(found, Unknown) else None
    here = parse_version(facts.version)
    others = sorted(_list_versions(facts.chart), key=lambda one: parse_version(one.version))
    readers = [one for one in others if isinstance(one.knows(key), Known)]
    older = [one for one in readers if parse_version(one.version) < here]
    newer = [one for one in readers if parse_version(one.version) > here]
    if older:
        return _left(facts, key, older[-1], near)
    return Fate(since=newer[0].version if newer else None, now=near)


def _left(facts: ChartFacts, key: Path, before: ChartFacts, near: Path | None) -> Fate:
    """Say where a value went: a key that was there beside it before did not take its place."""
    moved = next(_iter_moves(facts, key), None)
    is_new = near is not None and isinstance(before.knows(near), Unknown)
    return Fate(until=before.version, now=near if is_new and moved is None else None, moved=moved)


def _iter_moves(facts: ChartFacts, key: Path) -> Iterator[str]:
    for move in MOVES:
        is_past = parse_version(facts.version) >= parse_version(move.at)
        if move.chart == facts.chart and key[: len(move.key)] == move.key and is_past:
            yield move.to


@cache
def _list_versions(chart: str) -> tuple[ChartFacts, ...]:
    every = (chart_facts(name, version) for name, version in known_charts() if name == chart)
    return tuple(facts for facts in every if facts)
