"""Rules on Helm values: keys that the chart does not read, and keys that undo what was derived."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.catalogue.value_types import iter_wrong_types
from trimtab.findings.finding import Severity
from trimtab.findings.path import get_value
from trimtab.rules.dead_values import tell_dead_value
from trimtab.rules.given_values import iter_given_values
from trimtab.rules.rule import Problem, Rule, Subject
from trimtab.settings.words import join_or


def check_dead_helm_value(subject: Subject) -> Iterator[Problem]:
    """Find values that the chart, at this version, never reads."""
    for path, release, values in iter_given_values(subject):
        facts = release.pin.facts
        if facts is None:
            continue
        for key in facts.iter_unknown_keys(values):
            message, help_ = tell_dead_value(facts, key)
            yield Problem(path=(*path, *key), on_key=True, message=message, help=help_)


def check_wrong_types(subject: Subject) -> Iterator[Problem]:
    """Find values of a type with which the chart's templates fail, or read the opposite."""
    for path, release, values in iter_given_values(subject):
        facts = release.pin.facts
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
    for application, own in subject.cluster.settings.applications.items():
        given = {"values": own.values, "releaseName": own.release_name, "delivery": own.delivery}
        for key in given if own.chart is None else ():
            if given[key]:
                yield Problem(
                    path=("applications", application, key),
                    on_key=True,
                    message=f"the application '{application}' has no chart, and '{key}' is of no use without one",
                    help=f"name the chart: `chart: {{repoURL: …, name: …, version: …}}`, or remove '{key}'",
                )


def check_derived_value_overridden(subject: Subject) -> Iterator[Problem]:
    """Find values of the user's that undo a value of ours."""
    for path, release, values in iter_given_values(subject):
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
        cure="Look up how this version of the chart spells it, for keys are renamed and moved between versions, or "
        "remove it; `trimtab upgrade` says what a key became.",
        check=check_dead_helm_value,
    ),
    Rule(
        code="values-of-wrong-type",
        severity=Severity.ERROR,
        soft=True,
        meaning="A Helm value has a type that the chart does not take.",
        why="Templates fail on it, or take the text `false` for true: text that is not empty is true to them"
        " (pkg.go.dev/text/template, Actions).",
        cure="Write the type that the chart's own values have there: `true` and numbers without quotes, a list with "
        "'-', a map with keys.",
        check=check_wrong_types,
    ),
    Rule(
        code="values-without-chart",
        severity=Severity.ERROR,
        meaning="Helm values are given for an application that has no chart.",
        why="Nobody would read them.",
        cure="Move the values to the application that has the chart, or remove them.",
        check=check_values_without_chart,
    ),
    Rule(
        code="derived-value-overridden",
        severity=Severity.ERROR,
        soft=True,
        meaning="A Helm value or a patch undoes a value that was derived for a reason.",
        why="The value agrees with others; the tree would apply cleanly and not work.",
        cure="Remove the value or patch. If what it undoes is wrong for you, change the setting that the note names; "
        "if you mean it, allow it with the reason.",
        check=check_derived_value_overridden,
    ),
)
