"""What runs on hosts and is no pod that a monitor could select: etcd beside Kubernetes, Calico's agents."""

from __future__ import annotations

from typing import Any

from trimtab.components.prometheus.control_plane import ETCD_PORT, iter_etcd_hosts
from trimtab.kube.felix import FELIX_PORT
from trimtab.kube.objects import plan_object
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import Controller

CALICO = "operator.tigera.io"
ETCD_JOB = "kube-etcd"
CALICO_JOB = "calico-node"

ETCD_REASONS: dict[tuple[str | int, ...], str] = {
    ("spec", "jobName"): "the alerts on etcd look for a job of this name",
    ("spec", "staticConfigs"): "etcd runs on the control plane's hosts; no Service can select it",
}
CALICO_REASONS: dict[tuple[str | int, ...], str] = {
    ("spec", "kubernetesSDConfigs"): "the agents' pods name no port, so that no PodMonitor finds them",
    ("spec", "relabelings"): "a node is known with its kubelet's port, and the agent answers on another",
}


def has_agents(facts: Facts) -> bool:
    """Say whether Calico is an application of this cluster, whose agents are told to answer."""
    return facts.has(Controller, CALICO)


def plan_etcd(cluster: Cluster, namespace: str) -> dict[str, Any]:
    """Give the ScrapeConfig of etcd by the addresses of its hosts."""
    addresses = [node.address for node in iter_etcd_hosts(cluster) if node.address]
    targets = [f"[{address}]:{ETCD_PORT}" if ":" in address else f"{address}:{ETCD_PORT}" for address in addresses]
    return _config(ETCD_JOB, namespace, {"staticConfigs": [{"targets": targets}]})


def plan_agents(namespace: str) -> dict[str, Any]:
    """Give the ScrapeConfig of Calico's agents: every node as the API server lists it, by another port.

    Its address has brackets already where it is of IPv6 (prometheus discovery/kubernetes/node.go).
    """
    port = {
        "action": "replace",
        "sourceLabels": ["__address__"],
        "regex": r"(.+):\d+",
        "targetLabel": "__address__",
        "replacement": f"$1:{FELIX_PORT}",
    }
    name = {"action": "replace", "sourceLabels": ["__meta_kubernetes_node_name"], "targetLabel": "node"}
    found = {"kubernetesSDConfigs": [{"role": "Node"}], "relabelings": [port, name]}
    return _config(CALICO_JOB, namespace, found)


def _config(job: str, namespace: str, more: dict[str, Any]) -> dict[str, Any]:
    spec = {"jobName": job, **more}
    return plan_object("monitoring.coreos.com/v1alpha1", "ScrapeConfig", job, namespace=namespace, spec=spec)
