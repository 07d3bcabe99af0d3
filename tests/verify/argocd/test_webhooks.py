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


def test_server_is_the_workload_that_the_service_selects() -> None:
    """Others stand beside it, in a later wave or of another Application, and answer for nothing."""
    others = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: %s, namespace: %s, %s}, spec: {template: %s}}"
    pods = "{metadata: {labels: {app: %s}}, spec: {containers: []}}"
    entries = read_entries(application())
    entries += read_entries(others % ("beside", "pools", WAVE % "9", pods % "other"), application="shop")
    entries += read_entries(others % ("elsewhere", "shop", WAVE % "9", pods % "hook"), application="shop")
    entries += read_entries(others % ("of-others", "pools", WAVE % "9", pods % "hook"), application="others")
    entries += read_entries(HOOK % (WAVE % "0", "", WAVE % "1"), application="shop")
    entries += read_entries(POOL % (WAVE % "2"), application="shop")
    assert [one for one in complain(entries) if one.code == "webhook-not-ready"] == []


def split(*waves: str, pools_in: str) -> list[str]:
    """Put the webhook, its server and the object below Applications of a root in some waves; give what is found."""
    apps = dict(zip(("hooks", "servers", "shop"), waves, strict=True))
    entries = read_entries(application().replace("name: shop", "name: root", 1))
    for name, wave in apps.items():
        text = application(metadata=WAVE % wave).replace("name: shop", f"name: {name}", 1)
        entries += read_entries(text, application="root")
    for document in (HOOK % (WAVE % "0", "", WAVE % "0")).split("---"):
        is_hook = "ValidatingWebhook" in document or "CustomResource" in document
        entries += read_entries(document, application="hooks" if is_hook else "servers")
    entries += read_entries(POOL % (WAVE % "1"), application=pools_in)
    return [f"{one.message} {one.help}" for one in complain(entries) if one.code == "webhook-not-ready"]


@pytest.mark.parametrize(("pools_in", "waves"), [("shop", ("0", "9", "5")), ("hooks", ("0", "9", "5"))])
def test_server_of_a_later_application_is_not_there_yet(pools_in: str, waves: tuple[str, ...]) -> None:
    """The webhook is: the wave of its server never begins."""
    (said,) = split(*waves, pools_in=pools_in)
    assert "is applied before Deployment.apps pools/hook of the application 'servers', which has to admit it" in said
    assert said.endswith("let what holds it come after 'servers', or the webhook with its server")


@pytest.mark.parametrize("waves", [("0", "5", "9"), ("5", "9", "0"), ("0", "5", "5")])
def test_server_of_another_application_that_may_be_there_is_left_in_peace(waves: tuple[str, ...]) -> None:
    """It comes first, or the webhook comes later too, or nothing says which of them does."""
    assert split(*waves, pools_in="shop") == []
