"""The ways out: patches, allowances, your own applications and constructs, mirrors."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from trimtab.settings.component import Delivery, Sync
from trimtab.settings.model import Day, DnsLabel, DnsName, HelmRelease, KindName, Model, Values


class Target(Model):
    """Which generated objects a patch changes."""

    application: DnsLabel | None = None
    """Only objects of this application."""
    group: str | None = None
    """The API group; empty for the core group. Default: any."""
    kind: str = Field(min_length=1)
    """The kind."""
    name: str | None = None
    """The name. Default: any."""
    namespace: DnsLabel | None = None
    """The namespace. Default: any."""


class JsonPatchStep(Model):
    """One step of a JSON patch (RFC 6902)."""

    op: Literal["add", "remove", "replace", "test", "copy", "move"]
    """What to do."""
    path: str = Field(title="a JSON pointer", pattern=r"^(/[^\n]*)?$", examples=["/spec/replicas"])
    """Where, as a JSON pointer."""
    value: Any = None
    """The value of `add`, `replace` and `test`."""
    from_: str | None = Field(
        None, alias="from", title="a JSON pointer", pattern=r"^(/[^\n]*)?$", examples=["/spec/replicas"]
    )
    """The source of `copy` and `move`, as a JSON pointer."""


class Patch(Model):
    """A change to generated objects: either `merge` or `json`."""

    target: Target
    """Which objects; none at all is an error."""
    merge: Values | None = Field(None, examples=[{"spec": {"replicas": 2}}])
    """A JSON merge patch (RFC 7386): maps merge, lists replace, null removes."""
    json_: list[JsonPatchStep] | None = Field(None, alias="json")
    """A JSON patch (RFC 6902)."""
    reason: str = Field(min_length=3)
    """Why, for the next reader."""


class Allowance(Model):
    """A warning or soft refusal that is meant."""

    reason: str = Field(min_length=3)
    """Why, for the next reader."""
    until: Day | None = None
    """The last day it holds; afterwards the finding is back."""


class OwnSecret(Model):
    """A Secret that an application of your own reads and that somebody makes outside Git."""

    keys: dict[str, str] = Field({}, examples=[{"password": "32 random characters"}])
    """Each key with what it holds, in words. `trimtab secrets --generate` makes `N random characters` and
    `N random bytes in base64` by itself."""
    why: str = ""
    """What it is for, in a few words."""


class OwnChart(Model):
    """A Helm chart of your choice, at one exact version."""

    repo_url: str = Field(
        alias="repoURL",
        title="the address of a chart repository, https://… or host/path of a registry",
        pattern=r"^(https?://[^ \t\r\n@/?#]+(/[^ \t\r\n@?#]*)?"
        r"|([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]+)?(/[a-z0-9._-]+)*)$",
        examples=["https://charts.example.org"],
    )
    """Where it is published, as Argo CD wants it: `https://…` for a repository with an index, host and path without a
    scheme for a registry (OCI). A mirror of it goes to `repositories`, never a password here."""
    name: str = Field(title="the name of a chart", pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", examples=["gitea"])
    """Its name in there."""
    version: str = Field(title="a version", pattern=r"^[^ \t\r\n]+$", examples=["12.4.0"])
    """Its version, exactly as the repository spells it: no range, no `latest`."""


class OwnApplication(Model):
    """An application of your own: a chart, manifests in `apps/manifests/<cluster>/<name>/`, constructs, or all."""

    namespace: DnsLabel | None = None
    """The namespace of the chart, and of objects that name none."""
    create_namespace: bool = True
    """Whether Argo CD makes that namespace."""
    chart: OwnChart | None = None
    """The Helm chart that it installs."""
    release_name: HelmRelease | None = None
    """The Helm release name of the chart. Default: the application's name. At most 53 characters (Helm's limit)."""
    values: Values = Field({}, examples=[{"replicaCount": 2}])
    """Helm values of the chart. A key that the chart does not read is refused."""
    delivery: Delivery | None = None
    """Who renders the chart. Default: the cluster's `delivery`."""
    cluster_kinds: list[KindName] = Field([], examples=[["ClusterRole.rbac.authorization.k8s.io"]])
    """Kinds without a namespace that Argo CD may apply for it, beside those that are known from its objects and its
    chart: for a chart that is not locked, or that helm does not render."""
    after: list[DnsLabel] = []
    """Applications that must be healthy first, beside those that are found from what its objects use."""
    secrets: dict[DnsName, OwnSecret] = Field(
        {}, examples=[{"database": {"keys": {"password": "32 random characters"}}}]
    )
    """Secrets in its namespace that its objects name and that are made outside Git: `trimtab secrets` lists them."""
    sync: Sync = Field(default_factory=Sync)
    """How it is synced. Default: `gitops.sync`."""


class OwnConstruct(Model):
    """A cdk8s construct of your own."""

    file: str = Field(title="a Python file", pattern=r"^[^/ \t\r\n][^ \t\r\n]*\.py$", examples=["constructs/shop.py"])
    """The Python file, relative to the top of the repository."""
    symbol: str = Field("build", title="a Python name", pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", examples=["build"])
    """The function `build(chart, facts, settings)`, or a class `(scope, id, *, facts, settings)`."""
    application: DnsLabel
    """The application whose chart it gets: one of ours, or one named in `applications`."""
    settings: Values = {}
    """Whatever it wants to be told."""


class Registry(Model):
    """Where the nodes really pull a registry's images from."""

    mirror: str | None = Field(
        None, title="an address", pattern=r"^https?://[^ \t\r\n]+$", examples=["https://mirror.example.org/v2/ghcr"]
    )
    """The address of a mirror."""
    ca_file: str | None = Field(
        None, title="a relative path", pattern=r"^[A-Za-z0-9._-][A-Za-z0-9._/-]*$", examples=["certs/example-ca.pem"]
    )
    """The certificate that signs the registry's, or its mirror's: a file of this repository, public, never a key."""
    insecure: bool = False
    """Take any certificate. Whoever sits in between can then hand out images of their own."""
    rewrite: bool = False
    """Name the mirror in objects and values too, for nodes that cannot be told of it. Refused where an image of the
    registry would keep its name: one that an operator picks, or that Argo CD renders and no value names."""


class Repository(Model):
    """Where Argo CD really fetches a chart or Git repository from."""

    mirror: str = Field(min_length=1, examples=["https://mirror.example.org/charts"])
    """The address that holds the same charts or the same Git history."""
