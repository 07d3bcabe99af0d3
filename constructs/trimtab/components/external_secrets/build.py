"""The ClusterSecretStores; the references that read them are made where their Secrets are known."""

from __future__ import annotations

from typing import Any

from trimtab.components.external_secrets.offers import NAMESPACE, STORES, full_name
from trimtab.components.external_secrets.settings import Settings, Vault
from trimtab.kube.manifests import Manifests
from trimtab.kube.objects import plan_object, without_nothing
from trimtab.plan.facts import Facts

API_VERSION = "external-secrets.io/v1"


def build(manifests: Manifests, application: str, settings: Settings, facts: Facts) -> None:
    """Add the stores to `external-secrets-stores`."""
    if application != STORES:
        return
    namespace = settings.namespace or NAMESPACE
    account = full_name(settings)  # as the chart names the operator's own ServiceAccount
    for name, store in settings.stores.items():
        spec = {"provider": {"vault": _plan_vault(store.vault, namespace, account)}}
        manifests.add(
            plan_object(API_VERSION, "ClusterSecretStore", name, spec=spec),
            origin=(f"components.external-secrets.stores.{name}",),
        )


def _plan_vault(vault: Vault, namespace: str, account: str) -> dict[str, Any]:
    return without_nothing(
        {
            "server": vault.server,
            "path": vault.path,
            "version": vault.version,
            "namespace": vault.namespace,
            "caBundle": vault.ca_bundle,
            "auth": _plan_auth(vault, namespace, account),
        }
    )


def _plan_auth(vault: Vault, namespace: str, account: str) -> dict[str, Any]:
    if vault.kubernetes is not None:
        return {
            "kubernetes": {
                "mountPath": vault.kubernetes.mount_path,
                "role": vault.kubernetes.role,
                "serviceAccountRef": {"name": account, "namespace": namespace},
            }
        }
    if vault.token is not None:
        reference = {"name": vault.token.secret_name, "key": vault.token.key, "namespace": namespace}
        return {"tokenSecretRef": reference}
    return {}
