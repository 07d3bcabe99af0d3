"""A rule on charts that the catalogue does not hold: what could not be looked at is said."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.catalogue.chart import ChartPin, OwnFacts
from trimtab.components.own_releases import forbids_building
from trimtab.findings.finding import Severity
from trimtab.findings.path import Path
from trimtab.rules.rule import Problem, Rule, Subject


def check_chart_not_at_hand(subject: Subject) -> Iterator[Problem]:
    """Find charts of which nobody knows what they read and render; two releases of one chart are one problem."""
    found = dict.fromkeys(_iter_unknown(subject))
    for path, pin in found:
        known = pin.own
        if known is not None:
            what = "not all is known" if known.facts else "nothing is known"
            yield Problem(
                path=path,
                message=f"{what} of what the chart {pin.chart} {pin.version} reads and renders: {known.lacks}",
                help=known.cure + _tell_until_then(pin, known),
            )


def _tell_until_then(pin: ChartPin, known: OwnFacts) -> str:
    """Say what comes of it otherwise; where all the same is built, Argo CD must be told what it may apply."""
    if forbids_building(pin):
        return "; until then `synth` refuses to build"
    if known.facts:
        return ""
    return "; until then name in `clusterKinds` what it renders outside namespaces, or Argo CD refuses that"


def _iter_unknown(subject: Subject) -> Iterator[tuple[Path, ChartPin]]:
    for application in subject.applications:
        source = subject.sources.get(application.name)
        if source and isinstance(source.pin, ChartPin) and source.pin.own and source.pin.own.lacks:
            yield application.version_path, source.pin


RULES = (
    Rule(
        code="chart-not-at-hand",
        severity=Severity.WARNING,
        meaning="Nobody knows all that a chart reads and renders: its archive or helm is not at hand, or helm refuses.",
        why="Nothing but `trimtab lock` goes to the network. Of a release that `releases` names, dead values, images,"
        " kinds and definitions are not checked until then, and `synth` refuses to build: the AppProject lists what"
        " charts render, and must come out alike on every machine. It refuses a chart of an application too where"
        " charts.lock names it: other machines may have its archive.",
        cure="Run `trimtab lock`, and commit charts.lock; `trimtab lock --vendor` keeps the archives in the repository,"
        " for machines without a network. What a chart renders is asked of helm, which must be there too.",
        check=check_chart_not_at_hand,
    ),
)
