"""The ClusterIssuers, and the CA where one is made on the spot."""

from __future__ import annotations

from typing import Any

from trimtab.components.cert_manager.issuer_settings import Acme, IssuerSettings, SelfSigned
from trimtab.components.cert_manager.offers import ISSUERS, NAMESPACE
from trimtab.components.cert_manager.settings import Settings
from trimtab.components.cert_manager.solvers import plan_solvers
from trimtab.kube.manifests import Manifests
from trimtab.kube.objects import plan_object, without_nothing
from trimtab.plan.facts import Facts

API_VERSION = "cert-manager.io/v1"


def build(manifests: Manifests, application: str, settings: Settings, facts: Facts) -> None:
    """Add the issuers to `cert-manager-issuers`."""
    if application != ISSUERS:
        return
    for name, issuer in settings.issuers.items():
        _build_issuer(manifests, name, issuer, settings.namespace or NAMESPACE, facts)


def _build_issuer(manifests: Manifests, name: str, issuer: IssuerSettings, namespace: str, facts: Facts) -> None:
    origin = (f"components.cert-manager.issuers.{name}",)
    if issuer.self_signed is not None:
        _build_authority(manifests, name, issuer.self_signed, namespace, origin)
        spec: dict[str, Any] = {"ca": {"secretName": f"{name}-ca"}}
    elif issuer.ca is not None:
        spec = {"ca": {"secretName": issuer.ca.secret.name}}
    elif issuer.acme is not None:
        spec = {"acme": _acme(name, issuer.acme, facts)}
    else:
        return
    manifests.add(plan_object(API_VERSION, "ClusterIssuer", name, spec=spec), origin=origin)


def _acme(name: str, acme: Acme, facts: Facts) -> dict[str, Any]:
    return without_nothing(
        {
            "server": acme.server,
            "email": acme.email,
            "privateKeySecretRef": {"name": f"{name}-account"},
            "solvers": plan_solvers(acme, facts),
        }
    )


def _build_authority(
    manifests: Manifests, name: str, wanted: SelfSigned, namespace: str, origin: tuple[str, ...]
) -> None:
    """Make a CA: an issuer that signs itself, and the CA's certificate from it (cert-manager website, self-signed)."""
    root = f"{name}-root"
    manifests.add(plan_object(API_VERSION, "ClusterIssuer", root, spec={"selfSigned": {}}), origin=origin)
    spec = {
        "isCA": True,
        "commonName": wanted.common_name,
        "subject": {"organizations": [wanted.common_name]},
        "secretName": f"{name}-ca",
        "duration": _canonical_hours(wanted.duration),
        "privateKey": {"algorithm": "ECDSA", "size": 256, "rotationPolicy": "Never"},
        "issuerRef": {"name": root, "kind": "ClusterIssuer", "group": "cert-manager.io"},
    }
    manifests.add(plan_object(API_VERSION, "Certificate", f"{name}-ca", namespace=namespace, spec=spec), origin=origin)


def _canonical_hours(duration: str) -> str:
    """Write whole hours as Go writes them back, so that no difference is seen: `87600h` is `87600h0m0s`."""
    return f"{duration}0m0s" if duration.removesuffix("h").isdigit() and duration.endswith("h") else duration
