"""What Prometheus brings: the kinds that monitors are written in, first and alone, then somebody who reads them."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.components.prometheus.alerts.topics import has_objects
from trimtab.components.prometheus.names import CRDS, GROUP, PROMETHEUS, RULES, wanted_namespace
from trimtab.components.prometheus.pages import COMPONENT, iter_pages, nagios_host, page_needs
from trimtab.components.prometheus.settings import Settings
from trimtab.plan.application import Application, Ignored, WantedSecret
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import (
    ApiGroup,
    Controller,
    MonitorSelector,
    NamespaceOffer,
    Need,
    Offer,
    PodNetwork,
    StorageClass,
)

CERTIFICATES = "cert-manager.io"
_ORIGIN = "components.prometheus"


def offers(settings: Settings, _cluster: Cluster) -> tuple[Offer, ...]:
    """Give the API group by the CRDs alone: storage wants it, and Prometheus wants storage."""
    return (
        ApiGroup(by=CRDS, name=GROUP),
        Controller(by=PROMETHEUS, name=GROUP),
        MonitorSelector(by=PROMETHEUS),
        NamespaceOffer(by=PROMETHEUS, name=wanted_namespace(settings), pod_security="privileged"),
    )


def applications(settings: Settings, facts: Facts) -> tuple[Application, ...]:
    """Give the CRDs, the stack, and our own rules; no rules where there is nothing to have rules about."""
    crds = Application(
        name=CRDS,
        component="prometheus",
        namespace=wanted_namespace(settings),
        creates_namespace=False,
        # Deleting the CRDs deletes every monitor and every rule in the cluster.
        keeps_on_delete=True,
        origins=(_ORIGIN,),
    )
    stack = _stack(settings, facts)
    return (crds, stack, _rules(settings, facts)) if has_objects(settings, facts) else (crds, stack)


def _stack(settings: Settings, facts: Facts) -> Application:
    """node-exporter reads the host's files and network, which only the privileged level allows."""
    grafana = settings.wanted_grafana
    pages = dict(iter_pages(settings, facts))
    return Application(
        name=PROMETHEUS,
        component="prometheus",
        namespace=wanted_namespace(settings),
        pod_security="privileged",
        needs=(
            Need(offer=PodNetwork),
            Need(offer=ApiGroup, name=GROUP),
            _storage_need(settings, facts),
            Need(offer=Controller, name=CERTIFICATES, optional=True),
            *page_needs(pages.values(), settings),
        ),
        holds_data=grafana is not None and grafana.size is not None,
        ignored=tuple(
            Ignored(
                group="admissionregistration.k8s.io",
                kind=kind,
                jq_path_expressions=(".webhooks[]?.clientConfig.caBundle",),
            )
            for kind in ("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration")
            if facts.has(Controller, CERTIFICATES)
        ),
        secrets=tuple(_secrets(settings)),
        host_names=tuple(pages),
        origins=(_ORIGIN,),
    )


def _rules(settings: Settings, facts: Facts) -> Application:
    """The operator's webhook reads rules before they are stored, so it comes first."""
    host = nagios_host(settings, facts)
    return Application(
        name=RULES,
        component="prometheus",
        namespace=wanted_namespace(settings),
        creates_namespace=False,
        needs=(
            Need(offer=NamespaceOffer, name=wanted_namespace(settings)),
            Need(offer=ApiGroup, name=GROUP),
            Need(offer=Controller, name=GROUP),
            *page_needs([(*COMPONENT, "nagios")] if host else [], settings),
        ),
        host_names=(host,) if host else (),
        origins=(_ORIGIN,),
    )


def _storage_need(settings: Settings, facts: Facts) -> Need:
    path = (*COMPONENT, "storageClass")
    if settings.storage_class:
        return Need(offer=StorageClass, name=settings.storage_class, path=path)
    default = facts.default_storage_class
    return Need(offer=StorageClass, name=default.name if default else None, path=path)


def _secrets(settings: Settings) -> Iterator[WantedSecret]:
    namespace = wanted_namespace(settings)
    if grafana := settings.wanted_grafana:
        yield WantedSecret(
            namespace=namespace,
            name=grafana.admin_secret,
            keys=("admin-user", "admin-password"),
            why="the first user of Grafana",
            formats=("a user name, such as admin", "32 random characters"),
        )
    if config := settings.alertmanager.config_secret:
        yield WantedSecret(
            namespace=namespace,
            name=config,
            keys=("alertmanager.yaml",),
            why="Alertmanager's routes and receivers",
            formats=("an Alertmanager configuration in YAML",),
        )
