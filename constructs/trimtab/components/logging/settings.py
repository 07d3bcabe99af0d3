"""Settings of logging: Elasticsearch, Kibana and Fluent Bit."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from trimtab.settings.component import ComponentSettings, Resources
from trimtab.settings.model import DnsLabel, DnsName, HelmRelease, Model, Quantity, ReleaseVersion

Workload = Literal["operator", "elasticsearch", "kibana", "fluentBit", "setup"]
"""What resources can be given to."""

ElasticName = Annotated[
    str,
    Field(
        title="a DNS label that begins with a letter",
        pattern=r"^[a-z]([-a-z0-9]*[a-z0-9])?$",
        max_length=36,
        examples=["elasticsearch"],
    ),
]
"""A name short enough for what the operator hangs on it (cloud-on-k8s v3.5.0 pkg/controller/common/name/name.go:22)."""


class Elasticsearch(Model):
    """Where log lines are kept and searched."""

    name: ElasticName = "elasticsearch"
    """The name of the Elasticsearch object, with which volumes and Services begin. Set it for an installation that
    exists already."""
    nodes: int | None = Field(None, ge=1, le=99)
    """How many Elasticsearch nodes, each with a volume of its own. Default: 3; 1 on small clusters and where fewer than
    three machines can take one. Above one, every line is kept twice."""
    size: Quantity = "30Gi"
    """The volume of each node, in bytes. It can grow later and never shrink."""
    storage_class: DnsName | None = None
    """The StorageClass of the volumes. Default: the cluster's default class."""
    version: ReleaseVersion | None = Field(None, examples=["9.4.2"])
    """The version of Elasticsearch and Kibana, to keep the last one for a while. Default: the one that belongs to the
    operator's release. It never goes back."""
    allow_mmap: bool = False
    """Let Elasticsearch map its files into memory, which is faster. Every machine then needs the kernel parameter
    `vm.max_map_count` at 262144 or more, or the pods refuse to start."""


class Kibana(Model):
    """The web page of Elasticsearch."""

    enabled: bool = True
    """Whether there is one."""
    host: DnsName | None = Field(None, examples=["kibana.example.org"])
    """The host name that an Ingress answers for; whoever answers ends TLS. Default: `kibana.` and the cluster's
    `domain`, where the cluster has an Ingress class and a ClusterIssuer; else none."""
    ingress: bool = True
    """Whether an Ingress leads to it. Off, it is reached inside the cluster alone."""
    ingress_class: DnsName | None = None
    """The IngressClass. Default: the cluster's default class."""
    issuer: DnsName | None = None
    """The ClusterIssuer of its certificate. Default: the cluster's first one."""
    replicas: int = Field(1, ge=1, le=9)
    """How many run. Small clusters have one."""


class FluentBit(Model):
    """What reads the lines on every machine and sends them."""

    version: ReleaseVersion | None = Field(None, examples=["0.57.9"])
    """The version of the chart `fluent-bit`, one of those in the catalogue. Default: the one that belongs to the
    component's release."""
    release_name: HelmRelease = "fluent-bit"
    """The Helm release name. Set it for an installation that exists already."""


class Settings(ComponentSettings):
    """Log lines of all pods, and of the machines where they have a journal, in Elasticsearch; Kibana to read them."""

    operator_namespace: DnsLabel = "elastic-system"
    """The namespace of Elastic's operator. `namespace` is that of Elasticsearch, Kibana and Fluent Bit; default:
    `logging`."""
    elasticsearch: Elasticsearch = Field(default_factory=Elasticsearch)
    """Where log lines are kept and searched."""
    kibana: Kibana = Field(default_factory=Kibana)
    """The web page of Elasticsearch."""
    fluent_bit: FluentBit = Field(default_factory=FluentBit)
    """What reads the lines on every machine and sends them."""
    index_prefix: str = Field(
        "logstash", title="an index name", pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=100, examples=["logstash"]
    )
    """What the daily indices begin with: lower case, digits, `-` and `_`. The date follows, or `-journal` and the
    date."""
    journal: bool | None = None
    """Read the machines' journal as well: the kernel, the kubelet, every service. Default: whether all machines run an
    operating system with systemd."""
    retention: str = Field(
        "30d", title="days, or forever", pattern=r"^([1-9][0-9]{0,4}d|forever)$", examples=["30d", "forever"]
    )
    """After how many days Elasticsearch deletes an index; `forever` keeps all until the volume is full."""
    resources: dict[Workload, Resources] = Field(
        {}, examples=[{"elasticsearch": {"requests": {"memory": "4Gi"}, "limits": {"memory": "4Gi"}}}]
    )
    """Requests and limits by the name of the workload. Elasticsearch takes half of its limit as heap. Default: by the
    size class."""
