"""The External Secrets operator in every shape of cluster: values, stores, order, what stays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from platform_support.made import NETWORK, NODES, PROMETHEUS, SHAPES, make_cluster
from trimtab.catalogue.components import releases
from trimtab.components.external_secrets import charts
from trimtab.findings.path import get_value
from trimtab.plan.offers import SecretStore
from trimtab.rules.secrets import RULES
from upstream_support.chart_values import value_errors
from upstream_support.crd_schemas import validate
from upstream_support.folder import MISSING, find_upstream
from upstream_support.releases import release_crds

VERSIONS = [release.version for release in releases("external-secrets")]
BROUGHT = (NETWORK, *PROMETHEUS)
BY_ACCOUNT = {"server": "https://vault.example.org:8200", "kubernetes": {"role": "eso"}}
BY_TOKEN = {"server": "https://vault.example.org:8200", "token": {"secretName": "vault-token"}}
WORKLOADS = ("controller", "webhook", "certController")
FULL: dict[str, Any] = {
    "stores": {
        "one": {
            "vault": {**BY_ACCOUNT, "path": "kv", "version": "v1", "namespace": "n", "caBundle": "LS0tLS1CRUdJTg=="}
        },
        "two": {"vault": BY_TOKEN},
    },
    "resources": {name: {"requests": {"cpu": "20m"}} for name in WORKLOADS},
}


def stored(vault: dict[str, Any], **component: Any) -> Any:
    """Give a cluster whose operator knows one store."""
    return make_cluster({"external-secrets": {"stores": {"vault": {"vault": vault}}, **component}})


@pytest.mark.skipif(find_upstream() is None, reason=MISSING)
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(("net", "nodes"), SHAPES)
def test_everything_is_valid(version: str, net: str, nodes: str) -> None:
    """The chart reads every value and the API server takes every store, whatever the cluster looks like."""
    made = make_cluster({"external-secrets": {"version": version, **FULL}}, net=net, nodes=nodes, brought=BROUGHT)
    assert value_errors(made.release("external-secrets").values, "external-secrets", version) == []
    crds = release_crds("external-secrets", version)
    assert [one.manifest["kind"] for one in made.built] == ["ClusterSecretStore"] * 2
    assert [p for one in made.built for p in validate(one.manifest, crds)] == []


def test_the_operator_signs_in_with_its_own_account() -> None:
    """The account has the name and namespace that the chart gives it."""
    auth = stored(BY_ACCOUNT).spec("ClusterSecretStore")["provider"]["vault"]["auth"]
    account = {"name": "external-secrets", "namespace": "external-secrets"}
    assert auth == {"kubernetes": {"mountPath": "kubernetes", "role": "eso", "serviceAccountRef": account}}
    other = stored(BY_ACCOUNT, releaseName="eso", namespace="ops").spec("ClusterSecretStore")
    account = {"name": "eso-external-secrets", "namespace": "ops"}
    assert other["provider"]["vault"]["auth"]["kubernetes"]["serviceAccountRef"] == account


def test_a_token_is_a_secret_that_somebody_makes_by_hand() -> None:
    """It cannot be fetched from the store that it opens."""
    made = stored(BY_TOKEN)
    [wanted] = made.applications["external-secrets-stores"].secrets
    assert (wanted.namespace, wanted.name, wanted.keys, wanted.by_hand) == (
        "external-secrets",
        "vault-token",
        ("token",),
        True,
    )
    auth = made.spec("ClusterSecretStore")["provider"]["vault"]["auth"]
    assert auth == {"tokenSecretRef": {"name": "vault-token", "key": "token", "namespace": "external-secrets"}}
    assert stored(BY_ACCOUNT).applications["external-secrets-stores"].secrets == ()


def test_stores_come_after_the_webhook_that_checks_them() -> None:
    """The webhook runs in the operator's application; without stores there is no second one."""
    made = stored(BY_ACCOUNT)
    assert made.order.waves["external-secrets-stores"] > made.order.waves["external-secrets"]
    assert made.facts.find(SecretStore, "vault")
    assert list(make_cluster({"external-secrets": {}}).applications) == ["external-secrets"]


def test_secrets_stay_when_the_application_goes() -> None:
    """Without the CRDs every ExternalSecret would be deleted, and every Secret with it."""
    assert all(one.keeps_on_delete for one in stored(BY_ACCOUNT).applications.values())


def test_what_the_certificate_controller_writes_is_not_compared() -> None:
    """It makes a CA, keeps it in the chart's empty Secret, and tells the API server of it."""
    ignored = stored(BY_ACCOUNT, releaseName="eso").applications["external-secrets"].ignored
    assert [(one.kind, one.name) for one in ignored] == [
        ("ValidatingWebhookConfiguration", None),
        ("Secret", "eso-external-secrets-webhook"),
    ]


@pytest.mark.parametrize(("net", "policy"), [("IPv4", None), ("IPv6", None), ("dual", "PreferDualStack")])
def test_services_have_the_families_of_the_cluster(net: str, policy: str | None) -> None:
    """A cluster of one family needs nothing said, and the chart wants no list of families."""
    made = make_cluster({"external-secrets": {}}, net=net)
    assert made.value("external-secrets", "service.ipFamilyPolicy") == policy


def test_external_secrets_monitor_dropped_silently() -> None:
    """With Prometheus it is scraped; the chart is told of the API, and told not to drop its monitors."""
    made = make_cluster({"external-secrets": {}}, brought=BROUGHT)
    monitor = {"enabled": True, "renderMode": "alwaysRender", "additionalLabels": {"release": "kps"}}
    assert made.value("external-secrets", "serviceMonitor") == monitor
    assert "monitoring.coreos.com/v1/ServiceMonitor" in made.release("external-secrets").api_versions
    assert make_cluster({"external-secrets": {}}).value("external-secrets", "serviceMonitor") is None


@pytest.mark.parametrize(("nodes", "expected"), [("mixed", ["amd64", "arm64"]), ("many", None), ("arm64", None)])
def test_external_secrets_mixed_architectures(nodes: str, expected: list[str] | None) -> None:
    """All three workloads stay off nodes that their image was not made for."""
    made = make_cluster({"external-secrets": {}}, nodes=nodes)
    for place in ("affinity", "webhook.affinity", "certController.affinity"):
        affinity = made.value("external-secrets", place)
        terms = affinity and affinity["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]
        assert (terms and terms["nodeSelectorTerms"][0]["matchExpressions"][0]["values"]) == expected


def test_an_image_for_32_bit_arm_would_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where every node will do, nothing is said."""
    release = replace(releases("external-secrets")[0], architectures=("amd64", "arm", "arm64"))
    monkeypatch.setattr(charts, "wanted_release", lambda *_: release)
    assert make_cluster({"external-secrets": {}}, nodes="mixed").value("external-secrets", "affinity") is None


def test_every_reason_speaks_of_a_value_that_is_written() -> None:
    """A reason for a value that is not there would forbid the user to set it."""
    for nodes in NODES:
        release = make_cluster({"external-secrets": {}}, nodes=nodes).release("external-secrets")
        assert [path for path in release.reasons if get_value(release.values, path) is None] == []


@pytest.mark.parametrize(
    ("vault", "count"),
    [(BY_ACCOUNT, 0), (BY_TOKEN, 0), ({**BY_TOKEN, **BY_ACCOUNT}, 1), ({"server": "https://v.example.org"}, 1)],
)
def test_store_sign_in(vault: dict[str, Any], count: int) -> None:
    """Exactly one way to sign in."""
    assert len(stored(vault).problems(RULES, "store-sign-in")) == count
