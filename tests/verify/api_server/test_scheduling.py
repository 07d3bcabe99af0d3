"""Where pods may run and how they resolve names, as the API server takes it."""

from __future__ import annotations

import pytest

from kubernetes_support.trees import codes, workload

REQUIRED = "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [%s]}}}"
WEIGHED = "affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [%s]}}"
SPREAD = "topologySpreadConstraints: [{topologyKey: zone, whenUnsatisfiable: %s, maxSkew: %s}]"


@pytest.mark.parametrize(
    ("pod", "code"),
    [
        ("nodeSelector: {-a: b}", "invalid-label"),
        ("nodeSelector: {a: 'b c'}", "invalid-label"),
        ("tolerations: [{effect: NoSchedule}]", "missing-field"),
        ("tolerations: [{key: a, operator: Exists, value: b}]", "contradicting-fields"),
        ("tolerations: [{key: a, operator: Exists, tolerationSeconds: 30}]", "contradicting-fields"),
        ("tolerations: [{key: a b, operator: Exists}]", "invalid-label"),
        ("tolerations: [{key: a, value: b c}]", "invalid-label"),
        (REQUIRED.replace("[%s]", "[]"), "missing-field"),
        (REQUIRED % "{matchExpressions: [{key: a, operator: In}]}", "missing-field"),
        (REQUIRED % "{matchExpressions: [{key: a, operator: Exists, values: [b]}]}", "contradicting-fields"),
        (REQUIRED % "{matchExpressions: [{key: a, operator: Gt, values: ['1', '2']}]}", "value-not-allowed"),
        (REQUIRED % "{matchExpressions: [{key: a, operator: In, values: ['b c']}]}", "invalid-label"),
        (REQUIRED % "{matchFields: [{key: metadata.uid, operator: In, values: [a]}]}", "value-not-allowed"),
        (REQUIRED % "{matchFields: [{key: metadata.name, operator: In, values: [a, b]}]}", "value-not-allowed"),
        (WEIGHED % "{weight: 0, podAffinityTerm: {topologyKey: zone}}", "field-out-of-range"),
        (WEIGHED % "{weight: 1, podAffinityTerm: {topologyKey: ''}}", "missing-field"),
        (WEIGHED % "{weight: 1, podAffinityTerm: {topologyKey: a/b/c}}", "invalid-label"),
        (
            WEIGHED % "{weight: 1, podAffinityTerm: {topologyKey: z, labelSelector: {matchLabels: {a: b c}}}}",
            "invalid-label",
        ),
        (SPREAD % ("DoNotSchedule", 0), "field-out-of-range"),
        (SPREAD % ("DoNotSchedule", "1, minDomains: 0"), "field-out-of-range"),
        (SPREAD % ("ScheduleAnyway", "1, minDomains: 2"), "contradicting-fields"),
        (SPREAD % ("ScheduleAnyway", "1, matchLabelKeys: [a]"), "missing-field"),
        ("dnsPolicy: None", "missing-field"),
        ("dnsPolicy: None, dnsConfig: {searches: [a.b]}", "missing-field"),
        ("dnsConfig: {nameservers: [dns.example.org]}", "wrong-field-form"),
        ("dnsConfig: {nameservers: [10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4]}", "field-out-of-range"),
        ("dnsConfig: {searches: [A_b.c]}", "wrong-field-form"),
        ("dnsConfig: {options: [{value: '2'}]}", "missing-field"),
        ("hostAliases: [{ip: web, hostnames: [a]}]", "wrong-field-form"),
        ("hostAliases: [{ip: 10.0.0.1, hostnames: [a_b]}]", "wrong-field-form"),
    ],
)
def test_what_the_api_server_refuses_is_found(pod: str, code: str) -> None:
    """One fault, one finding."""
    assert codes(workload(pod=pod)) == [code]


@pytest.mark.parametrize(
    "pod",
    [
        "nodeSelector: {kubernetes.io/os: linux, node-role.kubernetes.io/infra: ''}",
        "tolerations: [{operator: Exists}, {key: a, value: b, effect: NoSchedule}]",
        "tolerations: [{key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 30}]",
        REQUIRED
        % "{matchExpressions: [{key: a, operator: Gt, values: ['1']}, {key: b, operator: NotIn, values: [c]}]}",
        REQUIRED % "{matchFields: [{key: metadata.name, operator: In, values: [node1.example.org]}]}",
        WEIGHED % "{weight: 100, podAffinityTerm: {topologyKey: kubernetes.io/hostname, labelSelector: {}}}",
        "dnsPolicy: None, dnsConfig: {nameservers: ['10.0.0.1', '2001:db8::53'], searches: [., _x.example.org.]}",
        "dnsPolicy: Default",
        "hostAliases: [{ip: '2001:db8::1', hostnames: [a.b-c]}]",
    ],
)
def test_what_the_api_server_takes_is_left_in_peace(pod: str) -> None:
    """As real charts write it."""
    assert codes(workload(pod=pod)) == []
