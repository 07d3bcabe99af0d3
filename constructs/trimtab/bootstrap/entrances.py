"""Where a host name's record must lead: the address of whoever serves it, or how that is read."""

from __future__ import annotations

from dataclasses import dataclass

from trimtab.components.assemble import Plan
from trimtab.components.ingress_nginx.settings import Settings as Nginx
from trimtab.components.traefik.settings import Settings as Traefik
from trimtab.findings.path import get_value
from trimtab.kube.entrance import plan_published_address
from trimtab.kube.release import ChartRelease
from trimtab.plan.application import Application
from trimtab.plan.offers import GatewayClass, IngressClass
from trimtab.plan.ranges import is_range, range_bounds, range_size

_SERVICES = {
    "traefik": (("service", "spec", "loadBalancerIP"), ("service", "annotations"), "app.kubernetes.io/name=traefik"),
    "ingress-nginx": (
        ("controller", "service", "loadBalancerIP"),
        ("controller", "service", "annotations"),
        "app.kubernetes.io/name=ingress-nginx,app.kubernetes.io/component=controller",
    ),
}
"""Application to the chart values that pin its Service's address, and to the Service's labels."""

_PINS = ("metallb.io/loadBalancerIPs", "metallb.universe.tf/loadBalancerIPs", "projectcalico.org/loadBalancerIPs")
"""Annotations that ask for an address by itself (metallb.io usage; docs.tigera.io, LoadBalancer IP address management).
Calico writes a list in JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """What serves the host names of an application."""

    application: str
    namespace: str
    selector: str
    """The labels of its Service, as kubectl reads them."""
    addresses: tuple[str, ...] = ()
    """Where the records must lead; nothing where only the cluster will say."""


def find_entrance(application: Application, plan: Plan) -> Entrance | None:
    """Give what serves an application's host names.

    Args:
        application: The application.
        plan: The cluster's plan.

    Returns:
        The entrance; nothing where it is the user's own, or the distribution's.
    """
    name = _server(application, plan)
    settings = plan.settings.get(name) if name else None
    if name is None or not isinstance(settings, Traefik | Nginx):
        return None
    return Entrance(
        application=name,
        namespace=plan.application(name).namespace,
        selector=_SERVICES[name][2],
        addresses=_addresses(name, settings, plan),
    )


def _server(application: Application, plan: Plan) -> str | None:
    """Give the application that answers for the class that is needed: the one by name, else the default, else any."""
    wanted = next((need for need in application.needs if need.offer is IngressClass), None)
    if wanted is None:
        routed = any("gateway" in need.path for need in application.needs)
        found = plan.facts.find(GatewayClass) if routed else None
        return found.by if found else None
    classes = sorted(plan.facts.iter_offers(IngressClass), key=lambda offer: not offer.default)
    return next((offer.by for offer in classes if wanted.is_met_by(offer)), None)


def _addresses(name: str, settings: Traefik | Nginx, plan: Plan) -> tuple[str, ...]:
    if settings.expose != "LoadBalancer":
        address = plan_published_address(plan.cluster, settings.published_address)
        return (address,) if address else ()
    return _pinned(name, plan) or _only(plan.cluster.settings.network.load_balancers)


def _pinned(name: str, plan: Plan) -> tuple[str, ...]:
    """Give the addresses that the chart's values ask for."""
    source = plan.sources.get(name)
    if not isinstance(source, ChartRelease):
        return ()
    single, annotations, _ = _SERVICES[name]
    given = get_value(source.values, annotations) or {}
    texts = [str(given[key]) for key in _PINS if given.get(key)] or [str(get_value(source.values, single) or "")]
    found = (part.strip(' []"') for text in texts for part in text.split(","))
    return tuple(dict.fromkeys(part for part in found if part))


def _only(ranges: list[str]) -> tuple[str, ...]:
    """Give the addresses of ranges of one address each; nothing where any has more, for which one is not known."""
    if not ranges or not all(is_range(text) and range_size(text) == 1 for text in ranges):
        return ()
    return tuple(str(range_bounds(text)[0]) for text in ranges)
