"""What ingress-nginx brings: an IngressClass."""

from __future__ import annotations

from trimtab.components.ingress_nginx.settings import Settings
from trimtab.kube.monitoring import MONITORING_GROUP
from trimtab.kube.webhooks import ignore_authority
from trimtab.plan.application import Application, Ignored
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import AddressPool, ApiGroup, Controller, IngressClass, NamespaceOffer, Need, Offer, PodNetwork

APPLICATION = "ingress-nginx"
NAMESPACE = "ingress-nginx"
CERTIFICATES = "cert-manager.io"


def offers(settings: Settings, _cluster: Cluster) -> tuple[Offer, ...]:
    """Give the class."""
    wanted = settings.ingress_class
    namespace = settings.namespace or NAMESPACE
    return (
        IngressClass(by=APPLICATION, name=wanted.name, default=wanted.default),
        NamespaceOffer(by=APPLICATION, name=namespace, pod_security=_pod_security(settings)),
    )


def applications(settings: Settings, facts: Facts) -> tuple[Application, ...]:
    """Give the one application; cert-manager, where there is one, must be able to sign for its webhook."""
    address = Need(offer=AddressPool)
    return (
        Application(
            name=APPLICATION,
            component=APPLICATION,
            namespace=settings.namespace or NAMESPACE,
            pod_security=_pod_security(settings),
            needs=(
                Need(offer=PodNetwork),
                *((address,) if settings.expose == "LoadBalancer" else ()),
                Need(offer=Controller, name=CERTIFICATES, optional=True),
                Need(offer=ApiGroup, name=MONITORING_GROUP, optional=True),
            ),
            ignored=_written_by_cert_manager(facts),
            origins=(f"components.{APPLICATION}",),
        ),
    )


def _pod_security(settings: Settings) -> str:
    """Ports of the host are beyond the baseline level; binding to low ports is within the restricted one."""
    return "privileged" if settings.expose == "HostPort" else "restricted"


def _written_by_cert_manager(facts: Facts) -> tuple[Ignored, ...]:
    return (ignore_authority(),) if facts.has(Controller, CERTIFICATES) else ()
