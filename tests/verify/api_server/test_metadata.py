"""Labels, annotations and selectors as the API server takes them."""

from __future__ import annotations

import pytest

from kubernetes_support.trees import codes, complaints, workload

CONFIG = "{apiVersion: v1, kind: ConfigMap, metadata: {name: c, %s}}"


@pytest.mark.parametrize("label", ["a: ''", "example.org/a: b", "a: A_b.c-d", f"a: {'x' * 63}", "A: '1'"])
def test_labels_are_taken(label: str) -> None:
    """An empty value is one."""
    assert codes(CONFIG % f"labels: {{{label}}}") == []


@pytest.mark.parametrize(
    "label", ["a: b c", "a: -b", f"a: {'x' * 64}", "Example.org/a: b", "a/b/c: d", "'a b': c", "'': a"]
)
def test_other_labels_are_refused(label: str) -> None:
    """A value is no free text."""
    assert codes(CONFIG % f"labels: {{{label}}}") == ["invalid-label"]


def test_key_is_pointed_at_where_the_key_is_wrong() -> None:
    """And the value where that is."""
    assert [one.on_key for one in complaints(CONFIG % "labels: {'a b': c}")] == [True]
    assert [one.on_key for one in complaints(CONFIG % "labels: {a: b c}")] == [False]


def test_annotations_hold_any_text_below_a_good_key() -> None:
    """Capitals in the prefix are compared as small letters."""
    assert codes(CONFIG % "annotations: {Example.org/a: 'any text: {}'}") == []
    assert codes(CONFIG % "annotations: {a/b/c: d}") == ["invalid-annotation"]


def test_labels_of_pods_are_looked_at_too() -> None:
    """They are made with the first pod, long after the sync said yes."""
    text = workload().replace("labels: {app: web}", "labels: {app: web, team: a b}")
    assert [one.path for one in complaints(text)] == [("spec", "template", "metadata", "labels", "team")]


def test_labels_of_jobs_and_claims_that_others_make_are_looked_at_too() -> None:
    """A schedule whose Jobs are refused makes none; a set whose claims are refused has no pods."""
    bad = "{labels: {'no key!': a}, annotations: {'nor this!': a}}"
    schedule = (
        f"{{apiVersion: batch/v1, kind: CronJob, metadata: {{name: a}}, spec: {{jobTemplate: {{metadata: {bad}}}}}}}"
    )
    claims = f"{{volumeClaimTemplates: [{{metadata: {bad}}}]}}"
    stateful = f"{{apiVersion: apps/v1, kind: StatefulSet, metadata: {{name: a}}, spec: {claims}}}"
    for text in (schedule, stateful):
        assert set(codes(text)) >= {"invalid-label", "invalid-annotation"}


def test_each_object_with_a_bad_label_is_named() -> None:
    """Though both bear the same one."""
    text = CONFIG % "labels: {a: b c}"
    assert len(complaints(text, text.replace("name: c", "name: d"))) == 2


def test_selector_must_fit_the_template() -> None:
    """By labels and by expressions."""
    assert codes(workload().replace("matchLabels: {app: web}", "matchLabels: {app: other}")) == [
        "selector-does-not-match"
    ]
    fits = "matchExpressions: [{key: app, operator: In, values: [web, other]}]"
    assert codes(workload().replace("matchLabels: {app: web}", fits)) == []
    assert codes(workload().replace("matchLabels: {app: web}", fits.replace("In,", "NotIn,"))) == [
        "selector-does-not-match"
    ]


def test_empty_selector_is_refused() -> None:
    """It would select every pod of the namespace."""
    assert codes(workload().replace("matchLabels: {app: web}", "")) == ["selector-does-not-match"]


def test_expressions_need_their_values() -> None:
    """In and NotIn do, the others must have none."""
    budget = "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: b}, spec: {selector: {%s}}}"
    budget %= "matchExpressions: [%s]"
    assert codes(budget % "{key: a, operator: In}") == ["missing-field"]
    assert codes(budget % "{key: a, operator: Exists, values: [b]}") == ["contradicting-fields"]
    assert codes(budget % "{key: a, operator: Exists}") == []
