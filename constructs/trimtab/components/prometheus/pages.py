"""The host names that lead to its pages: which there are, who serves them, who signs for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from trimtab.components.prometheus.settings import Settings
from trimtab.findings.path import Path
from trimtab.kube.routes import GATEWAY_GROUP, plan_route_values
from trimtab.plan.facts import Facts
from trimtab.plan.offers import ApiGroup, IngressClass, Issuer, Need

COMPONENT: Path = ("components", "prometheus")


def grafana_host(settings: Settings, facts: Facts) -> str | None:
    """Give Grafana's host name: the one that is set, or one below the cluster's domain where anything serves it."""
    grafana = settings.wanted_grafana
    if grafana is None:
        return None
    domain = facts.cluster.settings.domain
    usual = f"grafana.{domain}" if domain and (settings.gateway or facts.has(IngressClass)) else None
    return grafana.host or usual


def nagios_host(settings: Settings, facts: Facts) -> str | None:
    """Give the host name that Nagios asks; nothing where none is set and the cluster has no domain."""
    if settings.nagios is None:
        return None
    domain = facts.cluster.settings.domain
    return settings.nagios.host or (f"prometheus-checks.{domain}" if domain else None)


def iter_pages(settings: Settings, facts: Facts) -> Iterator[tuple[str, Path]]:
    """Give the host name of every page that the chart makes a way to, with the settings path it comes from."""
    named: tuple[tuple[str | None, Path], ...] = (
        (settings.host, ("host",)),
        (settings.alertmanager.host, ("alertmanager", "host")),
        (grafana_host(settings, facts), ("grafana",)),
    )
    return ((host, (*COMPONENT, *path)) for host, path in named if host)


def page_needs(paths: Iterable[Path], settings: Settings) -> Iterator[Need]:
    """Give what host names need: the kinds of a Gateway, or an Ingress class and the issuer where one is named.

    Args:
        paths: The settings path of each host name.
        settings: The settings.
    """
    name = settings.ingress_class
    for path in paths:
        if settings.gateway:
            yield Need(offer=ApiGroup, name=GATEWAY_GROUP, path=(*COMPONENT, "gateway"))
            continue
        yield Need(offer=IngressClass, name=name, path=(*COMPONENT, "ingressClass") if name else path)
        if settings.issuer:
            yield Need(offer=Issuer, name=settings.issuer, path=(*COMPONENT, "issuer"))


def ingress_class(settings: Settings, facts: Facts) -> str | None:
    """Give the class that serves the host names: the one that is set, the default one, the first one."""
    classes = tuple(facts.iter_offers(IngressClass))
    usual = next((offer.name for offer in classes if offer.default), classes[0].name if classes else None)
    return settings.ingress_class or usual


def wanted_issuer(settings: Settings, facts: Facts) -> str | None:
    """Give the ClusterIssuer of Ingresses' certificates; nothing where the cluster has none."""
    first = facts.find(Issuer)
    return settings.issuer or (first.name if first else None)


def page_url(host: str, settings: Settings, facts: Facts) -> str:
    """Give the address of a page, as links in alerts must name it."""
    return f"{'https' if settings.gateway or wanted_issuer(settings, facts) else 'http'}://{host}"


def plan_entrance_values(host: str, name: str, settings: Settings, facts: Facts) -> dict[str, Any]:
    """Give a chart's `route` or `ingress` values for one host; `name` names the Secret of an Ingress' certificate."""
    if settings.gateway:
        return {"route": plan_route_values(host, settings.gateway)}
    return {"ingress": _ingress(host, name, settings, facts)}


def _ingress(host: str, name: str, settings: Settings, facts: Facts) -> dict[str, Any]:
    values: dict[str, Any] = {"enabled": True, "hosts": [host]}
    if chosen := ingress_class(settings, facts):
        values["ingressClassName"] = chosen
    if issuer := wanted_issuer(settings, facts):
        values["annotations"] = {"cert-manager.io/cluster-issuer": issuer}
        values["tls"] = [{"secretName": f"{name}-tls", "hosts": [host]}]
    return values
