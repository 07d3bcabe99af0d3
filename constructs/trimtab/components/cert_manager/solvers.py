"""How an ACME issuer proves that a name is ours."""

from __future__ import annotations

from typing import Any

from trimtab.components.cert_manager.issuer_settings import Acme, Dns01, Gateway, Http01
from trimtab.components.cert_manager.nameservers import bracketed
from trimtab.kube.objects import without_nothing
from trimtab.kube.scheduling import plan_architecture_affinity
from trimtab.plan.facts import Facts
from trimtab.plan.offers import IngressClass


def plan_solvers(acme: Acme, facts: Facts, architectures: tuple[str, ...]) -> list[dict[str, Any]]:
    """Give the solvers of an issuer: DNS-01 where it is set, HTTP-01 where it is set or nothing else is.

    Args:
        acme: The issuer's settings.
        facts: The cluster, and the Ingress classes that serve challenges.
        architectures: What the image of the pod that answers HTTP-01 exists for.
    """
    solvers = []
    if acme.dns01 is not None:
        solvers.append(_dns01(acme.dns01))
    if uses_http01(acme):
        solvers.append({"http01": _http01(acme.http01 or Http01(), facts, architectures)})
    wait = {"waitInsteadOfSelfCheck": acme.wait_instead_of_self_check} if acme.wait_instead_of_self_check else {}
    return [{**solver, **wait} for solver in solvers]


def uses_http01(acme: Acme) -> bool:
    """Say whether ownership is proven over HTTP, asked for or because nothing else is."""
    return acme.http01 is not None or acme.dns01 is None


def _http01(http01: Http01, facts: Facts, architectures: tuple[str, ...]) -> dict[str, Any]:
    affinity = plan_architecture_affinity(facts.cluster, architectures)
    answering = {
        # NodePort, cert-manager's own default, opens a port on every node for nothing.
        "serviceType": "ClusterIP",
        **({"podTemplate": {"spec": {"affinity": affinity}}} if affinity else {}),
    }
    if http01.gateway is not None:
        return {"gatewayHTTPRoute": {"parentRefs": [_parent(http01.gateway)], **answering}}
    return {"ingress": without_nothing({"ingressClassName": _ingress_class(http01, facts), **answering})}


def _parent(gateway: Gateway) -> dict[str, Any]:
    return without_nothing(
        {
            "group": "gateway.networking.k8s.io",
            "kind": "Gateway",
            "name": gateway.name,
            "namespace": gateway.namespace,
            "sectionName": gateway.section_name,
        }
    )


def _ingress_class(http01: Http01, facts: Facts) -> str | None:
    """Give the class that is named, else the default one, else the first there is."""
    if http01.ingress_class:
        return http01.ingress_class
    offered = sorted(facts.iter_offers(IngressClass), key=lambda offer: not offer.default)
    return offered[0].name if offered else None


def _dns01(dns01: Dns01) -> dict[str, Any]:
    wanted = dns01.rfc2136
    solver: dict[str, Any] = {
        "dns01": {
            "rfc2136": {
                "nameserver": bracketed(wanted.nameserver),
                "tsigKeyName": wanted.key_name,
                "tsigAlgorithm": wanted.algorithm,
                "tsigSecretSecretRef": {"name": wanted.key_secret.name, "key": wanted.key_secret.key},
            }
        }
    }
    return {**solver, "selector": {"dnsZones": list(dns01.zones)}} if dns01.zones else solver
