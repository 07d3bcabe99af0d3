"""Settings of Argo CD."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from trimtab.settings.component import ComponentSettings, Resources
from trimtab.settings.model import DnsName, Duration, Model


class SecretKey(Model):
    """One key of a Secret that somebody makes outside Git."""

    secret_name: DnsName = Field(examples=["argocd-oidc"])
    """The name of the Secret. It needs the label `app.kubernetes.io/part-of: argocd`."""
    key: str = Field(title="a key of a Secret", pattern=r"^[-._a-zA-Z0-9]+$", examples=["clientSecret"])
    """The key in it."""


class Oidc(Model):
    """Sign-in with an OpenID Connect provider, without Dex."""

    name: str = Field("OpenID Connect", min_length=1)
    """The name on the sign-in button."""
    issuer: str = Field(
        title="an https address", pattern=r"^https://[^ \t\r\n]+$", examples=["https://id.example.org/realms/ops"]
    )
    """The provider's address, as its own discovery document says it."""
    client_id: str = Field(alias="clientID", min_length=1, examples=["argocd"])
    """The client that the provider knows Argo CD by."""
    client_secret: SecretKey | None = None
    """Where the client's secret lies. Default: none, a public client with PKCE."""
    scopes: list[str] = Field([], examples=[["openid", "profile", "email", "groups"]])
    """The scopes asked for. Default: Argo CD's own, which are those of the example."""


class RepoServer(Model):
    """The part that renders charts."""

    parallelism: int | None = Field(None, ge=1, examples=[2])
    """How many renderings run at once. Default: no limit. Each one takes memory."""


class Settings(ComponentSettings):
    """Argo CD, which brings everything else to the cluster, itself included."""

    host: DnsName | None = Field(None, examples=["argocd.example.org"])
    """The host name of its web page. The way there is yours to make."""
    insecure: bool = False
    """Speak plain HTTP, because TLS ends in front of it."""
    admin: bool = True
    """Whether the user `admin` may sign in."""
    oidc: Oidc | None = None
    """Sign-in with an OpenID Connect provider."""
    dex: bool = False
    """Run Dex, for providers that do not speak OpenID Connect. Its connectors are a value of the chart:
    `configs.cm."dex.config"`."""
    default_role: str = Field("", title="a role", pattern=r"^(role:[^ ,\t\r\n]+)?$", examples=["role:readonly"])
    """The role of everybody who is signed in. Default: none."""
    policies: list[str] = Field([], examples=[["g, ops, role:admin"]])
    """Who may do what: lines of Argo CD's policy, `p, subject, resource, action, object, effect` or
    `g, group, role`."""
    high_availability: bool = False
    """Several replicas, and a Redis that survives the loss of a node. It needs three nodes."""
    application_sets: bool = True
    """Run the controller of ApplicationSets. The tree itself has none."""
    notifications: bool = False
    """Run the controller that sends notifications. Its services and templates are values of the chart."""
    repo_server: RepoServer = Field(default_factory=RepoServer)
    """The part that renders charts."""
    reconciliation: Duration | None = Field(None, examples=["5m"])
    """How often Git is asked for news. Default: Argo CD's own, two minutes and up to one more."""
    sync_timeout: Duration = Field("2h", examples=["90m"])
    """How long one sync may take with all its retries, the wait for the waves of the whole cluster included. A commit
    is not taken up while a sync runs."""
    resources: dict[
        Literal["controller", "server", "repoServer", "redis", "applicationSet", "notifications", "dex"], Resources
    ] = {}
    """Requests and limits by the name of the workload. Default: modest requests, no limits."""
