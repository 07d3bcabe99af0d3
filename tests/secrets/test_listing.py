"""The list tells people and programs what is left to do."""

from __future__ import annotations

import json
from typing import Any

from platform_support.made import make_cluster
from secrets_support.made import make_wanted
from trimtab.secrets.listing import list_entries, list_value, render_list
from trimtab.secrets.wanted import Wanted

WANTED = make_wanted({"password": "32 random characters", "token": "a token"})
ARGOCD = make_wanted({"auth": "32 random characters"}, namespace="argocd", name="redis", by_hand=True)


def told(*wanted: Wanted, sealed: Any = None, **secrets: Any) -> tuple[str, Any]:
    """Give the list as text and as JSON."""
    cluster = make_cluster({}, secrets=secrets).cluster
    entries = list_entries(wanted, cluster, sealed or {})
    return render_list(entries, cluster), json.loads(json.dumps(list_value(entries, cluster)))


def test_nothing_to_do_is_told() -> None:
    """A cluster without Secrets gets one line."""
    assert told()[0] == "cluster c needs no Secret from outside Git\n"


def test_the_text_has_all_that_is_needed() -> None:
    """Who needs it, who makes it, each key, each command."""
    assert told(ARGOCD)[0] == (
        "cluster c: 1 Secret whose values are not in Git\n\n"
        "namespaces, where they are not there yet\n"
        "  $ kubectl create namespace argocd\n\n"
        "argocd/redis\n"
        "  needed by shop: its database\n"
        "  made by a person, before Argo CD brings anything\n"
        "  key auth: 32 random characters\n"
        "  $ openssl rand -hex 16 | tr -d '\\n' | "
        "kubectl create secret generic redis --namespace=argocd --from-file=auth=/dev/stdin\n"
    )


def test_sealed_values_are_counted_off() -> None:
    """What is not sealed yet is named, with its command; what is, is not."""
    text, value = told(WANTED, provider="sealed-secrets", sealed={"shop/database": ("f.yaml", frozenset({"token"}))})
    assert "made by a SealedSecret, f.yaml; not sealed yet: password\n" in text
    assert "--seal shop/database password\n" in text
    assert "--seal shop/database token" not in text
    assert value["secrets"][0]["unsealed"] == ["password"]


def test_the_place_in_the_store_is_told() -> None:
    """Whoever fills the store reads where."""
    text, value = told(WANTED, provider="external-secrets", store="vault")
    assert "made by an ExternalSecret, from c/shop/database in vault, a property for each key\n" in text
    assert value["secrets"][0]["where"] == "c/shop/database"
    assert value["secrets"][0]["commands"] == []


def test_argocds_own_are_made_by_hand_whatever_the_provider() -> None:
    """They are needed before anything can be brought from Git."""
    _, value = told(ARGOCD, provider="sealed-secrets")
    assert value["secrets"][0]["provider"] == "none"
    assert value["secrets"][0]["generatable"] is True


def test_programs_get_every_key() -> None:
    """With its form, and whether a machine can make it."""
    _, value = told(WANTED)
    assert value["secrets"][0]["keys"] == [
        {"name": "password", "format": "32 random characters", "generatable": True},
        {"name": "token", "format": "a token", "generatable": False},
    ]
