"""Values of each workload: volumes, replicas, places, pages."""

from __future__ import annotations

from typing import Any

from trimtab.components.prometheus.amounts import plan_retention_size
from trimtab.components.prometheus.pages import grafana_host, page_url, plan_entrance_values
from trimtab.components.prometheus.settings import Grafana, Settings, Workload
from trimtab.kube.release import Values
from trimtab.kube.scheduling import plan_architecture_affinity, plan_replicas
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.settings.nodes import OperatingSystem

_EVERY_MONITOR = ("rule", "serviceMonitor", "podMonitor", "probe", "scrapeConfig")
"""What Prometheus looks for, with a selector each; the chart would have it take only what has its release's label."""


def plan_prometheus(settings: Settings, facts: Facts, architectures: tuple[str, ...]) -> Values:
    """Give `prometheus`: everybody's monitors, a volume, and how much of it is used."""
    spec: Values = {
        **{f"{what}SelectorNilUsesHelmValues": False for what in _EVERY_MONITOR},
        "serviceDiscoveryRole": "EndpointSlice",
        "retention": settings.retention,
        "retentionSize": plan_retention_size(settings.size),
        "storageSpec": _claim(settings, settings.size),
        **_placed(settings, "prometheus", facts.cluster, architectures),
    }
    replicas = plan_replicas(facts.cluster, settings.replicas)
    if replicas > 1:
        spec["replicas"] = replicas
    if settings.scrape_interval:
        spec["scrapeInterval"] = settings.scrape_interval
    return {"prometheusSpec": spec, **_page(settings.host, "prometheus", settings, facts), **_service(facts.cluster)}


def plan_alertmanager(settings: Settings, facts: Facts, architectures: tuple[str, ...]) -> Values:
    """Give `alertmanager`: one of it, a volume, and the Secret with its configuration.

    Where there is no such Secret the operator starts it with one receiver that does nothing (prometheus-operator
    v0.93.1 pkg/apis/monitoring/v1/alertmanager_types.go, configSecret); the chart's own Secret would say the same.
    """
    wanted = settings.alertmanager
    spec: Values = {
        "useExistingSecret": True,
        "storage": _claim(settings, wanted.size),
        **_placed(settings, "alertmanager", facts.cluster, architectures),
    }
    if wanted.config_secret:
        spec["configSecret"] = wanted.config_secret
    return {"alertmanagerSpec": spec, **_page(wanted.host, "alertmanager", settings, facts), **_service(facts.cluster)}


def plan_grafana(settings: Settings, facts: Facts, architectures: tuple[str, ...]) -> Values:
    """Give `grafana`: its first user from a Secret, a page, and a volume where one is wanted."""
    wanted = settings.wanted_grafana
    if wanted is None:
        return {"enabled": False}
    cluster = facts.cluster
    values: Values = {
        "admin": {"existingSecret": wanted.admin_secret},
        "testFramework": {"enabled": False},
        **_placed(settings, "grafana", cluster, architectures),
        **_kept(wanted, settings),
    }
    if host := grafana_host(settings, facts):
        values |= plan_entrance_values(host, "grafana", settings, facts)
        values["grafana.ini"] = {"server": {"root_url": page_url(host, settings, facts)}}
    if cluster.is_dual_stack:
        values["service"] = {"ipFamilyPolicy": cluster.ip_family_policy, "ipFamilies": list(cluster.ip_families)}
    return values


def plan_operator(
    settings: Settings, facts: Facts, architectures: tuple[str, ...], *, has_certificates: bool
) -> Values:
    """Give `prometheusOperator`: its webhook with a certificate of cert-manager's, or no webhook.

    Without cert-manager the chart makes the certificate by Jobs that are Helm hooks; Argo CD would run them at every
    sync, and plain manifests have none (kube-prometheus-stack 88.5.3 templates/prometheus-operator/admission-webhooks).
    The operator checks rules itself as well, and leaves out those that are wrong.
    """
    webhooks: Values = {"enabled": False}
    if has_certificates:
        webhooks = {"certManager": {"enabled": True}, "patch": {"enabled": False}, "failurePolicy": "Ignore"}
    return {
        "admissionWebhooks": webhooks,
        **({} if has_certificates else {"tls": {"enabled": False}}),
        "kubeletEndpointSliceEnabled": True,
        "kubeletEndpointsEnabled": False,
        **_placed(settings, "operator", facts.cluster, architectures),
    }


def plan_kube_state_metrics(settings: Settings, cluster: Cluster, architectures: tuple[str, ...]) -> Values:
    """Give `kube-state-metrics`."""
    return _placed(settings, "kubeStateMetrics", cluster, architectures)


def plan_node_exporter(settings: Settings, cluster: Cluster) -> Values:
    """Give `prometheus-node-exporter`: on every node, whatever its processor and its taints.

    The chart tolerates every NoSchedule taint, and no other (prometheus-node-exporter 4.56.1 values.yaml:471).
    It wants to see later mounts below `/`, which containerd refuses where `/` is private; only systemd shares it.
    """
    resources = settings.resources.get("nodeExporter")
    values: Values = {"resources": resources.to_kubernetes()} if resources else {}
    if any(taint.endswith(":NoExecute") for taint in cluster.taints):
        values["tolerations"] = [{"operator": "Exists"}]
    if any(node.os is OperatingSystem.ALPINE for node in cluster.nodes):
        values["hostRootFsMount"] = {"mountPropagation": "None"}
    return values


def _claim(settings: Settings, size: str) -> dict[str, Any]:
    named = {"storageClassName": settings.storage_class} if settings.storage_class else {}
    spec = {**named, "accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": size}}}
    return {"volumeClaimTemplate": {"spec": spec}}


def _placed(settings: Settings, name: Workload, cluster: Cluster, architectures: tuple[str, ...]) -> Values:
    values: Values = {}
    if affinity := plan_architecture_affinity(cluster, architectures):
        values["affinity"] = affinity
    if resources := settings.resources.get(name):
        values["resources"] = resources.to_kubernetes()
    return values


def _kept(wanted: Grafana, settings: Settings) -> Values:
    """A volume that one pod at a time can have: the old pod goes before the new one comes."""
    if wanted.size is None:
        return {}
    named = {"storageClassName": settings.storage_class} if settings.storage_class else {}
    volume = {"enabled": True, "size": wanted.size, "accessModes": ["ReadWriteOnce"], **named}
    return {"persistence": volume, "deploymentStrategy": {"type": "Recreate"}}


def _page(host: str | None, name: str, settings: Settings, facts: Facts) -> Values:
    if host is None:
        return {}
    values = plan_entrance_values(host, name, settings, facts)
    # Only an Ingress of these two is told its path; Grafana's own chart knows it.
    return values if settings.gateway else {"ingress": {**values["ingress"], "paths": ["/"], "pathType": "Prefix"}}


def _service(cluster: Cluster) -> Values:
    if not cluster.is_dual_stack:
        return {}
    families = {"ipFamilies": list(cluster.ip_families), "ipFamilyPolicy": cluster.ip_family_policy}
    return {"service": {"ipDualStack": {"enabled": True, **families}}}
