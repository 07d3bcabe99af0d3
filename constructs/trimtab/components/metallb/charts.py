"""Values of the chart metallb."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trimtab.components.metallb.offers import CONTROLLER, NAMESPACE
from trimtab.components.metallb.settings import Settings
from trimtab.components.releases import wanted_release
from trimtab.kube.monitoring import MONITORING_APIS, label_monitors
from trimtab.kube.release import ChartRelease, Source, Values, match_reasons
from trimtab.kube.scheduling import plan_tolerations, plan_workload
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.nodes import CONTROL_PLANE_TAINT
from trimtab.plan.offers import MonitorSelector

_REASONS: Mapping[tuple[str, ...], str] = {
    ("frrk8s", "enabled"): "addresses are announced on the nodes' own network; on by default since 0.16",
    ("speaker", "tolerations"): "the speaker must run on every node, tainted ones too",
    ("speaker", "ignoreExcludeLB"): "kubeadm excludes control planes from load balancing, and there is no other node",
    ("prometheus", "rbacPrometheus"): "the chart would bind a role to an account of Prometheus that it must be told",
}


def charts(settings: Settings, facts: Facts) -> dict[str, Source]:
    """Give the one release."""
    release = wanted_release("metallb", settings)
    values = _values(settings, facts, release.architectures)
    return {
        CONTROLLER: ChartRelease(
            pin=release.charts["main"],
            release_name=settings.release_name or "metallb",
            namespace=settings.namespace or NAMESPACE,
            values=values,
            reasons=match_reasons(_REASONS, values),
            api_versions=MONITORING_APIS if facts.has(MonitorSelector) else (),
            origins=("components.metallb",),
        )
    }


def _values(settings: Settings, facts: Facts, architectures: tuple[str, ...]) -> Values:
    cluster = facts.cluster
    speaker = {**plan_workload(cluster, architectures, settings.resources.get("speaker")), **_speaker(cluster)}
    values: Values = {
        # Layer 2 needs no BGP daemon: five more containers on every node else (metallb v0.16.1 release notes, 0.16.0).
        "frrk8s": {"enabled": False},
        "controller": plan_workload(cluster, architectures, settings.resources.get("controller")),
        "speaker": speaker,
        "prometheus": _monitoring(facts),
    }
    return {key: value for key, value in values.items() if value}


def _speaker(cluster: Cluster) -> Values:
    """Let the speaker run on, and announce from, every node that has a say."""
    values: Values = {}
    # The chart tolerates the control plane's own taint already (speaker.tolerateMaster).
    if tolerations := [one for one in plan_tolerations(cluster) if one != _CONTROL_PLANE]:
        values["tolerations"] = tolerations
    # kubeadm labels control-plane nodes node.kubernetes.io/exclude-from-external-load-balancers, and MetalLB then never
    # announces from them: on a cluster of nothing else every address stays dark
    # (kubernetes cmd/kubeadm/app/phases/markcontrolplane; metallb v0.16.1 speaker/layer2_controller.go:268).
    if cluster.has_nodes and all(node.is_control_plane for node in cluster.nodes):
        values["ignoreExcludeLB"] = True
    return values


_CONTROL_PLANE = {"key": CONTROL_PLANE_TAINT.partition(":")[0], "operator": "Exists", "effect": "NoSchedule"}


def _monitoring(facts: Facts) -> Values:
    """Have Prometheus scrape both workloads; its own cluster-wide role lets it read their Services and metrics."""
    monitor = facts.find(MonitorSelector)
    if monitor is None:
        return {}
    labels = label_monitors(monitor)
    monitors: dict[str, Any] = {"controller": labels, "speaker": labels} if labels else {}
    return {"rbacPrometheus": False, "serviceMonitor": {"enabled": True, **monitors}}
