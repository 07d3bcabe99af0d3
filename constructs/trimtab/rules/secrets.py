"""Rules on Secrets: references that nobody could look up, and stores that nobody may ask."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.components.external_secrets.settings import Settings
from trimtab.findings.finding import Severity
from trimtab.plan.offers import SecretStore
from trimtab.rules.rule import Problem, Rule, Subject
from trimtab.settings.secrets import Provider


def check_reference_without_store(subject: Subject) -> Iterator[Problem]:
    """Find external references that name no store."""
    secrets = subject.cluster.settings.secrets
    if secrets.provider is Provider.EXTERNAL_SECRETS and secrets.store is None:
        names = sorted(store.name for store in subject.facts.iter_offers(SecretStore))
        yield Problem(
            path=("secrets",),
            on_key=True,
            message="references are looked up in a store, and none is named",
            help=f"name one in `secrets.store`; there are: {', '.join(names)}"
            if names
            else "add one to `components.external-secrets.stores`, and name it in `secrets.store`",
        )


def check_unknown_secret_store(subject: Subject) -> Iterator[Problem]:
    """Find a named store that the component does not make."""
    secrets = subject.cluster.settings.secrets
    if secrets.provider is not Provider.EXTERNAL_SECRETS or secrets.store is None:
        return
    if subject.facts.has(SecretStore, secrets.store):
        return
    names = sorted(store.name for store in subject.facts.iter_offers(SecretStore))
    listed = f"there are: {', '.join(names)}; " if names else ""
    yield Problem(
        path=("secrets", "store"),
        message=f"no component makes a ClusterSecretStore '{secrets.store}'",
        help=f"{listed}add it to `components.external-secrets.stores`, or allow this if a manifest of yours makes it",
    )


def check_store_sign_in(subject: Subject) -> Iterator[Problem]:
    """Find stores with two ways to sign in, or none."""
    settings = subject.components.get("external-secrets")
    for name, store in settings.stores.items() if isinstance(settings, Settings) else ():
        if (store.vault.kubernetes is None) == (store.vault.token is None):
            what = "no way to sign in" if store.vault.token is None else "two ways to sign in"
            yield Problem(
                path=("components", "external-secrets", "stores", name, "vault"),
                on_key=True,
                message=f"the store '{name}' has {what}",
                help="give exactly one of `kubernetes` and `token`",
            )


RULES = (
    Rule(
        code="reference-without-store",
        severity=Severity.ERROR,
        meaning="References to Secrets name no store to look them up in.",
        why="An ExternalSecret needs a store, and the API server's webhook refuses one without "
        "(external-secrets v2.9.0 apis/externalsecrets/v1).",
        cure="Add a store to `components.external-secrets.stores`, and name it in `secrets.store`.",
        check=check_reference_without_store,
    ),
    Rule(
        code="unknown-secret-store",
        severity=Severity.WARNING,
        meaning="References name a store that no component makes.",
        why="They are never ready, and every pod that mounts their Secrets waits.",
        cure="Add the store to `components.external-secrets.stores`; allow this if a manifest of yours makes it.",
        check=check_unknown_secret_store,
    ),
    Rule(
        code="store-sign-in",
        severity=Severity.ERROR,
        meaning="A store has two ways to sign in, or none.",
        why="The CRD takes any number; the operator uses the first it knows and fails on none "
        "(external-secrets v2.9.0 providers/v1/vault).",
        cure="Keep exactly one of `kubernetes` and `token`.",
        check=check_store_sign_in,
    ),
)
