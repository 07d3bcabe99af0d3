"""LimitRanges and ResourceQuotas, as an API server 1.35.4 takes them."""

from __future__ import annotations

import pytest

from kubernetes_support.trees import codes, complaints

LIMITS = "{apiVersion: v1, kind: LimitRange, metadata: {name: l}, spec: {limits: [{type: %s}]}}"
QUOTA = "{apiVersion: v1, kind: ResourceQuota, metadata: {name: q}, spec: {%s}}"
SCOPED = QUOTA % "hard: {pods: 1}, scopeSelector: {matchExpressions: [{scopeName: %s}]}"

REFUSED = [
    (LIMITS % "Deployment, max: {cpu: 1}", "value-not-allowed"),
    (LIMITS % "Container}, {type: Container", "duplicate-entry"),
    (LIMITS % "Container, max: {storage: 1Gi}", "value-not-allowed"),
    (LIMITS % "Container, max: {cpus: 1}", "value-not-allowed"),
    (LIMITS % "PersistentVolumeClaim, min: {storage: 1Gi, size: 2Gi}", "value-not-allowed"),
    (LIMITS % "PersistentVolumeClaim, min: {requests.cpu: 1}", "missing-field"),
    (LIMITS % "Pod, default: {cpu: 1}", "contradicting-fields"),
    (LIMITS % "Container, min: {cpu: 2}, max: {cpu: 1500m}", "field-out-of-range"),
    (LIMITS % "Container, default: {memory: 2Gi}, max: {memory: 1Gi}", "field-out-of-range"),
    (LIMITS % "Container, defaultRequest: {memory: 2Gi}, default: {memory: 1Gi}", "field-out-of-range"),
    (LIMITS % "Container, defaultRequest: {memory: 1Mi}, min: {memory: 1Gi}", "field-out-of-range"),
    (LIMITS % "Container, maxLimitRequestRatio: {cpu: 500m}", "field-out-of-range"),
    (LIMITS % "Pod, maxLimitRequestRatio: {cpu: 5}, min: {cpu: 1}, max: {cpu: 4}", "field-out-of-range"),
    (LIMITS % "Container, defaultRequest: {a.b/gpu: 1}, max: {a.b/gpu: 2}", "contradicting-fields"),
    (QUOTA % "hard: {storage: 1Gi}", "value-not-allowed"),
    (QUOTA % "hard: {deployments: 1}", "value-not-allowed"),
    (QUOTA % "hard: {requests.cpus: 1}", "value-not-allowed"),
    (QUOTA % "hard: {requests.cpu: -1}", "field-out-of-range"),
    (QUOTA % "hard: {pods: 1500m}", "field-out-of-range"),
    (QUOTA % "hard: {count/deployments.apps: 1.5}", "field-out-of-range"),
    (QUOTA % "hard: {requests.cpu: 1}, scopes: [BestEffort]", "contradicting-fields"),
    (QUOTA % "hard: {pods: 1}, scopes: [Terminating, NotTerminating]", "contradicting-fields"),
    (SCOPED % "PriorityClass, operator: In", "missing-field"),
    (SCOPED % "PriorityClass, operator: Exists, values: [high]", "contradicting-fields"),
    (SCOPED % "Terminating, operator: In, values: [high]", "value-not-allowed"),
    (SCOPED % "VolumeAttributesClass, operator: Exists", "contradicting-fields"),
]

TAKEN = [
    LIMITS % "Container, min: {cpu: 1}, max: {cpu: 1}, default: {cpu: 1000m}, defaultRequest: {cpu: '1'}",
    LIMITS % "Container, max: {hugepages-2Mi: 4Mi, a.b/gpu: 2}, default: {a.b/gpu: 1}",
    LIMITS % "PersistentVolumeClaim, max: {storage: 1Gi}",
    LIMITS % "example.org/own, max: {storage: 1Gi, pods: 3}",
    LIMITS % "Pod, maxLimitRequestRatio: {cpu: 4}, min: {cpu: 1}, max: {cpu: 4}",
    LIMITS % "Pod, maxLimitRequestRatio: {cpu: 4}, max: {cpu: 4}",
    QUOTA % "hard: {requests.a.b/gpu: 4, count/deployments.apps: 2, requests.hugepages-2Mi: 1Gi}",
    QUOTA % "hard: {gold.storageclass.storage.k8s.io/requests.storage: 500Gi, services.loadbalancers: 0}",
    QUOTA % "hard: {requests.a.b/gpu: 1500m}",
    QUOTA % "hard: {pods: 1, count/secrets: 3}, scopes: [BestEffort]",
    SCOPED % "PriorityClass, operator: In, values: [high]",
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_the_api_server_refuses_is_refused(text: str, code: str) -> None:
    """One fault, one finding."""
    assert codes(text) == [code]


@pytest.mark.parametrize("text", TAKEN)
def test_what_the_api_server_takes_is_left_in_peace(text: str) -> None:
    """However odd it looks."""
    assert codes(text) == []


def test_bound_is_pointed_at() -> None:
    """The lower one, which is the one to lower."""
    (one,) = complaints(LIMITS % "Container, default: {memory: 2Gi}, max: {memory: 1Gi}")
    assert one.path == ("spec", "limits", 0, "default", "memory")
    assert one.message == "LimitRange shop/l has default above max for memory"
