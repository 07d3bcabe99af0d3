"""Harbor's certificates: the one that clients see, and the key that it signs tokens with."""

from __future__ import annotations

from typing import Any

from trimtab.components.harbor.names import (
    TLS_SECRET,
    TOKEN_SECRET,
    has_certificates,
    wanted_host,
    wanted_issuer,
    wanted_namespace,
)
from trimtab.components.harbor.settings import Settings
from trimtab.kube.manifests import Manifests
from trimtab.kube.objects import plan_object
from trimtab.plan.facts import Facts

API_VERSION = "cert-manager.io/v1"
_GROUP = "cert-manager.io"


def build(manifests: Manifests, _application: str, settings: Settings, facts: Facts) -> None:
    """Add what cert-manager is to make, where there is one."""
    namespace = wanted_namespace(settings)
    host, issuer = wanted_host(settings, facts.cluster), wanted_issuer(settings, facts)
    if host and issuer:
        manifests.add(
            plan_object(API_VERSION, "Certificate", TLS_SECRET, namespace=namespace, spec=_for_clients(host, issuer)),
            origin=("components.harbor.host", "components.harbor.tls"),
            reasons={("spec", "dnsNames"): "clients refuse a certificate for another name"},
        )
    if has_certificates(facts):
        _build_token_key(manifests, namespace)


def _for_clients(host: str, issuer: str) -> dict[str, Any]:
    return {
        "secretName": TLS_SECRET,
        "dnsNames": [host],
        "privateKey": {"rotationPolicy": "Always"},
        "issuerRef": {"name": issuer, "kind": "ClusterIssuer", "group": _GROUP},
    }


def _build_token_key(manifests: Manifests, namespace: str) -> None:
    """Sign it by itself: Harbor alone reads it, and no authority outside would sign for its name."""
    origin = ("components.harbor",)
    itself = plan_object(API_VERSION, "Issuer", TOKEN_SECRET, namespace=namespace, spec={"selfSigned": {}})
    manifests.add(itself, origin=origin)
    spec = {
        "secretName": TOKEN_SECRET,
        "commonName": TOKEN_SECRET,
        # As Go writes it back, so that no difference is seen.
        "duration": "87600h0m0s",
        "privateKey": {"algorithm": "RSA", "encoding": "PKCS1", "size": 4096, "rotationPolicy": "Never"},
        "issuerRef": {"name": TOKEN_SECRET, "kind": "Issuer", "group": _GROUP},
    }
    certificate = plan_object(API_VERSION, "Certificate", TOKEN_SECRET, namespace=namespace, spec=spec)
    reasons: dict[tuple[str | int, ...], str] = {
        ("spec", "privateKey", "algorithm"): "Harbor signs its tokens with RSA alone",
        ("spec", "privateKey", "rotationPolicy"): "Harbor reads the key when it starts, and a token of another is void",
    }
    manifests.add(certificate, origin=origin, reasons=reasons)
