"""Settings of Prometheus, Alertmanager and Grafana."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from trimtab.settings.component import ComponentSettings, Resources
from trimtab.settings.construct import construct_model
from trimtab.settings.gateway import Gateway
from trimtab.settings.model import DnsLabel, DnsName, Duration, Model, Quantity

Workload = Literal["prometheus", "alertmanager", "operator", "grafana", "kubeStateMetrics", "nodeExporter"]
"""What resources can be given to."""

Topic = Literal["etcd", "certificates", "disks", "ceph", "certManager", "argocd"]
"""What our own alerts are about."""

Page = Literal[
    "argocd",
    "calico",
    "ceph",
    "certManager",
    "certificates",
    "etcd",
    "harbor",
    "hosts",
    "logging",
    "metallb",
    "traefik",
]
"""What our own dashboards are about."""


class Grafana(Model):
    """Dashboards in a browser."""

    host: DnsName | None = Field(None, examples=["grafana.example.org"])
    """The host name of its web page. Default: `grafana.` and the cluster's `domain`, where the cluster has an Ingress
    class or `gateway` is set; else none."""
    admin_secret: DnsName = "grafana-admin"
    """The Secret with the first user's name and password (`admin-user`, `admin-password`), made outside Git."""
    size: Quantity | None = Field(None, examples=["1Gi"])
    """A volume for what people save in it, in bytes. Default: none; dashboards come from ConfigMaps."""


class Alertmanager(Model):
    """Who is told of an alert."""

    config_secret: DnsName | None = Field(None, examples=["alertmanager-config"])
    """The Secret with its configuration (`alertmanager.yaml`): routes, receivers and their passwords. Made outside Git.
    Default: alerts are shown on its page, and nobody is told."""
    host: DnsName | None = Field(None, examples=["alertmanager.example.org"])
    """The host name of its web page, which asks for no password. Default: none."""
    size: Quantity = "1Gi"
    """Its volume, in bytes, for silences and for what was sent already."""


class Nagios(Model):
    """A way for a Nagios outside to ask Prometheus: questions only."""

    host: DnsName | None = Field(None, examples=["checks.example.org"])
    """The host name that Nagios asks. Default: `prometheus-checks.` and the cluster's `domain`."""


class Settings(ComponentSettings):
    """Metrics of the cluster and of what runs in it, alerts on them, and dashboards."""

    size: Quantity = "20Gi"
    """The volume of each Prometheus, in bytes. Four fifths of it hold samples; the oldest go first."""
    retention: str = Field(
        "15d", title="a length of time", pattern=r"^([0-9]+(ms|s|m|h|d|w|y))+$", examples=["15d", "12h"]
    )
    """How long samples are kept, where the volume is large enough for it."""
    storage_class: DnsName | None = None
    """The StorageClass of all volumes. Default: the cluster's default class."""
    replicas: int = Field(1, ge=1, le=5)
    """How many Prometheus run, each with all samples on a volume of its own. Small clusters have one."""
    scrape_interval: Duration | None = Field(None, examples=["60s"])
    """How often metrics are fetched. Default: Prometheus operator's own, every 30 seconds."""
    host: DnsName | None = Field(None, examples=["prometheus.example.org"])
    """The host name of Prometheus' web page, which asks for no password. Default: none."""
    ingress_class: DnsName | None = None
    """The IngressClass of all host names. Default: the cluster's default class."""
    issuer: DnsLabel | None = None
    """The ClusterIssuer of their certificates. Default: the cluster's first one; without one they speak plain HTTP."""
    gateway: Gateway | None = None
    """A Gateway of yours that leads to all host names, instead of Ingresses."""
    grafana: Grafana | bool = Field(True, examples=[False, {"host": "grafana.example.org"}])
    """Dashboards in a browser; `false` for none."""
    alertmanager: Alertmanager = Field(default_factory=Alertmanager)
    """Who is told of an alert."""
    nagios: Nagios | None = None
    """A way for a Nagios outside to ask Prometheus. Default: none."""
    alerts: dict[Topic, bool] = Field({}, examples=[{"argocd": False}])
    """Our own alerts, by topic. Default: all topics of what the cluster has; `false` leaves one out."""
    dashboards: dict[Page, bool] = Field({}, examples=[{"traefik": False}])
    """Our own dashboards, by topic. Default: all topics of what the cluster has; `false` leaves one out."""
    resources: dict[Workload, Resources] = Field({}, examples=[{"prometheus": {"requests": {"memory": "2Gi"}}}])
    """Requests and limits by the name of the workload. Default: none, as upstream."""

    @property
    def wanted_grafana(self) -> Grafana | None:
        """Give Grafana's settings; nothing where it is off."""
        if isinstance(self.grafana, Grafana):
            return self.grafana
        return construct_model(Grafana, {}) if self.grafana else None
