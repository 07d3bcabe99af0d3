"""Webhooks, admission policies and claims of devices, as an API server 1.35.4 takes them."""

from __future__ import annotations

import pytest

from kubernetes_support.trees import codes

HOOK = """
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: {name: w}
webhooks: [{name: a.b.c, admissionReviewVersions: [%s], sideEffects: None, clientConfig: {%s}, %s}]
"""
POLICY = """
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: p}
spec: {matchConstraints: {%s}, %s}
"""
BINDING = """
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: b}
spec: {policyName: p, %s}
"""
CLAIM = "{apiVersion: resource.k8s.io/v1, kind: ResourceClaim, metadata: {name: c}, spec: {devices: {%s}}}"
CLASS = "{apiVersion: resource.k8s.io/v1, kind: DeviceClass, metadata: {name: d}, spec: {%s}}"
URL = "url: 'https://a'"
AT = "service: {name: a, namespace: b, path: %s}"
RULE = "{apiGroups: [%s], apiVersions: [v1], resources: [deployments], operations: [%s]}"
RULES = "resourceRules: [{apiGroups: [apps], apiVersions: [v1], resources: [deployments], operations: [CREATE]}]"
DENY = "validations: [{expression: 'true'}]"
TWO = "matchConditions: [{name: a, expression: 'true'}, {name: a, expression: 'true'}]"
GPU = "requests: [{name: gpu, exactly: {deviceClassName: gpu.example.org}}]"
SHARED = GPU + ", constraints: [{%s}]"

REFUSED = [
    (HOOK % ("v1", "", ""), "contradicting-fields"),
    (HOOK % ("v1", f"{URL}, {AT % '/a'}", ""), "contradicting-fields"),
    (HOOK % ("v1", "url: 'http://a'", ""), "wrong-field-form"),
    (HOOK % ("v1", "url: 'https://a?b=c'", ""), "wrong-field-form"),
    (HOOK % ("v1", "url: 'https://a:b@c'", ""), "wrong-field-form"),
    (HOOK % ("v1", "url: a", ""), "wrong-field-form"),
    (HOOK % ("v1", AT % "mutate", ""), "wrong-field-form"),
    (HOOK % ("v1", AT % "/Mutate", ""), "wrong-field-form"),
    (HOOK % ("v1", AT % "/a//b", ""), "wrong-field-form"),
    (HOOK % ("v2", URL, ""), "value-not-allowed"),
    (HOOK % ("v1, v1", URL, ""), "duplicate-entry"),
    (HOOK % ("v1", URL, TWO), "duplicate-entry"),
    (HOOK % ("v1", URL, "rules: [" + RULE % ("apps, '*'", "CREATE") + "]"), "contradicting-fields"),
    (HOOK % ("v1", URL, "rules: [" + RULE % ("apps", "CREATE, '*'") + "]"), "contradicting-fields"),
    (POLICY % ("", DENY), "missing-field"),
    (POLICY % (RULES, ""), "missing-field"),
    (POLICY % (RULES, "validations: [], auditAnnotations: []"), "missing-field"),
    (POLICY % (RULES, f"{DENY}, paramKind: {{apiVersion: Shop/v1, kind: Limit}}"), "wrong-field-form"),
    (POLICY % (RULES, f"{DENY}, variables: [{{name: a-b, expression: '1'}}]"), "invalid-name"),
    (POLICY % (RULES, f"{DENY}, {TWO}"), "duplicate-entry"),
    (POLICY % (RULES, "validations: [{expression: 'true', message: ' '}]"), "wrong-field-form"),
    (BINDING % "validationActions: [Deny, Warn]", "contradicting-fields"),
    (BINDING % "validationActions: [Deny, Deny]", "duplicate-entry"),
    (BINDING % "validationActions: [Deny], paramRef: {parameterNotFoundAction: Deny}", "contradicting-fields"),
    (
        BINDING % "validationActions: [Deny], paramRef: {name: a, selector: {}, parameterNotFoundAction: Deny}",
        "contradicting-fields",
    ),
    (BINDING % "validationActions: [Deny], paramRef: {name: a/b, parameterNotFoundAction: Deny}", "wrong-field-form"),
    (CLAIM % "requests: [{name: gpu}]", "contradicting-fields"),
    (CLAIM % (SHARED % "matchAttribute: model"), "wrong-field-form"),
    (CLAIM % (SHARED % "requests: [gpu]"), "missing-field"),
    (CLAIM % (SHARED % "requests: [cpu], matchAttribute: a.b/model"), "value-not-allowed"),
    (CLAIM % (SHARED % "requests: [gpu, gpu], matchAttribute: a.b/model"), "duplicate-entry"),
    (CLASS % "config: [{}]", "missing-field"),
]

TAKEN = [
    HOOK % ("v1, v9", "url: 'https://a:8443/b'", "rules: [" + RULE % ("'*'", "'*'") + "]"),
    HOOK % ("v1beta1", AT % "/a/b.c/", "matchConditions: [{name: a, expression: 'true'}]"),
    HOOK % ("v1", AT % "/", ""),
    POLICY % (RULES, f"{DENY}, paramKind: {{apiVersion: v1, kind: ConfigMap}}"),
    POLICY % (RULES, "auditAnnotations: [{key: a, valueExpression: 'null'}]"),
    BINDING % "validationActions: [Deny, Audit], paramRef: {selector: {}, parameterNotFoundAction: Deny}",
    CLAIM % (SHARED % "requests: [gpu], matchAttribute: GPU.example.org/model_1"),
    CLAIM % (SHARED % "matchAttribute: a.b/c/d"),
    CLAIM
    % (
        "requests: [{name: any, firstAvailable: [{name: big, deviceClassName: a.b}]}],"
        " constraints: [{requests: [any/big], matchAttribute: a.b/model}]"
    ),
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_the_api_server_refuses_is_refused(text: str, code: str) -> None:
    """One fault, one finding."""
    assert codes(text) == [code]


@pytest.mark.parametrize("text", TAKEN)
def test_what_the_api_server_takes_is_left_in_peace(text: str) -> None:
    """However odd it looks."""
    assert codes(text) == []
