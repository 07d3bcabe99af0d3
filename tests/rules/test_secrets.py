"""Each rule on Secrets finds the bad thing, at its place, and leaves the good thing alone."""

from __future__ import annotations

from typing import Any

import pytest

from platform_support.made import NETWORK, make_cluster
from trimtab.findings.path import Path
from trimtab.plan.offers import SecretStore
from trimtab.rules.secrets import RULES

STORE = SecretStore(by="external-secrets-stores", name="vault")


def found(code: str, *brought: SecretStore, **secrets: Any) -> list[tuple[Path, str | None]]:
    """Give where a rule finds something in a cluster with these settings, and its advice."""
    made = make_cluster({}, brought=(NETWORK, *brought), secrets=secrets)
    return [(problem.path, problem.help) for problem in made.problems(RULES, code)]


@pytest.mark.parametrize(
    ("secrets", "count"),
    [
        ({"provider": "external-secrets"}, 1),
        ({"provider": "external-secrets", "store": "vault"}, 0),
        ({"provider": "sealed-secrets"}, 0),
        ({}, 0),
    ],
)
def test_reference_without_store(secrets: dict[str, str], count: int) -> None:
    """Only external references need a store."""
    assert len(found("reference-without-store", **secrets)) == count


def test_the_stores_there_are_get_listed() -> None:
    """The advice names them, or says where to add one."""
    [(path, advice)] = found("reference-without-store", STORE, provider="external-secrets")
    assert path == ("secrets",)
    assert advice == "name one in `secrets.store`; there are: vault"


def test_unknown_secret_store() -> None:
    """A store that no component makes is warned of, since a manifest of the user's may make it."""
    [(path, advice)] = found("unknown-secret-store", STORE, provider="external-secrets", store="valt")
    assert path == ("secrets", "store")
    assert advice
    assert "there are: vault;" in advice
    assert found("unknown-secret-store", STORE, provider="external-secrets", store="vault") == []
    assert found("unknown-secret-store", provider="none", store="valt") == []
