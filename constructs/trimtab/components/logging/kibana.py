"""The Kibana object and the way to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trimtab.components.logging.elasticsearch import stack_version
from trimtab.components.logging.names import KIBANA, kibana_service, wanted_namespace
from trimtab.components.logging.placing import plan_kibana_affinity
from trimtab.components.logging.settings import Settings
from trimtab.components.logging.sizes import plan_resources, wanted_size
from trimtab.kube.manifests import Manifests
from trimtab.kube.objects import plan_object, without_nothing
from trimtab.kube.scheduling import plan_replicas
from trimtab.plan.facts import Facts
from trimtab.plan.offers import IngressClass, Issuer, Need
from trimtab.settings.component import Size

API_VERSION = "kibana.k8s.elastic.co/v1"
PORT = 5601
_ORIGIN = "components.logging.kibana"
PATH = ("components", "logging", "kibana")

_UNHURRIED = {"argocd.argoproj.io/ignore-healthcheck": "true"}
"""A page that waits for an address does not keep Fluent Bit away (argo-cd v3.5.1 docs/operator-manual/health.md)."""

_REASONS: dict[tuple[str | int, ...], str] = {
    ("spec", "version"): "Kibana is never newer than its Elasticsearch",
    ("spec", "http", "tls", "selfSignedCertificate"): "the Ingress ends TLS and speaks plain HTTP to Kibana",
    ("spec", "config", "server.publicBaseUrl"): "links that Kibana makes lead to its host name",
}


def kibana_host(settings: Settings, facts: Facts) -> str | None:
    """Give Kibana's host name: the one that is set, or one below the cluster's domain where it can have TLS."""
    kibana = settings.kibana
    if not (kibana.enabled and kibana.ingress):
        return None
    domain = facts.cluster.settings.domain
    usual = f"{KIBANA}.{domain}" if domain and facts.has(IngressClass) and facts.has(Issuer) else None
    return kibana.host or usual


def kibana_url(settings: Settings, facts: Facts) -> str:
    """Give Kibana's address inside the cluster: plain HTTP where an Ingress ends TLS."""
    scheme = "http" if kibana_host(settings, facts) else "https"
    return f"{scheme}://{kibana_service()}.{wanted_namespace(settings)}.svc:{PORT}"


def kibana_issuer(settings: Settings, facts: Facts) -> str | None:
    """Give the ClusterIssuer of Kibana's certificate; nothing where the cluster has none."""
    first = facts.find(Issuer)
    return settings.kibana.issuer or (first.name if first else None)


def kibana_needs(settings: Settings, facts: Facts) -> Iterator[Need]:
    """Give what the way to Kibana needs: somebody who serves its host name, and the issuer where one is named."""
    if not kibana_host(settings, facts):
        return
    chosen = settings.kibana.ingress_class
    yield Need(offer=IngressClass, name=chosen, path=(*PATH, "ingressClass" if chosen else "host"))
    if settings.kibana.issuer:
        yield Need(offer=Issuer, name=settings.kibana.issuer, path=(*PATH, "issuer"))


def build_kibana(manifests: Manifests, settings: Settings, facts: Facts) -> None:
    """Add Kibana, and the Ingress where it has a host name."""
    if not settings.kibana.enabled:
        return
    host = kibana_host(settings, facts)
    spec = _spec(settings, facts, host)
    manifests.add(
        plan_object(API_VERSION, "Kibana", KIBANA, namespace=wanted_namespace(settings), spec=spec),
        origin=(_ORIGIN, "nodes", "size"),
        reasons={path: why for path, why in _REASONS.items() if path[1] in spec},
    )
    if host:
        manifests.add(_ingress(settings, facts, host), origin=(_ORIGIN, "domain"))


def _spec(settings: Settings, facts: Facts, host: str | None) -> dict[str, Any]:
    is_small = wanted_size(settings, facts.cluster) == Size.SMALL
    replicas = 1 if is_small else plan_replicas(facts.cluster, settings.kibana.replicas)
    affinity = plan_kibana_affinity(settings, facts.cluster, name=KIBANA, replicas=replicas)
    container = {"name": "kibana", "resources": plan_resources(settings, facts.cluster, "kibana")}
    scheme = "https" if kibana_issuer(settings, facts) else "http"
    return without_nothing(
        {
            "version": stack_version(settings),
            "count": replicas,
            "elasticsearchRef": {"name": settings.elasticsearch.name},
            "http": {"tls": {"selfSignedCertificate": {"disabled": True}}} if host else None,
            "config": {"server.publicBaseUrl": f"{scheme}://{host}"} if host else None,
            "podTemplate": {"spec": {**({"affinity": affinity} if affinity else {}), "containers": [container]}},
        }
    )


def _ingress(settings: Settings, facts: Facts, host: str) -> dict[str, Any]:
    classes = tuple(facts.iter_offers(IngressClass))
    usual = next((offer.name for offer in classes if offer.default), classes[0].name if classes else None)
    issuer = kibana_issuer(settings, facts)
    backend = {"service": {"name": kibana_service(), "port": {"number": PORT}}}
    return plan_object(
        "networking.k8s.io/v1",
        "Ingress",
        KIBANA,
        namespace=wanted_namespace(settings),
        annotations={**_UNHURRIED, **({"cert-manager.io/cluster-issuer": issuer} if issuer else {})},
        spec=without_nothing(
            {
                "ingressClassName": settings.kibana.ingress_class or usual,
                "rules": [{"host": host, "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": backend}]}}],
                "tls": [{"hosts": [host], "secretName": f"{KIBANA}-tls"}] if issuer else None,
            }
        ),
    )
