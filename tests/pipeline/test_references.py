"""References go all the way from settings to the tree."""

from __future__ import annotations

import json

import pytest

from repository_support.repository import Repository, codes

POD = """
apiVersion: v1
kind: Pod
metadata: {name: shop}
spec:
  containers:
    - name: shop
      image: registry.example.org/shop:1.4.2
      env: [{name: WORD, valueFrom: {secretKeyRef: {name: database, key: password}}}]
"""
STORE = {"server": "https://vault.example.org:8200", "kubernetes": {"role": "eso"}}
SETTINGS = f"""
secrets: {{provider: external-secrets, store: vault}}
components:
  external-secrets: {{stores: {{vault: {{vault: {STORE}}}}}}}
  cert-manager:
    issuers:
      own: {{ca: {{secret: {{name: own-ca}}}}}}
"""


def test_the_reference_lies_with_who_reads_it(repository: Repository) -> None:
    """The issuers bring it, after the store that it is looked up in; Argo CD's own Secret has none."""
    repository.add(SETTINGS)
    assert codes(repository.synth()) == []
    [reference] = [one for one in repository.objects("cert-manager-issuers") if one["kind"] == "ExternalSecret"]
    assert reference["metadata"]["namespace"] == "cert-manager"
    assert reference["spec"]["data"][0]["remoteRef"]["key"] == "lab/cert-manager/own-ca"
    assert not [one for one in repository.objects("argocd") if one["kind"] == "ExternalSecret"]


@pytest.mark.parametrize("provider", ["external-secrets", "sealed-secrets"])
def test_a_provider_that_is_not_there_is_found(repository: Repository, provider: str) -> None:
    """Nobody would make the Secret, and the finding points at the setting."""
    repository.add(SETTINGS)
    repository.add(f"secrets: {{provider: {provider}}}\ncomponents: {{external-secrets: null}}")
    found = [one for one in repository.check().findings if one.code == "kind-not-served"]
    assert [one.path for one in found] == [("secrets", "provider")]


def test_secret_of_an_own_application_is_listed_and_may_be_named(repository: Repository) -> None:
    """A Deployment of the user's names it; without the word that somebody makes it, the name is nobody's."""
    repository.write("apps/manifests/lab/shop/pod.yaml", POD)
    assert "secret-made-by-nobody" in codes(repository.synth())
    repository.add("applications: {shop: {secrets: {database: {keys: {password: 32 random characters}}}}}")
    assert codes(repository.synth()) == []
    listed = [(one["namespace"], one["name"]) for one in json.loads(repository.tree()["lab/index.json"])["secrets"]]
    assert ("shop", "database") in listed
