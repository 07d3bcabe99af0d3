"""Which parts of Kubernetes can be scraped: that differs by who installed it."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.kube.release import Values
from trimtab.plan.cluster import Cluster
from trimtab.plan.nodes import NodeFacts
from trimtab.settings.kubernetes import Distribution

ETCD_PORT = 2381
"""Where etcd answers for metrics alone (kubernetes cmd/kubeadm/app/phases/etcd/local.go, getEtcdCommand)."""

_OPEN = frozenset({Distribution.KUBEADM, Distribution.KUBESPRAY})
"""Distributions whose control plane is told at installation to answer for metrics on the nodes' addresses.

All others keep it on localhost, or in one process with the API server.
"""


def has_open_control_plane(cluster: Cluster) -> bool:
    """Say whether scheduler, controller manager and etcd can be scraped from pods."""
    return cluster.settings.kubernetes.distribution in _OPEN


def has_etcd_pods(cluster: Cluster) -> bool:
    """Say whether etcd runs in pods that a Service can select, as with kubeadm; kubespray runs it on the hosts."""
    return cluster.settings.kubernetes.distribution == Distribution.KUBEADM


def iter_etcd_hosts(cluster: Cluster) -> Iterator[NodeFacts]:
    """Give the nodes on which etcd runs beside Kubernetes, by address; none where it runs in pods or is hidden."""
    if has_open_control_plane(cluster) and not has_etcd_pods(cluster):
        yield from (node for node in cluster.nodes if node.is_control_plane and node.address)


def is_etcd_watched(cluster: Cluster) -> bool:
    """Say whether etcd's metrics reach Prometheus."""
    return has_etcd_pods(cluster) or any(iter_etcd_hosts(cluster))


def plan_control_plane(cluster: Cluster) -> Values:
    """Give the values that leave out what cannot be scraped; its alerts go with it.

    The chart's rules ask for the same switch as its monitors (kube-prometheus-stack 88.5.3
    templates/prometheus/rules-1.14/etcd.yaml).
    """
    off = {"enabled": False}
    is_open = has_open_control_plane(cluster)
    values: Values = {} if is_open else {"kubeControllerManager": off, "kubeScheduler": off}
    if not (is_open and "kube-proxy" in cluster.provides):
        values["kubeProxy"] = off
    if "coredns" not in cluster.provides:
        values["coreDns"] = off
    return {**values, **_etcd(cluster)}


def _etcd(cluster: Cluster) -> Values:
    """On hosts the chart would list addresses in an Endpoints object, which Argo CD leaves out: we list them ourselves.

    Source: argo-cd v3.5.1 util/settings/settings.go (default resource exclusions).
    """
    if has_etcd_pods(cluster):
        return {}
    if is_etcd_watched(cluster):
        return {"kubeEtcd": {"service": {"enabled": False}, "serviceMonitor": {"enabled": False}}}
    return {"kubeEtcd": {"enabled": False}}
