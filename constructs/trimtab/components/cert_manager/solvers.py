"""How an ACME issuer proves that a name is ours."""

from __future__ import annotations

from ipaddress import IPv6Address
from typing import Any

from trimtab.components.cert_manager.issuer_settings import Acme, Dns01, Http01
from trimtab.kube.objects import without_nothing
from trimtab.plan.facts import Facts
from trimtab.plan.offers import IngressClass


def plan_solvers(acme: Acme, facts: Facts) -> list[dict[str, Any]]:
    """Give the solvers of an issuer: DNS-01 where it is set, HTTP-01 where it is set or nothing else is."""
    solvers = []
    if acme.dns01 is not None:
        solvers.append(_dns01(acme.dns01))
    if acme.http01 is not None or acme.dns01 is None:
        solvers.append({"http01": _http01(acme.http01 or Http01(), facts)})
    wait = {"waitInsteadOfSelfCheck": acme.wait_instead_of_self_check} if acme.wait_instead_of_self_check else {}
    return [{**solver, **wait} for solver in solvers]


def _http01(http01: Http01, facts: Facts) -> dict[str, Any]:
    if http01.gateway is not None:
        gateway = http01.gateway
        parent = without_nothing(
            {
                "group": "gateway.networking.k8s.io",
                "kind": "Gateway",
                "name": gateway.name,
                "namespace": gateway.namespace,
                "sectionName": gateway.section_name,
            }
        )
        return {"gatewayHTTPRoute": {"parentRefs": [parent], "serviceType": "ClusterIP"}}
    offered = next((o for o in facts.iter_offers(IngressClass) if o.default), None) or facts.find(IngressClass)
    name = http01.ingress_class or (offered.name if offered else None)
    # NodePort, cert-manager's own default, opens a port on every node for nothing.
    return {"ingress": without_nothing({"ingressClassName": name, "serviceType": "ClusterIP"})}


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


def bracketed(nameserver: str) -> str:
    """Write a name server as cert-manager wants it: an IPv6 address in brackets, the port named.

    Source: cert-manager v1.21.1 internal/apis/certmanager/validation/issuer.go:674-680.
    """
    if _is_ipv6(nameserver):
        return f"[{nameserver}]:53"
    host, colon, port = nameserver.rpartition(":")
    if colon and port.isdigit() and _is_ipv6(host):
        return f"[{host}]:{port}"
    return nameserver if colon and port.isdigit() else f"{nameserver}:53"


def _is_ipv6(text: str) -> bool:
    try:
        IPv6Address(text)
    except ValueError:
        return False
    return True
