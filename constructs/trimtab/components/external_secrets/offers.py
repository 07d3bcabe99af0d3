"""What the External Secrets operator brings: references that become Secrets, and stores to look them up in."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.components.external_secrets.settings import Settings
from trimtab.kube.monitoring import MONITORING_GROUP
from trimtab.kube.webhooks import ignore_authority
from trimtab.plan.application import Application, Ignored, WantedSecret
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import ApiGroup, Controller, Need, Offer, PodNetwork, SecretStore

OPERATOR = "external-secrets"
STORES = "external-secrets-stores"
NAMESPACE = "external-secrets"
GROUP = "external-secrets.io"
GENERATORS_GROUP = "generators.external-secrets.io"


def offers(settings: Settings, _cluster: Cluster) -> tuple[Offer, ...]:
    """Give the API groups, the controller, and the stores once they are there."""
    return (
        ApiGroup(by=OPERATOR, name=GROUP),
        ApiGroup(by=OPERATOR, name=GENERATORS_GROUP),
        Controller(by=OPERATOR, name=GROUP),
        *(SecretStore(by=STORES, name=name) for name in settings.stores),
    )


def applications(settings: Settings, _facts: Facts) -> tuple[Application, ...]:
    """Give the operator, and the stores in a later wave: the webhook that checks them must run first.

    The operator's objects stay when its Application goes: without the CRDs every ExternalSecret is deleted, and every
    Secret with it.
    """
    namespace = settings.namespace or NAMESPACE
    operator = Application(
        name=OPERATOR,
        component="external-secrets",
        namespace=namespace,
        pod_security="restricted",
        needs=(Need(offer=PodNetwork), Need(offer=ApiGroup, name=MONITORING_GROUP, optional=True)),
        keeps_on_delete=True,
        # The certificate controller makes a CA, keeps it in the chart's empty Secret, and tells the API server of it.
        ignored=(
            ignore_authority(),
            Ignored(kind="Secret", name=f"{full_name(settings)}-webhook", json_pointers=("/data",)),
        ),
        origins=("components.external-secrets",),
    )
    if not settings.stores:
        return (operator,)
    stores = Application(
        name=STORES,
        component="external-secrets",
        namespace=namespace,
        creates_namespace=False,
        needs=(Need(offer=Controller, name=GROUP),),
        keeps_on_delete=True,
        secrets=tuple(_iter_secrets(settings, namespace)),
        origins=("components.external-secrets.stores",),
    )
    return (operator, stores)


def full_name(settings: Settings) -> str:
    """Give the first part of what the chart names (external-secrets 2.9.0 templates/_helpers.tpl, fullname)."""
    release = settings.release_name or OPERATOR
    return release if OPERATOR in release else f"{release}-{OPERATOR}"


def _iter_secrets(settings: Settings, namespace: str) -> Iterator[WantedSecret]:
    for name, store in settings.stores.items():
        if token := store.vault.token:
            yield WantedSecret(
                namespace=namespace,
                name=token.secret_name,
                keys=(token.key,),
                why=f"how the ClusterSecretStore {name} signs in",
                formats=("a token that may read the store",),
                by_hand=True,
            )
