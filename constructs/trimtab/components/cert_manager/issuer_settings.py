"""How a ClusterIssuer gets its certificates signed: by ACME, by a CA of yours, or by one made on the spot."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from trimtab.settings.model import DnsLabel, DnsName, Duration, Model

Hours = Annotated[
    str,
    Field(
        pattern=r"^[1-9][0-9]{0,5}h$",
        json_schema_extra={"title": "a number of hours", "examples": ["87600h"]},
    ),
]
"""A length of time in whole hours: cert-manager refuses less than one (pkg/apis/certmanager/v1/const.go)."""


class NamedSecret(Model):
    """A Secret that somebody makes outside Git."""

    name: DnsName
    """Its name."""


class KeyedSecret(Model):
    """One key of a Secret that somebody makes outside Git."""

    name: DnsName
    """Its name."""
    key: str = Field(title="a key of a Secret", pattern=r"^[-._a-zA-Z0-9]+$", max_length=253, examples=["secret"])
    """The key in it."""


class Gateway(Model):
    """A Gateway whose port 80 answers HTTP-01 challenges."""

    name: DnsName
    """Its name."""
    namespace: DnsLabel
    """Its namespace."""
    section_name: DnsName | None = None
    """The listener on port 80. Default: any."""


class Http01(Model):
    """Ownership is proven by a file on port 80."""

    ingress_class: DnsName | None = None
    """The IngressClass that serves it. Default: the cluster's default one, where no `gateway` is named."""
    gateway: Gateway | None = None
    """The Gateway that serves it, instead of an Ingress."""
    reachable: bool = False
    """Say true once port 80 is known to be reachable from the outside, and from the cluster itself."""


class Rfc2136(Model):
    """Dynamic updates to a name server of yours (RFC 2136)."""

    nameserver: str = Field(min_length=2, examples=["[2001:db8::53]:53"])
    """The name server: `host`, `host:port`, an IPv6 address. Brackets are set where they belong."""
    key_name: str = Field(min_length=1, examples=["acme"])
    """The name of the TSIG key."""
    algorithm: Literal["HMACSHA512", "HMACSHA256", "HMACSHA1", "HMACMD5"] = "HMACSHA512"
    """The TSIG algorithm. cert-manager's own default is HMACMD5."""
    key_secret: KeyedSecret
    """The Secret with the TSIG key, in cert-manager's namespace."""


class Dns01(Model):
    """Ownership is proven by a DNS record: port 80 is not needed."""

    rfc2136: Rfc2136
    """Dynamic updates to a name server of yours."""
    zones: list[DnsName] = Field([], examples=[["example.org"]])
    """Only for names in these zones. Default: all."""


class Acme(Model):
    """An ACME authority such as Let's Encrypt."""

    email: str = Field(title="an e-mail address", pattern=r"^[^@ \t\r\n]+@[^@ \t\r\n]+$", examples=["ops@example.org"])
    """Where the authority writes to."""
    server: str = Field(
        "https://acme-v02.api.letsencrypt.org/directory",
        title="a https:// address",
        pattern=r"^https://[^ \t\r\n]+$",
        examples=["https://acme-staging-v02.api.letsencrypt.org/directory"],
    )
    """The directory of the authority."""
    http01: Http01 | None = None
    """Prove ownership over HTTP. Default: so, where the cluster has an Ingress class and `dns01` is not set."""
    dns01: Dns01 | None = None
    """Prove ownership over DNS. Beside `http01` it needs `zones`: where both would do, only the first is ever used."""
    wait_instead_of_self_check: Duration | None = None
    """Skip cert-manager's own check and wait this long: for networks in which the cluster cannot reach itself from the
    outside. cert-manager 1.21 and newer."""


class SelfSigned(Model):
    """A CA of the cluster's own, made on the spot."""

    common_name: str = Field(min_length=1, max_length=64, examples=["lab CA"])
    """The name of the CA."""
    duration: Hours = "87600h"
    """How long it is valid, in hours. Default: ten years."""


class CaIssuer(Model):
    """A CA that you bring."""

    secret: NamedSecret
    """The Secret with its certificate and key (`tls.crt`, `tls.key`), in cert-manager's namespace."""


class IssuerSettings(Model):
    """One ClusterIssuer: exactly one of these."""

    acme: Acme | None = None
    """An ACME authority such as Let's Encrypt."""
    ca: CaIssuer | None = None
    """A CA that you bring."""
    self_signed: SelfSigned | None = None
    """A CA of the cluster's own, made on the spot."""
