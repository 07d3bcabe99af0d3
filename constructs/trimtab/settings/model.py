"""What every settings model is made of: the base class and the words that have a form of their own."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class Model(BaseModel):
    """A mapping in a settings file: keys in camelCase, unknown ones refused, values never changed afterwards.

    The sentence under each field is its description in `schemas/` and in the reference.
    """

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        defer_build=True,
    )


DnsLabel = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
        max_length=63,
        json_schema_extra={"title": "a DNS label", "examples": ["my-app"]},
    ),
]
"""A name as namespaces and Services have it (RFC 1123 label)."""

ClusterName = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
        max_length=30,
        json_schema_extra={"title": "a DNS label", "examples": ["place7"]},
    ),
]
"""A DNS label short enough to begin the names of Applications (at most 30 characters)."""

HelmRelease = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
        max_length=53,
        json_schema_extra={"title": "a DNS label", "examples": ["rook-ceph"]},
    ),
]
"""The name of a Helm release (at most 53 characters: pkg/chartutil/validate_name.go in helm)."""

DnsName = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
        max_length=253,
        json_schema_extra={"title": "a DNS name", "examples": ["host1.example.org"]},
    ),
]
"""A name as most Kubernetes objects and hosts have it (RFC 1123 subdomain)."""

MonitorName = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
        json_schema_extra={"title": "a monitor's name", "examples": ["a"]},
    ),
]
"""What Ceph calls a monitor; lists of monitors are split at commas and equals signs."""

MonitorAddress = Annotated[
    str,
    Field(
        pattern=r"^[^ \t\r\n,=]+$",
        json_schema_extra={
            "title": "an address with its port",
            "examples": ["10.42.2.1:6789", "[2001:db8:2::1]:3300"],
        },
    ),
]
"""An IPv4 address, or an IPv6 address in brackets, a colon, and a port."""

Quantity = Annotated[
    str,
    Field(
        pattern=r"^[0-9]+(\.[0-9]+)?([numkMGTPE]|[KMGTPE]i)?$",
        json_schema_extra={"title": "a quantity", "examples": ["10Gi"]},
    ),
]
"""An amount as Kubernetes writes it: `500m`, `10Gi`."""

Duration = Annotated[
    str,
    Field(
        pattern=r"^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$",
        json_schema_extra={"title": "a duration", "examples": ["10m", "1h30m"]},
    ),
]
"""A length of time as Go writes it: `90s`, `1h30m`."""

Cidr = Annotated[
    str,
    Field(
        pattern=r"^[0-9a-fA-F:.]+/[0-9]{1,3}$",
        json_schema_extra={"title": "a range in CIDR form", "examples": ["2001:db8::/64"]},
    ),
]
"""A range of addresses: `2001:db8::/64`, `10.0.0.0/16`."""

Address = Annotated[
    str, Field(pattern=r"^[0-9a-fA-F:.]+$", json_schema_extra={"title": "an IP address", "examples": ["2001:db8::11"]})
]
"""An IPv4 or IPv6 address without brackets, port or prefix length."""

AddressRange = Annotated[
    str,
    Field(
        pattern=r"^[0-9a-fA-F:.]+(/[0-9]{1,3}|-[0-9a-fA-F:.]+)$",
        json_schema_extra={"title": "a range: CIDR or first-last", "examples": ["10.0.1.10-10.0.1.99"]},
    ),
]
"""A range of addresses: in CIDR form, or its first and last address joined by a dash."""

Day = Annotated[
    date,
    Field(
        json_schema_extra={
            "title": "a date",
            "examples": ["2027-01-31"],
            "pattern": "^([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-[0-9]{2}-[0-9]{2}$",
        }
    ),
]
"""A day, `2027-01-31`; the pattern leaves out the year 0, which Python does not have."""

Port = Annotated[int, Field(ge=1, le=65535)]
"""A TCP or UDP port."""

VERSION = r"^v?(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})(\.(0|[1-9][0-9]{0,8}))?(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$"
"""No number begins with a zero (semver.org, item 2), and none is longer than what anybody counts to."""

ReleaseVersion = Annotated[
    str,
    Field(
        pattern=VERSION,
        json_schema_extra={"title": "a version", "examples": ["v1.19.2"]},
    ),
]
"""One exact version of a release: never a range, a branch or `latest`."""

RegistryHost = Annotated[
    str,
    Field(
        pattern=r"^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)(:[0-9]{1,5})?$",
        json_schema_extra={"title": "the host of a registry", "examples": ["quay.io"]},
    ),
]
"""The host of a registry as references to images begin with it: `quay.io`, `registry.example.org:5000`. No scheme and
no path, for containerd and whoever rewrites references know hosts."""

KindName = Annotated[
    str,
    Field(
        pattern=r"^[A-Z][A-Za-z0-9]*(\.[a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$",
        json_schema_extra={"title": "a kind with its group", "examples": ["ClusterRole.rbac.authorization.k8s.io"]},
    ),
]
"""A kind of Kubernetes objects and its API group, joined by a dot; a kind of the core group has no group."""

Values = dict[str, Any]
"""Anything that may stand in a chart's values."""
