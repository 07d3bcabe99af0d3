"""Objects that a webhook has to admit, before what answers for it runs."""

from __future__ import annotations

import pytest

from argocd_tree_support.trees import application, complain, read_entries
from trimtab.verify.complaint import Complaint

WAVE = "annotations: {argocd.argoproj.io/sync-wave: '%s'}"
HOOK = """
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: pools, %s}
webhooks:
  - name: pools.example.org
    clientConfig: {service: {namespace: pools, name: hook}}
    rules: [{apiGroups: [example.org], apiVersions: [v1], resources: [pools], operations: [CREATE]}]
    %s
---
apiVersion: v1
kind: Service
metadata: {name: hook, namespace: pools}
spec: {selector: {app: hook}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: hook, namespace: pools, %s}
spec: {template: {metadata: {labels: {app: hook}}, spec: {containers: []}}}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: pools.example.org}
spec: {group: example.org, scope: Namespaced, names: {kind: Pool, plural: pools}}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: shop}}
"""
POOL = "{apiVersion: example.org/v1, kind: Pool, metadata: {name: a, namespace: shop, labels: {a: b}, %s}}"


def found(*, hook: str = "", config: str = "0", server: str = "0", pool: str = "0", spec: str = "") -> list[Complaint]:
    """Give what is said of one object; `hook` is more of the webhook, the others are waves."""
    entries = read_entries(application(spec))
    entries += read_entries(HOOK % (WAVE % config, hook, WAVE % server), application="shop")
    entries += read_entries(POOL % (WAVE % pool), application="shop")
    return [one for one in complain(entries) if one.code == "webhook-not-ready"]


def test_object_of_the_same_wave_is_refused_at_first() -> None:
    """Nothing waits for the server within a wave."""
    (one,) = found()
    assert "Pool.example.org shop/a is applied together with Deployment.apps pools/hook" in one.message
    assert one.help == 'give it `argocd.argoproj.io/sync-wave: "1"`, and the Application `syncPolicy.retry`'
    assert [other.entry.kind for other in one.others] == ["ValidatingWebhookConfiguration", "Deployment"]


def test_second_try_helps_in_one_wave_and_not_in_an_earlier_one() -> None:
    """What is refused in an earlier wave keeps the server's wave from ever beginning."""
    retry = "syncPolicy: {retry: {limit: 5}}"
    assert found(spec=retry) == []
    (one,) = found(spec=retry, config="-1", server="1")
    assert "is applied before Deployment.apps pools/hook" in one.message


@pytest.mark.parametrize(
    "given",
    [
        {"pool": "1"},
        {"config": "1", "server": "1"},
        {"hook": "failurePolicy: Ignore"},
        {"hook": "matchConditions: [{name: a, expression: 'false'}]"},
        {"hook": "objectSelector: {matchLabels: {a: c}}"},
        {"hook": "namespaceSelector: {matchLabels: {team: other}}"},
        {
            "hook": "namespaceSelector: {matchExpressions:"
            " [{key: kubernetes.io/metadata.name, operator: NotIn, values: [shop]}]}"
        },
    ],
)
def test_object_that_is_not_asked_about_in_time_is_left_in_peace(given: dict[str, str]) -> None:
    """A later wave, a webhook that comes later, or one that leaves the object out."""
    assert found(**given) == []


@pytest.mark.parametrize(
    "hook",
    [
        "failurePolicy: Fail",
        "objectSelector: {matchLabels: {a: b}}",
        "namespaceSelector: {matchLabels: {team: shop}}",
        "namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [shop]}]}",
    ],
)
def test_selectors_that_take_the_object_in_do_not_help(hook: str) -> None:
    """They are held against its labels, and those of its namespace."""
    assert len(found(hook=hook)) == 1
