"""What Traefik brings: an IngressClass, and a GatewayClass where the cluster has the Gateway API."""

from __future__ import annotations

from trimtab.components.traefik.settings import Settings
from trimtab.kube.monitoring import MONITORING_GROUP
from trimtab.plan.application import Application
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import (
    AddressPool,
    ApiGroup,
    Controller,
    GatewayClass,
    IngressClass,
    NamespaceOffer,
    Need,
    Offer,
    PodNetwork,
)

TRAEFIK = "traefik"
NAMESPACE = "traefik"
GROUP = "traefik.io"
GATEWAY_GROUP = "gateway.networking.k8s.io"
GATEWAY_CLASS = "traefik"
_ORIGIN = "components.traefik"


def offers(settings: Settings, cluster: Cluster) -> tuple[Offer, ...]:
    """Give the classes and Traefik's own kinds."""
    namespace = settings.namespace or NAMESPACE
    wanted = settings.ingress_class
    return (
        IngressClass(by=TRAEFIK, name=wanted.name, default=wanted.default),
        *((GatewayClass(by=TRAEFIK, name=GATEWAY_CLASS),) if "gateway-api" in cluster.settings.components else ()),
        ApiGroup(by=TRAEFIK, name=GROUP),
        Controller(by=TRAEFIK, name=GROUP),
        NamespaceOffer(by=TRAEFIK, name=namespace, pod_security=_pod_security(settings)),
    )


def applications(settings: Settings, facts: Facts) -> tuple[Application, ...]:
    """Give the one application. It looks for Gateways when it starts, so their kinds come first."""
    return (
        Application(
            name=TRAEFIK,
            component=TRAEFIK,
            namespace=settings.namespace or NAMESPACE,
            pod_security=_pod_security(settings),
            needs=(
                Need(offer=PodNetwork),
                *_address(settings),
                Need(offer=ApiGroup, name=GATEWAY_GROUP, optional=True),
                Need(offer=ApiGroup, name=MONITORING_GROUP, optional=True),
            ),
            origins=(_ORIGIN,),
        ),
    )


def _pod_security(settings: Settings) -> str:
    """Ports of the host are beyond the baseline level; nothing else of the chart is beyond the restricted one."""
    return "privileged" if settings.expose == "HostPort" else "restricted"


def _address(settings: Settings) -> tuple[Need, ...]:
    if settings.expose != "LoadBalancer":
        return ()
    return (Need(offer=AddressPool),)
