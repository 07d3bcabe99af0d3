"""Rules on Helm values: keys that the chart does not read, and keys that undo what was derived."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.catalogue.chart_facts import chart_facts
from trimtab.catalogue.value_types import iter_wrong_types
from trimtab.findings.finding import Severity
from trimtab.findings.path import Path
from trimtab.kube.release import ChartRelease, get_value
from trimtab.rules.dead_values import tell_dead_value
from trimtab.rules.rule import Problem, Rule, Subject
from trimtab.settings.words import join_or


def _given(subject: Subject) -> Iterator[tuple[Path, ChartRelease, Mapping[str, Any]]]:
    for component, settings in subject.components.items():
        for application, values in settings.values.items():
            source = subject.derived.get(application)
            if source is not None:
                yield ("components", component, "values", application), source, values


def check_dead_helm_value(subject: Subject) -> Iterator[Problem]:
    """Find values that the chart, at this version, never reads."""
    for path, release, values in _given(subject):
        facts = chart_facts(release.pin.chart, release.pin.version)
        if facts is None:
            continue
        for key in facts.iter_unknown_keys(values):
            message, help_ = tell_dead_value(facts, key)
            yield Problem(path=(*path, *key), on_key=True, message=message, help=help_)


def check_wrong_types(subject: Subject) -> Iterator[Problem]:
    """Find values of a type with which the chart's templates fail, or read the opposite."""
    for path, release, values in _given(subject):
        facts = chart_facts(release.pin.chart, release.pin.version)
        for wrong in iter_wrong_types(facts, values) if facts else ():
            yield Problem(path=(*path, *wrong.path), message=wrong.message, help=wrong.help)


def check_values_without_chart(subject: Subject) -> Iterator[Problem]:
    """Find values for an application that has no chart."""
    for component, settings in subject.components.items():
        charts = sorted(a.name for a in subject.applications if a.component == component and a.name in subject.derived)
        for application in settings.values:
            if application not in subject.derived:
                yield Problem(
                    path=("components", component, "values", application),
                    on_key=True,
                    message=f"'{application}' is no application of {component} with a chart",
                    help=f"it may be {join_or(charts)}" if charts else f"remove it: {component} has no chart",
                )


def check_derived_value_overridden(subject: Subject) -> Iterator[Problem]:
    """Find values of the user's that undo a value of ours."""
    for path, release, values in _given(subject):
        for at, reason in release.reasons.items():
            theirs, ours = get_value(values, at), get_value(release.values, at)
            if theirs is not None and theirs != ours:
                yield Problem(
                    path=(*path, *at),
                    message=f"this undoes a value that was derived: {'.'.join(at)} is {_short(ours)}",
                    help=reason,
                )


def _short(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return text if len(text) <= 40 and not isinstance(value, (dict, list)) else "something else"


RULES = (
    Rule(
        code="dead-helm-value",
        severity=Severity.ERROR,
        soft=True,
        meaning="A Helm value has a key that this version of the chart does not read.",
        why="Helm ignores it without a word, and the setting it was meant for keeps its default.",
        check=check_dead_helm_value,
    ),
    Rule(
        code="values-of-wrong-type",
        severity=Severity.ERROR,
        soft=True,
        meaning="A Helm value has a type that the chart does not take.",
        why="Templates fail on it, or take the text `false` for true: text that is not empty is true to them"
        " (pkg.go.dev/text/template, Actions).",
        check=check_wrong_types,
    ),
    Rule(
        code="values-without-chart",
        severity=Severity.ERROR,
        meaning="Helm values are given for an application that has no chart.",
        why="Nobody would read them.",
        check=check_values_without_chart,
    ),
    Rule(
        code="derived-value-overridden",
        severity=Severity.ERROR,
        soft=True,
        meaning="A Helm value or a patch undoes a value that was derived for a reason.",
        why="The value agrees with others; the tree would apply cleanly and not work.",
        check=check_derived_value_overridden,
    ),
)
