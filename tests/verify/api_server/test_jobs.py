"""Jobs with indexes and policies, as an API server 1.35.4 takes them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kubernetes_support.trees import codes, complaints
from trimtab.verify.api_server.jobs import count_indexes

JOB = (
    "{apiVersion: batch/v1, kind: Job, metadata: {name: j}, spec: {%s, template: {spec: {restartPolicy: Never,"
    " initContainers: [{name: first, image: 'example.org/web:1.0.0'}],"
    " containers: [{name: web, image: 'example.org/web:1.0.0'}]}}}}"
)
INDEXED = "completionMode: Indexed, completions: 5"
FAILING = "podFailurePolicy: {rules: [{action: Ignore, %s}]}"
CODES = FAILING % "onExitCodes: {operator: %s, values: [%s]}"
DONE = f"{INDEXED}, successPolicy: {{rules: [{{%s}}]}}"

REFUSED = [
    (JOB % "backoffLimitPerIndex: 1, completions: 5", "contradicting-fields"),
    (JOB % "successPolicy: {rules: [{succeededCount: 1}]}, completions: 5", "contradicting-fields"),
    (JOB % "completionMode: Indexed, parallelism: 2", "missing-field"),
    (JOB % f"{INDEXED}, maxFailedIndexes: 1", "missing-field"),
    (JOB % f"{INDEXED}, maxFailedIndexes: 6, backoffLimitPerIndex: 1", "field-out-of-range"),
    (JOB % FAILING.replace(", %s", ""), "contradicting-fields"),
    (
        JOB % (FAILING % "onExitCodes: {operator: In, values: [1]}, onPodConditions: [{type: A, status: 'True'}]"),
        "contradicting-fields",
    ),
    (JOB % (FAILING % "onExitCodes: {operator: In, values: [1], containerName: wev}"), "value-not-allowed"),
    (JOB % (CODES % ("In", "0, 1")), "value-not-allowed"),
    (JOB % (CODES % ("NotIn", "2, 1")), "value-not-allowed"),
    (JOB % (CODES % ("NotIn", "1, 1")), "value-not-allowed"),
    (JOB % (CODES % ("In", "1")).replace("Ignore", "FailIndex"), "contradicting-fields"),
    (JOB % (CODES % ("In", "1") + ", podReplacementPolicy: TerminatingOrFailed"), "contradicting-fields"),
    ((JOB % (CODES % ("In", "1"))).replace("Never", "OnFailure"), "contradicting-fields"),
    (JOB % (DONE % ""), "missing-field"),
    (JOB % (DONE % "succeededCount: 6"), "field-out-of-range"),
    (JOB % (DONE % "succeededIndexes: '0,2', succeededCount: 3"), "field-out-of-range"),
    (JOB % (DONE % "succeededIndexes: 0-5"), "wrong-field-form"),
    (JOB % (DONE % "succeededIndexes: '2,1'"), "wrong-field-form"),
    (JOB % (DONE % "succeededIndexes: 1-1"), "wrong-field-form"),
    (JOB % (DONE % "succeededIndexes: '1,1'"), "wrong-field-form"),
    (JOB % (DONE % "succeededIndexes: 1 to 3"), "wrong-field-form"),
]

TAKEN = [
    JOB % "completionMode: Indexed, successPolicy: {rules: [{succeededIndexes: '0'}]}",
    JOB % f"{INDEXED}, backoffLimitPerIndex: 0, maxFailedIndexes: 5",
    JOB % (FAILING % "onExitCodes: {operator: NotIn, values: [0, 1], containerName: first}"),
    JOB % (FAILING % "onPodConditions: [{type: DisruptionTarget}], onExitCodes: null"),
    JOB % (f"{INDEXED}, backoffLimitPerIndex: 1, " + CODES % ("In", "1")).replace("Ignore", "FailIndex"),
    JOB % (DONE % "succeededIndexes: '0,2-4', succeededCount: 4"),
    JOB % (DONE % "succeededIndexes: '', succeededCount: 0"),
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_the_api_server_refuses_is_refused(text: str, code: str) -> None:
    """One fault, one finding."""
    assert codes(text) == [code]


@pytest.mark.parametrize("text", TAKEN)
def test_what_the_api_server_takes_is_left_in_peace(text: str) -> None:
    """However odd it looks."""
    assert codes(text) == []


def test_job_of_a_cron_job_is_a_job() -> None:
    """It is pointed at within its template."""
    text = (
        "{apiVersion: batch/v1, kind: CronJob, metadata: {name: c}, spec: {schedule: 0 3 * * *, jobTemplate: {spec:"
        " {backoffLimitPerIndex: 1, template: {spec: {restartPolicy: Never, containers: [{name: a, image: 'a:1'}]}}}}}}"
    )
    (one,) = complaints(text)
    assert one.path == ("spec", "jobTemplate", "spec", "backoffLimitPerIndex")


def test_container_that_was_meant_is_named() -> None:
    """The pods' own containers are known."""
    (one,) = complaints(JOB % (FAILING % "onExitCodes: {operator: In, values: [1], containerName: wev}"))
    assert one.help == "did you mean 'web'?"


@given(st.sets(st.integers(0, 30), min_size=1))
def test_as_many_indexes_are_counted_as_are_listed(indexes: set[int]) -> None:
    """Each by itself, ascending."""
    assert count_indexes(",".join(map(str, sorted(indexes))), 31) == len(indexes)


@given(st.text("0123,-", max_size=6))
def test_any_text_is_counted_or_refused(text: str) -> None:
    """And never more than there are."""
    with suppress(ValueError):
        assert 0 <= count_indexes(text, 4) <= 4
