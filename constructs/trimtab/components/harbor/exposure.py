"""How clients reach Harbor: values for an Ingress or a route, and the address Harbor knows itself by."""

from __future__ import annotations

from trimtab.components.harbor.names import wanted_host, wanted_ingress_class, wanted_tls_secret
from trimtab.components.harbor.settings import Settings
from trimtab.kube.release import Values
from trimtab.kube.routes import plan_parent
from trimtab.plan.facts import Facts

_NO_HOST = "harbor.invalid"
"""Stands where no host is known; `missing-host-name` refuses the cluster."""

_PLAIN = {"ingress.kubernetes.io/ssl-redirect": "false", "nginx.ingress.kubernetes.io/ssl-redirect": "false"}
"""The chart redirects to TLS unless it is told (harbor-helm v1.19.1 values.yaml:8-9)."""


def plan_exposure(settings: Settings, facts: Facts) -> Values:
    """Give the values of `expose`, `externalURL` and the CA that the portal offers."""
    host = wanted_host(settings, facts.cluster) or _NO_HOST
    scheme = "http" if settings.tls.insecure else "https"
    values: Values = {"externalURL": f"{scheme}://{host}", "expose": _expose(settings, facts, host)}
    if secret := wanted_tls_secret(settings, facts):
        values["caSecretName"] = secret
    return values


def _expose(settings: Settings, facts: Facts, host: str) -> Values:
    if settings.gateway:
        # TLS ends at the Gateway, and its certificate is the Gateway's.
        route = {"parentRefs": [plan_parent(settings.gateway)], "hosts": [host]}
        return {"type": "route", "route": route, "tls": {"enabled": False}}
    ingress: Values = {"hosts": {"core": host}}
    if chosen := wanted_ingress_class(settings, facts):
        ingress["className"] = chosen
    if settings.tls.insecure:
        ingress["annotations"] = dict(_PLAIN)
    return {"type": "ingress", "ingress": ingress, "tls": _tls(settings, facts)}


def _tls(settings: Settings, facts: Facts) -> Values:
    if settings.tls.insecure:
        return {"enabled": False}
    secret = wanted_tls_secret(settings, facts)
    if secret is None:
        return {"enabled": True, "certSource": "none"}
    return {"enabled": True, "certSource": "secret", "secret": {"secretName": secret}}
