"""Settings of what lies outside Harbor: a database, a bucket."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from trimtab.settings.model import DnsName, Model, Port


class ExternalDatabase(Model):
    """A PostgreSQL of yours."""

    host: str = Field(min_length=1, examples=["harbor-rw.databases.svc"])
    """Its host name or address."""
    port: Port = 5432
    """Its port."""
    name: str = Field("registry", min_length=1)
    """The database, which must be there."""
    user: str = Field("harbor", min_length=1)
    """The user that owns it."""
    ssl_mode: Literal["disable", "require", "verify-ca", "verify-full"] = "require"
    """How the connection is protected, in PostgreSQL's words."""
    secret_name: DnsName | None = Field(None, examples=["harbor-app"])
    """The Secret with the user's password in the key `password`, in Harbor's namespace. Default: the Secret of all the
    other passwords."""


class ObjectStorage(Model):
    """A bucket that speaks S3."""

    bucket: str = Field(min_length=3, examples=["images"])
    """Its name."""
    region: str = Field("us-east-1", min_length=1)
    """Its region; servers of one's own take any."""
    endpoint: str | None = Field(
        None, title="an address", pattern=r"^https?://[^ \t\r\n]+$", examples=["https://s3.example.org"]
    )
    """The server's address. Default: Amazon's."""
    secret_name: DnsName = "harbor-s3"
    """The Secret with the access key and its secret (`REGISTRY_STORAGE_S3_ACCESSKEY`,
    `REGISTRY_STORAGE_S3_SECRETKEY`), made outside Git."""
