"""The ClusterIssuers, and the CA where one is made on the spot."""

from __future__ import annotations

from typing import Any

from trimtab.components.cert_manager.issuer_settings import Acme, IssuerSettings, SelfSigned
from trimtab.components.cert_manager.offers import ISSUERS, NAMESPACE
from trimtab.components.cert_manager.settings import Settings
from trimtab.components.cert_manager.solvers import plan_solvers
from trimtab.components.releases import wanted_release
from trimtab.kube.manifests import Manifests
from trimtab.kube.objects import plan_object
from trimtab.plan.facts import Facts

API_VERSION = "cert-manager.io/v1"


def build(manifests: Manifests, application: str, settings: Settings, facts: Facts) -> None:
    """Add the issuers to `cert-manager-issuers`."""
    if application != ISSUERS:
        return
    architectures = wanted_release("cert-manager", settings).architectures
    for name, issuer in settings.issuers.items():
        origin = (f"components.cert-manager.issuers.{name}",)
        if issuer.self_signed is not None:
            _build_authority(manifests, name, issuer.self_signed, settings.namespace or NAMESPACE, origin)
        if spec := _plan_spec(name, issuer, facts, architectures):
            manifests.add(plan_object(API_VERSION, "ClusterIssuer", name, spec=spec), origin=origin)


def root_name(name: str) -> str:
    """Name the issuer that signs the CA of a self-signed issuer."""
    return f"{name}-root"


def _plan_spec(name: str, issuer: IssuerSettings, facts: Facts, architectures: tuple[str, ...]) -> dict[str, Any]:
    if issuer.self_signed is not None:
        return {"ca": {"secretName": f"{name}-ca"}}
    if issuer.ca is not None:
        return {"ca": {"secretName": issuer.ca.secret.name}}
    if issuer.acme is not None:
        return {"acme": _acme(name, issuer.acme, facts, architectures)}
    return {}


def _acme(name: str, acme: Acme, facts: Facts, architectures: tuple[str, ...]) -> dict[str, Any]:
    return {
        "server": acme.server,
        "email": acme.email,
        "privateKeySecretRef": {"name": f"{name}-account"},
        "solvers": plan_solvers(acme, facts, architectures),
    }


def _build_authority(
    manifests: Manifests, name: str, wanted: SelfSigned, namespace: str, origin: tuple[str, ...]
) -> None:
    """Make a CA: an issuer that signs itself, and the CA's certificate from it (cert-manager website, self-signed)."""
    root = root_name(name)
    manifests.add(plan_object(API_VERSION, "ClusterIssuer", root, spec={"selfSigned": {}}), origin=origin)
    spec = {
        "isCA": True,
        "commonName": wanted.common_name,
        # RFC 5280 wants an issuer to have a subject, and some clients refuse a CA without one.
        "subject": {"organizations": [wanted.common_name]},
        "secretName": f"{name}-ca",
        # As Go writes it back, so that no difference is seen.
        "duration": f"{wanted.duration}0m0s",
        # A new key at renewal would cut off whoever trusts the old one.
        "privateKey": {"algorithm": "ECDSA", "size": 256, "rotationPolicy": "Never"},
        "issuerRef": {"name": root, "kind": "ClusterIssuer", "group": "cert-manager.io"},
    }
    reasons: dict[tuple[str | int, ...], str] = {
        ("metadata", "namespace"): "a ClusterIssuer looks for its CA in cert-manager's own namespace only",
        ("spec", "privateKey", "rotationPolicy"): "a new key at renewal cuts off whoever trusts the old one",
    }
    certificate = plan_object(API_VERSION, "Certificate", f"{name}-ca", namespace=namespace, spec=spec)
    manifests.add(certificate, origin=origin, reasons=reasons)
