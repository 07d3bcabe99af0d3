"""FlowSchemas and PriorityLevelConfigurations, as an API server 1.35.4 takes them."""

from __future__ import annotations

import pytest

from kubernetes_support.trees import codes

FLOW = (
    "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: FlowSchema, metadata: {name: f}, spec:"
    " {priorityLevelConfiguration: {name: global-default}, %s}}"
)
USER = "kind: User, user: {name: '*'}"
READ = "apiGroups: ['*'], resources: ['*'], verbs: ['*']"
RULE = FLOW % "rules: [{subjects: [{%s}], resourceRules: [{%s}]}]"
PATHS = FLOW % f"rules: [{{subjects: [{{{USER}}}], nonResourceRules: [{{nonResourceURLs: [%s], verbs: [%s]}}]}}]"
LEVEL = (
    "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: PriorityLevelConfiguration, metadata: {name: p}, spec: {%s}}"
)
LIMITED = LEVEL % "type: Limited, limited: {%s}"
QUEUED = LIMITED % "limitResponse: {type: Queue, queuing: {%s}}"
WHERE = "namespaces: ['*']"

REFUSED = [
    (FLOW % "matchingPrecedence: 1", "field-out-of-range"),
    (FLOW % f"rules: [{{subjects: [{{{USER}}}]}}]", "missing-field"),
    (RULE % ("kind: User", f"{READ}, {WHERE}"), "missing-field"),
    (RULE % (f"{USER}, group: {{name: a}}", f"{READ}, {WHERE}"), "contradicting-fields"),
    (RULE % ("kind: ServiceAccount, serviceAccount: {name: a, namespace: A}", f"{READ}, {WHERE}"), "wrong-field-form"),
    (RULE % (USER, READ), "missing-field"),
    (RULE % (USER, f"{READ}, namespaces: [a.b]"), "wrong-field-form"),
    (RULE % (USER, f"{READ}, namespaces: [a, '*']"), "contradicting-fields"),
    (RULE % (USER, f"{READ}, {WHERE}".replace("verbs: ['*']", "verbs: [read]")), "value-not-allowed"),
    (PATHS % ("healthz", "get"), "wrong-field-form"),
    (PATHS % ("/a//b", "get"), "wrong-field-form"),
    (PATHS % ("/a*", "get"), "wrong-field-form"),
    (PATHS % ("'*', /a", "get"), "contradicting-fields"),
    (LEVEL % "type: Limited", "missing-field"),
    (LEVEL % "type: Exempt", "value-not-allowed"),
    (LIMITED % "", "missing-field"),
    (LIMITED % "limitResponse: {type: Queue}", "missing-field"),
    (LIMITED % "limitResponse: {type: Reject, queuing: {}}", "contradicting-fields"),
    (LIMITED % "limitResponse: {type: Reject}, borrowingLimitPercent: -1", "field-out-of-range"),
    (LIMITED.replace("limited:", "exempt: {}, limited:") % "limitResponse: {type: Reject}", "contradicting-fields"),
    (QUEUED % "queues: 4", "field-out-of-range"),
    (QUEUED % "queues: 1024, handSize: 7", "field-out-of-range"),
]

TAKEN = [
    FLOW % "matchingPrecedence: 0",
    RULE % (USER, f"{READ}, clusterScope: true"),
    RULE % ("kind: ServiceAccount, serviceAccount: {name: '*', namespace: kube-system}", f"{READ}, {WHERE}"),
    PATHS % ("'/healthz/*', /", "get, proxy"),
    LIMITED % "limitResponse: {type: Reject}, nominalConcurrencyShares: 0",
    QUEUED % "",
    QUEUED % "queues: 0, handSize: 0, queueLengthLimit: 0",
    QUEUED % "queues: 1024, handSize: 6",
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_the_api_server_refuses_is_refused(text: str, code: str) -> None:
    """One fault, one finding."""
    assert codes(text) == [code]


@pytest.mark.parametrize("text", TAKEN)
def test_what_the_api_server_takes_is_left_in_peace(text: str) -> None:
    """However odd it looks."""
    assert codes(text) == []
