"""Who turns what lies in Git into Secrets: nobody, the Sealed Secrets controller, or the External Secrets operator."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from trimtab.settings.model import DnsName, Duration, Model


class Provider(StrEnum):
    """What stands in Git instead of a Secret."""

    NONE = "none"
    SEALED_SECRETS = "sealed-secrets"
    EXTERNAL_SECRETS = "external-secrets"


class Secrets(Model):
    """How the Secrets come into the cluster that no object in Git may hold."""

    provider: Provider = Provider.NONE
    """`none`: a person makes them (`trimtab secrets`). `sealed-secrets`: they lie in Git, sealed for the cluster's own
    key. `external-secrets`: references lie in Git, the values in a store outside. Needs the component of that name."""
    certificate: str | None = Field(
        None,
        title="a file below apps/",
        pattern=r"^apps/([A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*$",
        examples=["apps/certificates/place7.pem"],
    )
    """The public certificate that values are sealed with, in PEM (`kubeseal --fetch-cert`). Default:
    `apps/certificates/<cluster>.pem`."""
    store: DnsName | None = Field(None, examples=["vault"])
    """The ClusterSecretStore that references read from."""
    path: str = Field(
        "{cluster}/{namespace}/{name}",
        title="a path with {cluster}, {namespace} and {name}",
        pattern=r"^([^{} \t\r\n]|\{(cluster|namespace|name)\})*\{name\}([^{} \t\r\n]|\{(cluster|namespace)\})*$",
        examples=["kubernetes/{cluster}/{namespace}/{name}"],
    )
    """Where in the store the entry of a Secret lies; each key of the Secret is a property of that entry."""
    refresh_interval: Duration = "1h0m0s"
    """How often the store is read again. Written as Go does, with hours, minutes and seconds, so that Argo CD sees no
    difference."""
