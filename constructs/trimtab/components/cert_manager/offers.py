"""What cert-manager brings: certificates, and the issuers they come from."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.components.cert_manager.issuer_settings import IssuerSettings
from trimtab.components.cert_manager.settings import Settings
from trimtab.components.cert_manager.solvers import uses_http01
from trimtab.kube.monitoring import MONITORING_GROUP
from trimtab.kube.webhooks import ignore_authorities
from trimtab.plan.application import Application, WantedSecret
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import ApiGroup, Controller, IngressClass, Issuer, Need, Offer, PodNetwork

CONTROLLER = "cert-manager"
ISSUERS = "cert-manager-issuers"
NAMESPACE = "cert-manager"
GROUP = "cert-manager.io"
ACME_GROUP = "acme.cert-manager.io"
GATEWAY_GROUP = "gateway.networking.k8s.io"


def offers(settings: Settings, _cluster: Cluster) -> tuple[Offer, ...]:
    """Give the API groups, the controller, and the issuers once they are there."""
    return (
        ApiGroup(by=CONTROLLER, name=GROUP),
        ApiGroup(by=CONTROLLER, name=ACME_GROUP),
        Controller(by=CONTROLLER, name=GROUP),
        *(Issuer(by=ISSUERS, name=name, challenge=_challenge(one)) for name, one in settings.issuers.items()),
    )


def _challenge(issuer: IssuerSettings) -> str | None:
    if issuer.acme is None:
        return None
    return "dns01" if issuer.acme.dns01 else "http01"


def applications(settings: Settings, facts: Facts) -> tuple[Application, ...]:
    """Give the controller, and the issuers in a later wave: the webhook that checks them must run first."""
    namespace = settings.namespace or NAMESPACE
    controller = Application(
        name=CONTROLLER,
        component="cert-manager",
        namespace=namespace,
        pod_security="restricted",
        needs=(
            Need(offer=PodNetwork),
            # The controller looks for Gateways once, when it starts (cert-manager website, usage/gateway).
            Need(offer=ApiGroup, name=GATEWAY_GROUP, optional=True),
            # Only the CRDs, not Prometheus itself: that may want certificates first.
            Need(offer=ApiGroup, name=MONITORING_GROUP, optional=True),
        ),
        ignored=ignore_authorities(),
        origins=("components.cert-manager",),
    )
    if not settings.issuers:
        return (controller,)
    issuers = Application(
        name=ISSUERS,
        component="cert-manager",
        namespace=namespace,
        creates_namespace=False,
        needs=(Need(offer=Controller, name=GROUP), *_http01_needs(settings)),
        secrets=tuple(_secrets(settings, namespace)),
        origins=("components.cert-manager.issuers",),
    )
    return (controller, issuers)


def _http01_needs(settings: Settings) -> Iterator[Need]:
    """Need what answers challenges: the kinds of the Gateway API where a Gateway is named, else an Ingress class."""
    for name, issuer in settings.issuers.items():
        acme = issuer.acme
        if acme is None or not uses_http01(acme):
            continue
        path = ("components", "cert-manager", "issuers", name, "acme")
        if acme.http01 is not None and acme.http01.gateway is not None:
            yield Need(offer=ApiGroup, name=GATEWAY_GROUP, path=(*path, "http01", "gateway"))
        elif acme.http01 is not None and acme.http01.ingress_class:
            yield Need(offer=IngressClass, name=acme.http01.ingress_class, path=(*path, "http01", "ingressClass"))
        else:
            yield Need(offer=IngressClass, path=path)


def _secrets(settings: Settings, namespace: str) -> Iterator[WantedSecret]:
    for name, issuer in settings.issuers.items():
        if issuer.ca is not None:
            yield WantedSecret(
                namespace=namespace,
                name=issuer.ca.secret.name,
                keys=("tls.crt", "tls.key"),
                why=f"the CA of the ClusterIssuer {name}",
                formats=("a CA's certificate in PEM", "its key in PEM"),
                type="kubernetes.io/tls",
            )
        if issuer.acme is not None and issuer.acme.dns01 is not None:
            secret = issuer.acme.dns01.rfc2136.key_secret
            yield WantedSecret(
                namespace=namespace,
                name=secret.name,
                keys=(secret.key,),
                why=f"the TSIG key of the ClusterIssuer {name}",
                formats=("the TSIG key in base64, as the name server has it",),
            )
