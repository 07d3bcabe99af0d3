"""Harbor's application: objects, needs, order, Secrets."""

from __future__ import annotations

from typing import Any

import pytest

from harbor_support.made import (
    BLOCK,
    BROUGHT,
    HOST,
    LETSENCRYPT,
    OUTSIDE,
    OWN_CA,
    WITHOUT_CERTIFICATES,
    make_harbor,
)
from platform_support.made import NETWORK, SHAPES, TRAEFIK
from trimtab.catalogue.components import releases
from trimtab.plan.offers import ApiGroup, IngressClass, Issuer, StorageClass
from upstream_support.crd_schemas import validate
from upstream_support.folder import MISSING, find_upstream
from upstream_support.releases import release_crds


@pytest.mark.skipif(find_upstream() is None, reason=MISSING)
@pytest.mark.parametrize("version", [release.version for release in releases("cert-manager")])
@pytest.mark.parametrize(("net", "nodes"), SHAPES)
def test_every_object_is_valid(version: str, net: str, nodes: str) -> None:
    """Every release of cert-manager takes both certificates and the issuer."""
    made = make_harbor(net=net, nodes=nodes)
    crds = release_crds("cert-manager", version)
    assert [one.manifest["metadata"]["name"] for one in made.built] == ["harbor-tls", "harbor-token", "harbor-token"]
    assert [p for one in made.built for p in validate(one.manifest, crds)] == []


def test_the_certificate_is_for_the_host_and_from_the_issuer() -> None:
    """The Secret it fills is the one that the Ingress shows."""
    made = make_harbor({"tls": {"issuer": "lab"}, "namespace": "registry"}, brought=(*BROUGHT, OWN_CA))
    spec = made.spec("Certificate", "harbor-tls")
    assert (spec["dnsNames"], spec["issuerRef"]["name"]) == ([HOST], "lab")
    assert spec["secretName"] == made.value("harbor", "expose.tls.secret.secretName")
    assert {one.manifest["metadata"]["namespace"] for one in made.built} == {"registry"}


@pytest.mark.parametrize(
    "settings",
    [{"tls": {"secretName": "mine"}}, {"tls": {"insecure": True}}, {"gateway": {"name": "g", "namespace": "web"}}],
)
def test_no_certificate_is_made_that_nobody_reads(settings: dict[str, Any]) -> None:
    """Only the key for tokens is left, and the first issuer is not needed."""
    made = make_harbor(settings)
    assert {one.manifest["metadata"]["name"] for one in made.built} == {"harbor-token"}
    assert Issuer not in {need.offer for need in made.applications["harbor"].needs}


def test_tokens_are_signed_with_an_rsa_key_that_stays() -> None:
    """Harbor reads RSA in PKCS#1 when it starts; a key that changed below it would make tokens void."""
    made = make_harbor()
    key = made.spec("Certificate", "harbor-token")["privateKey"]
    assert (key["algorithm"], key["encoding"], key["rotationPolicy"]) == ("RSA", "PKCS1", "Never")
    assert made.value("harbor", "core.secretName") == "harbor-token"


def test_without_cert_manager_nothing_of_it_is_written() -> None:
    """The key for tokens is then one more Secret to make."""
    made = make_harbor(brought=WITHOUT_CERTIFICATES)
    assert made.built == []
    [token] = [secret for secret in made.applications["harbor"].secrets if secret.name == "harbor-token"]
    assert token.keys == ("tls.crt", "tls.key")


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ({}, ["harbor-secrets"]),
        ({"secretName": "s"}, ["s"]),
        ({"tls": {"secretName": "mine"}}, ["harbor-secrets", "mine"]),
        (OUTSIDE, ["harbor-secrets", "harbor-s3"]),
        ({"externalDatabase": {"host": "db", "secretName": "db-app"}}, ["harbor-secrets", "db-app"]),
    ],
)
def test_every_secret_that_nobody_makes_is_listed(settings: dict[str, Any], names: list[str]) -> None:
    """By name, with its keys and the form of each."""
    secrets = make_harbor(settings).applications["harbor"].secrets
    assert [secret.name for secret in secrets] == names
    assert all(len(secret.formats) == len(secret.keys) > 0 for secret in secrets)
    assert {secret.namespace for secret in secrets} == {"harbor"}


def test_keys_have_the_lengths_that_harbor_takes() -> None:
    """The key that encrypts must have 16 characters, the one against forged requests 32."""
    [secret] = make_harbor().applications["harbor"].secrets
    forms = dict(zip(secret.keys, secret.formats, strict=True))
    assert (forms["secretKey"], forms["CSRF_KEY"]) == ("16 random characters", "32 random characters")
    assert forms["REGISTRY_HTPASSWD"].startswith("bcrypt htpasswd line of harbor_registry_user")


def test_everything_it_needs_comes_first() -> None:
    """Class, way in, issuer: all are there, and the needs name them."""
    made = make_harbor(
        others={
            "cert-manager": {"issuers": {"lab": {"selfSigned": {"commonName": "lab"}}}},
            "traefik": {"expose": "NodePort"},
        },
        brought=(NETWORK, BLOCK),
    )
    waves = made.order.waves
    assert made.order.unmet == ()
    assert waves["harbor"] > max(waves["cert-manager-issuers"], waves["traefik"])


@pytest.mark.parametrize(
    ("settings", "brought", "kind", "path"),
    [
        ({}, (NETWORK, TRAEFIK), StorageClass, ()),
        ({"storageClass": "fast"}, BROUGHT, StorageClass, ("storageClass",)),
        ({"databaseStorageClass": "fast"}, BROUGHT, StorageClass, ("databaseStorageClass",)),
        ({}, (NETWORK, BLOCK), IngressClass, ()),
        ({"ingressClass": "nginx"}, BROUGHT, IngressClass, ("ingressClass",)),
        ({"tls": {"issuer": "acme"}}, BROUGHT, Issuer, ("tls", "issuer")),
        ({"gateway": {"name": "g", "namespace": "w"}}, BROUGHT, ApiGroup, ("gateway",)),
    ],
)
def test_what_nobody_brings_is_an_unmet_need(settings: Any, brought: Any, kind: Any, path: tuple[str, ...]) -> None:
    """The need points at the setting that has it, or at none where nothing is said."""
    unmet = make_harbor(settings, brought=brought).order.unmet
    assert {(one.need.offer, one.need.path) for one in unmet} == {
        (kind, ("components", "harbor", *path) if path else ())
    }


def test_the_first_issuer_and_the_default_class_are_taken() -> None:
    """What is not said is what the cluster has."""
    other = IngressClass(by="x", name="other")
    made = make_harbor(brought=(NETWORK, other, TRAEFIK, BLOCK, *BROUGHT[4:], OWN_CA))
    assert made.value("harbor", "expose.ingress.className") == "traefik"
    assert made.spec("Certificate", "harbor-tls")["issuerRef"]["name"] == LETSENCRYPT.name


def test_every_pod_fits_the_strictest_level() -> None:
    """The chart drops every right of its containers, init containers among them (containerSecurityContext)."""
    assert make_harbor().applications["harbor"].pod_security == "restricted"


def test_every_object_names_its_setting() -> None:
    """A finding on an object can point at the setting that made it."""
    assert all(origin.startswith("components.harbor") for one in make_harbor().built for origin in one.origin)
