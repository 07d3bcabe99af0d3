"""References stand where a Secret is read, wait for who makes it, and say every default aloud."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from platform_support.made import make_cluster
from trimtab.plan.application import Application, WantedSecret
from trimtab.plan.cluster import Cluster
from trimtab.plan.offers import Controller, SecretStore
from trimtab.secrets.references import add_needs, certificate_file, list_references, store_path
from trimtab.secrets.wanted import list_wanted
from upstream_support.crd_schemas import validate
from upstream_support.folder import MISSING, find_upstream
from upstream_support.releases import release_crds

STORE = {"provider": "external-secrets", "store": "vault"}
SECRET = WantedSecret(namespace="shop", name="database", keys=("password",), labels=(("a", "b"),), type="example.org/t")
SHOP = Application(name="shop", component="c", namespace="shop", secrets=(SECRET,))
FIRST = Application(name="first", component="c", namespace="shop", secrets=(replace(SECRET, keys=("user",)),))
BY_HAND = replace(SHOP, secrets=(replace(SECRET, by_hand=True),))


def cluster(**secrets: Any) -> Cluster:
    """Give a cluster with settings of its Secrets."""
    return make_cluster({}, secrets=secrets).cluster


@pytest.mark.skipif(find_upstream() is None, reason=MISSING)
def test_the_api_server_takes_it() -> None:
    """It is valid against the definition of the release."""
    [made] = list_references([SHOP], cluster(**STORE), {"shop": 0})["shop"]
    assert validate(made, release_crds("external-secrets", "2.9.0")) == []


def test_every_default_is_written() -> None:
    """What the operator would write back is there already, so Argo CD sees no difference."""
    [made] = list_references([SHOP], cluster(**STORE), {"shop": 0})["shop"]
    assert made["spec"] == {
        "refreshPolicy": "Periodic",
        "refreshInterval": "1h0m0s",
        "secretStoreRef": {"kind": "ClusterSecretStore", "name": "vault"},
        "target": {
            "name": "database",
            "creationPolicy": "Owner",
            "deletionPolicy": "Retain",
            "template": {
                "engineVersion": "v2",
                "mergePolicy": "Replace",
                "type": "example.org/t",
                "metadata": {"labels": {"a": "b"}},
            },
        },
        "data": [
            {
                "secretKey": "password",
                "remoteRef": {
                    "key": "c/shop/database",
                    "property": "password",
                    "conversionStrategy": "Default",
                    "decodingStrategy": "None",
                    "metadataPolicy": "None",
                },
            }
        ],
    }


def test_a_secret_of_two_has_one_reference() -> None:
    """The first application in order brings it, with the keys of both."""
    found = list_references([SHOP, FIRST], cluster(**STORE), {"shop": 10, "first": 0})
    [made] = found.pop("first")
    assert [entry["secretKey"] for entry in made["spec"]["data"]] == ["password", "user"]
    assert found == {}


@pytest.mark.parametrize("provider", ["none", "sealed-secrets"])
def test_only_external_ones_are_made_here(provider: str) -> None:
    """Sealed ones lie among the user's manifests."""
    assert list_references([SHOP], cluster(provider=provider), {"shop": 0}) == {}


def test_what_comes_before_everything_has_no_reference() -> None:
    """Argo CD's own Secrets cannot come through Argo CD."""
    settings = cluster(**STORE)
    assert list_references([BY_HAND], settings, {"shop": 0}) == {}
    assert add_needs([BY_HAND], settings.settings.secrets) == [BY_HAND]


@pytest.mark.parametrize(
    ("secrets", "expected"),
    [
        ({}, []),
        ({"provider": "sealed-secrets"}, [(Controller, "bitnami.com")]),
        (STORE, [(Controller, "external-secrets.io"), (SecretStore, "vault")]),
        ({"provider": "external-secrets"}, [(Controller, "external-secrets.io")]),
    ],
)
def test_whoever_reads_waits_for_who_makes(secrets: dict[str, str], expected: list[Any]) -> None:
    """The component must be there first; a store made elsewhere is not waited for."""
    [made] = add_needs([SHOP], cluster(**secrets).settings.secrets)
    assert [(need.offer, need.name) for need in made.needs] == expected


def test_the_path_in_the_store_can_be_chosen() -> None:
    """Each word in braces stands for what its name says."""
    [wanted] = list_wanted([SHOP])
    given = cluster(path="k8s/{namespace}.{name}@{cluster}")
    assert store_path(wanted, given) == "k8s/shop.database@c"


def test_the_certificate_lies_beside_the_settings() -> None:
    """One file a cluster, unless another is named."""
    assert certificate_file(cluster()) == "apps/certificates/c.pem"
    assert certificate_file(cluster(certificate="apps/all.pem")) == "apps/all.pem"
