"""What Harbor needs; it brings nothing that another component would wait for."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.components.harbor.names import (
    CERTIFICATES,
    COMPONENT,
    GATEWAY_GROUP,
    HARBOR,
    wanted_host,
    wanted_issuer,
    wanted_namespace,
)
from trimtab.components.harbor.secrets import iter_secrets
from trimtab.components.harbor.settings import Settings
from trimtab.components.harbor.storage import plan_claims
from trimtab.kube.monitoring import MONITORING_GROUP
from trimtab.plan.application import Application
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import (
    ApiGroup,
    Controller,
    IngressClass,
    Issuer,
    NamespaceOffer,
    Need,
    Offer,
    PodNetwork,
    StorageClass,
)


def offers(settings: Settings, _cluster: Cluster) -> tuple[Offer, ...]:
    """Give its namespace."""
    return (NamespaceOffer(by=HARBOR, name=wanted_namespace(settings), pod_security="restricted"),)


def applications(settings: Settings, facts: Facts) -> tuple[Application, ...]:
    """Give the one application. Images and database are its data."""
    host = wanted_host(settings, facts.cluster)
    return (
        Application(
            name=HARBOR,
            component=HARBOR,
            namespace=wanted_namespace(settings),
            pod_security="restricted",
            needs=(
                Need(offer=PodNetwork),
                *_storage(settings, facts),
                *_entrance(settings, facts),
                Need(offer=ApiGroup, name=MONITORING_GROUP, optional=True),
            ),
            holds_data=True,
            claims=plan_claims(settings, facts.cluster),
            secrets=tuple(iter_secrets(settings, facts)),
            host_names=(host,) if host else (),
            origins=("components.harbor",),
        ),
    )


def _storage(settings: Settings, facts: Facts) -> Iterator[Need]:
    """Need the class of volumes, and the one of the database, by name: the default class has one too."""
    default = facts.default_storage_class
    usual = settings.storage_class or (default.name if default else None)
    path = (*COMPONENT, "storageClass") if settings.storage_class else ()
    yield Need(offer=StorageClass, name=usual, path=path)
    if settings.database_storage_class:
        own = (*COMPONENT, "databaseStorageClass")
        yield Need(offer=StorageClass, name=settings.database_storage_class, path=own, database=True)
    elif settings.external_database is None:
        yield Need(offer=StorageClass, name=usual, path=path, database=True)


def _entrance(settings: Settings, facts: Facts) -> Iterator[Need]:
    if settings.gateway:
        yield Need(offer=ApiGroup, name=GATEWAY_GROUP, path=(*COMPONENT, "gateway"))
    else:
        path = (*COMPONENT, "ingressClass") if settings.ingress_class else ()
        yield Need(offer=IngressClass, name=settings.ingress_class, path=path)
    if issuer := wanted_issuer(settings, facts):
        yield Need(offer=Issuer, name=issuer, path=(*COMPONENT, "tls", "issuer") if settings.tls.issuer else ())
    # It makes the key for tokens even where no issuer is asked for the host.
    yield Need(offer=Controller, name=CERTIFICATES, optional=True)
