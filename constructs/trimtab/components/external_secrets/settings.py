"""Settings of the External Secrets operator."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from trimtab.settings.component import ComponentSettings, Resources
from trimtab.settings.model import DnsLabel, DnsName, Model

Workload = Literal["controller", "webhook", "certController"]
"""What can be given resources."""


class TokenSecret(Model):
    """A token in a Secret that somebody makes outside Git."""

    secret_name: DnsName = Field(examples=["vault-token"])
    """The name of the Secret, in the operator's namespace."""
    key: str = Field("token", title="a key of a Secret", pattern=r"^[-._a-zA-Z0-9]+$", examples=["token"])
    """Its key."""


class KubernetesAuth(Model):
    """The operator shows its own account's token, which Vault asks this cluster's API server about."""

    role: str = Field(min_length=1, examples=["external-secrets"])
    """The role in Vault."""
    mount_path: str = Field("kubernetes", min_length=1, examples=["kubernetes/place7"])
    """Where the method is mounted in Vault; each cluster needs a mount of its own."""


class Vault(Model):
    """HashiCorp Vault or OpenBao."""

    server: str = Field(
        title="an http or https address", pattern=r"^https?://[^ \t\r\n]+$", examples=["https://vault.example.org:8200"]
    )
    """Its address."""
    path: str = Field("secret", min_length=1, examples=["secret"])
    """Where the key-value engine is mounted."""
    version: Literal["v1", "v2"] = "v2"
    """The version of the key-value engine."""
    namespace: str | None = Field(None, min_length=1, examples=["platform"])
    """Vault's namespace, where it has any."""
    ca_bundle: str | None = Field(
        None, title="PEM in base64", pattern=r"^[A-Za-z0-9+/]+=*$", examples=["LS0tLS1CRUdJTg=="]
    )
    """The CA that signed its certificate, in PEM, and that in base64. Default: those that the operator's image
    trusts."""
    kubernetes: KubernetesAuth | None = None
    """Sign in with the operator's own account: no secret at all."""
    token: TokenSecret | None = None
    """Sign in with a token, instead of `kubernetes`."""


class Store(Model):
    """A ClusterSecretStore: where references are looked up."""

    vault: Vault
    """HashiCorp Vault or OpenBao. Other stores: write the ClusterSecretStore among your own manifests."""


class Settings(ComponentSettings):
    """The operator that fetches Secrets from a store outside, and the stores it knows."""

    stores: dict[DnsLabel, Store] = Field(
        {}, examples=[{"vault": {"vault": {"server": "https://vault.example.org:8200", "kubernetes": {"role": "eso"}}}}]
    )
    """ClusterSecretStores, by name."""
    resources: dict[Workload, Resources] = Field({}, examples=[{"controller": {"requests": {"cpu": "20m"}}}])
    """Requests and limits by the name of the workload."""
