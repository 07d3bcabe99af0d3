"""What stands in Git for a Secret, by who turns it into one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from trimtab.kube.objects import plan_object
from trimtab.plan.application import Application
from trimtab.plan.cluster import Cluster
from trimtab.plan.offers import Controller, Need, SecretStore
from trimtab.secrets.wanted import Wanted, list_wanted
from trimtab.settings.secrets import Provider, Secrets

GROUPS = {Provider.SEALED_SECRETS: "bitnami.com", Provider.EXTERNAL_SECRETS: "external-secrets.io"}
"""The API group that each provider's references are written in."""
EXTERNAL_SECRET = "external-secrets.io/v1"


def add_needs(applications: Iterable[Application], secrets: Secrets) -> list[Application]:
    """Let every application with a reference wait for who turns it into a Secret."""
    return [_waiting(application, secrets) for application in applications]


def list_references(
    applications: Iterable[Application], cluster: Cluster, waves: Mapping[str, int]
) -> dict[str, list[dict[str, Any]]]:
    """Give the references that stand in for Secrets, by the application that brings them: the first that reads one.

    Sealed ones are not among them: they lie among the user's own manifests.
    """
    if cluster.settings.secrets.provider is not Provider.EXTERNAL_SECRETS:
        return {}
    found: dict[str, list[dict[str, Any]]] = {}
    for wanted in list_wanted(applications):
        if not wanted.by_hand:
            first = min((use.application for use in wanted.uses), key=lambda name: (waves[name], name))
            found.setdefault(first, []).append(plan_external_secret(wanted, cluster))
    return found


def plan_external_secret(wanted: Wanted, cluster: Cluster) -> dict[str, Any]:
    """Give the reference to a Secret's values in a store, one property a key.

    Every default is written out: the operator writes them back, and Argo CD would see a difference for ever
    (external-secrets v2.9.0 apis/externalsecrets/v1/externalsecret_types.go).
    """
    secrets = cluster.settings.secrets
    template: dict[str, Any] = {"engineVersion": "v2", "mergePolicy": "Replace", "type": wanted.type}
    if wanted.labels:
        template["metadata"] = {"labels": dict(wanted.labels)}
    spec = {
        "refreshPolicy": "Periodic",
        "refreshInterval": secrets.refresh_interval,
        "secretStoreRef": {"kind": SecretStore.kind, "name": secrets.store or ""},
        "target": {
            "name": wanted.name,
            "creationPolicy": "Owner",
            "deletionPolicy": "Retain",
            "template": template,
        },
        "data": [_entry(key, store_path(wanted, cluster)) for key in wanted.keys],
    }
    return plan_object(EXTERNAL_SECRET, "ExternalSecret", wanted.name, namespace=wanted.namespace, spec=spec)


def store_path(wanted: Wanted, cluster: Cluster) -> str:
    """Say where in the store the entry of a Secret lies."""
    given = {"cluster": cluster.name, "namespace": wanted.namespace, "name": wanted.name}
    return cluster.settings.secrets.path.format(**given)


def certificate_file(cluster: Cluster) -> str:
    """Give the file of the certificate that values are sealed with, relative to the top of the repository."""
    return cluster.settings.secrets.certificate or f"apps/certificates/{cluster.name}.pem"


def _entry(key: str, path: str) -> dict[str, Any]:
    remote = {
        "key": path,
        "property": key,
        "conversionStrategy": "Default",
        "decodingStrategy": "None",
        "metadataPolicy": "None",
    }
    return {"secretKey": key, "remoteRef": remote}


def _waiting(application: Application, secrets: Secrets) -> Application:
    group = GROUPS.get(secrets.provider)
    if group is None or all(secret.by_hand for secret in application.secrets):
        return application
    needs = [Need(offer=Controller, name=group, path=("secrets", "provider"))]
    if secrets.provider is Provider.EXTERNAL_SECRETS and secrets.store:
        needs.append(Need(offer=SecretStore, name=secrets.store, path=("secrets", "store"), optional=True))
    return replace(application, needs=(*application.needs, *needs))
