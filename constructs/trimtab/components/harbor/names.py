"""How Harbor's things are called, and which of the cluster's it takes: host, classes, issuer."""

from __future__ import annotations

from trimtab.components.harbor.settings import Settings
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import Controller, IngressClass, Issuer

HARBOR = "harbor"
NAMESPACE = "harbor"
COMPONENT = ("components", "harbor")
CERTIFICATES = "cert-manager.io"
GATEWAY_GROUP = "gateway.networking.k8s.io"
TLS_SECRET = "harbor-tls"
TOKEN_SECRET = "harbor-token"

PASSWORD_KEY = "password"
"""The key of a database's password (harbor-helm v1.19.1 templates/core/core-dpl.yaml)."""


def wanted_namespace(settings: Settings) -> str:
    """Give the namespace of everything."""
    return settings.namespace or NAMESPACE


def wanted_host(settings: Settings, cluster: Cluster) -> str | None:
    """Give the host name that images are pulled by; nothing where neither it nor the cluster's domain is set."""
    domain = cluster.settings.domain
    return settings.host or (f"harbor.{domain}" if domain else None)


def is_scanning(settings: Settings, cluster: Cluster) -> bool:
    """Say whether the scanner runs."""
    return not cluster.is_small if settings.scanner is None else settings.scanner


def has_certificates(facts: Facts) -> bool:
    """Say whether cert-manager can make what Harbor needs."""
    return facts.has(Controller, CERTIFICATES)


def wanted_issuer(settings: Settings, facts: Facts) -> str | None:
    """Give the ClusterIssuer of the certificate; nothing where the cluster has none or somebody else holds it."""
    tls = settings.tls
    if tls.insecure or tls.secret_name or settings.gateway:
        return None
    first = facts.find(Issuer)
    return tls.issuer or (first.name if first else None)


def wanted_tls_secret(settings: Settings, facts: Facts) -> str | None:
    """Give the Secret with the certificate that the Ingress shows; nothing where it shows none."""
    if settings.tls.insecure or settings.gateway:
        return None
    return settings.tls.secret_name or (TLS_SECRET if wanted_issuer(settings, facts) else None)


def wanted_ingress_class(settings: Settings, facts: Facts) -> str | None:
    """Give the class of the Ingress: the one that is set, the default one, the first one."""
    classes = tuple(facts.iter_offers(IngressClass))
    usual = next((offer.name for offer in classes if offer.default), classes[0].name if classes else None)
    return settings.ingress_class or usual


def wanted_database_secret(settings: Settings) -> str:
    """Give the Secret with the database's password."""
    external = settings.external_database
    return (external.secret_name if external else None) or settings.secret_name
