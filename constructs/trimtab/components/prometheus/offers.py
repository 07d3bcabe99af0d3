"""What Prometheus brings: the kinds that monitors are written in, first and alone, then somebody who reads them."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.components.prometheus.alerts.topics import plan_topics
from trimtab.components.prometheus.control_plane import iter_etcd_hosts
from trimtab.components.prometheus.dashboards.topics import plan_boards
from trimtab.components.prometheus.names import CRDS, GROUP, PROMETHEUS, RULES, wanted_namespace
from trimtab.components.prometheus.pages import COMPONENT, iter_pages, nagios_host, page_needs
from trimtab.components.prometheus.settings import Settings
from trimtab.components.prometheus.targets import has_agents
from trimtab.kube.scheduling import plan_replicas
from trimtab.kube.webhooks import ignore_authorities
from trimtab.plan.application import Application, WantedSecret
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
from trimtab.plan.storage import Claim

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
    """Give the CRDs, the stack, and our own objects; the last only where there is any."""
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
    return (crds, stack, _rules(settings, facts)) if _has_objects(settings, facts) else (crds, stack)


def _has_objects(settings: Settings, facts: Facts) -> bool:
    """Say whether there is any object of our own."""
    shown = plan_topics(settings, facts) or plan_boards(settings, facts)
    found = has_agents(facts) or any(iter_etcd_hosts(facts.cluster))
    return bool(shown) or found or nagios_host(settings, facts) is not None


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
        ignored=ignore_authorities() if facts.has(Controller, CERTIFICATES) else (),
        secrets=tuple(_secrets(settings, facts)),
        host_names=tuple(pages),
        claims=tuple(_claims(settings, facts)),
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


def _claims(settings: Settings, facts: Facts) -> Iterator[Claim]:
    """Give the volumes of the stack, as `workloads.py` asks the chart for them."""
    usual = settings.storage_class
    copies = plan_replicas(facts.cluster, settings.replicas)
    yield Claim(name="samples", size=settings.size, count=copies, path=(*COMPONENT, "size"), storage_class=usual)
    alerts = (*COMPONENT, "alertmanager", "size")
    yield Claim(name="alerts", size=settings.alertmanager.size, path=alerts, storage_class=usual)
    grafana = settings.wanted_grafana
    if grafana and grafana.size:
        yield Claim(name="dashboards", size=grafana.size, path=(*COMPONENT, "grafana", "size"), storage_class=usual)


def _storage_need(settings: Settings, facts: Facts) -> Need:
    path = (*COMPONENT, "storageClass")
    if settings.storage_class:
        return Need(offer=StorageClass, name=settings.storage_class, path=path)
    default = facts.default_storage_class
    return Need(offer=StorageClass, name=default.name if default else None, path=path)


def _configuration(cluster: Cluster) -> str:
    """Say what Alertmanager's Secret holds: it reads a proxy from its own configuration alone, for each receiver.

    Source: prometheus/common config/http_config.go (ProxyConfig); its environment counts only where that says so.
    """
    proxy = cluster.settings.network.proxy
    more = f", with global.http_config.proxy_url: {proxy.https or proxy.http} for receivers outside" if proxy else ""
    return f"an Alertmanager configuration in YAML{more}"


def _secrets(settings: Settings, facts: Facts) -> Iterator[WantedSecret]:
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
            formats=(_configuration(facts.cluster),),
        )
