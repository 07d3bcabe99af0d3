"""How many, how large: what follows from the machines and the size class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trimtab.components.logging.settings import Settings, Workload
from trimtab.components.releases import wanted_release
from trimtab.plan.cluster import Cluster
from trimtab.plan.nodes import NodeFacts
from trimtab.settings.component import Size

Amounts = Mapping[str, Mapping[str, str]]

USUAL_NODES = 3
"""Masters decide by majority: three survive the loss of one, two do not."""


def _memory(both: str) -> Amounts:
    return {"requests": {"memory": both}, "limits": {"memory": both}}


_FLUENT_BIT: Amounts = {"requests": {"cpu": "50m", "memory": "64Mi"}, "limits": {"memory": "256Mi"}}
_SETUP: Amounts = {"requests": {"cpu": "10m", "memory": "32Mi"}, "limits": {"memory": "128Mi"}}
_KIBANA: Amounts = {"requests": {"cpu": "100m", "memory": "1Gi"}, "limits": {"memory": "2Gi"}}

_AMOUNTS: Mapping[Size, Mapping[str, Amounts]] = {
    Size.SMALL: {
        "elasticsearch": _memory("1536Mi"),
        "kibana": {"requests": {"cpu": "50m", "memory": "768Mi"}, "limits": {"memory": "2Gi"}},
        "fluentBit": {"requests": {"cpu": "20m", "memory": "48Mi"}, "limits": {"memory": "128Mi"}},
        "setup": _SETUP,
    },
    Size.MEDIUM: {"elasticsearch": _memory("2Gi"), "kibana": _KIBANA, "fluentBit": _FLUENT_BIT, "setup": _SETUP},
    Size.LARGE: {"elasticsearch": _memory("8Gi"), "kibana": _KIBANA, "fluentBit": _FLUENT_BIT, "setup": _SETUP},
}
"""Elasticsearch: upstream's 2 GiB, of which half is heap (elastic/cloud-on-k8s v3.5.0 nodespec/defaults.go:28-43); less
on small clusters, more on large ones. Kibana does not start with a limit of 1 GiB (the same, kibana/pod.go:65-69).
The operator's own amounts are the chart's."""


def plan_resources(settings: Settings, cluster: Cluster, workload: Workload) -> dict[str, Any]:
    """Give the resources of one workload: the user's, else those of the size class."""
    given = settings.resources.get(workload)
    if given is not None:
        return given.to_kubernetes()
    return {part: dict(amounts) for part, amounts in _AMOUNTS[wanted_size(settings, cluster)][workload].items()}


def wanted_size(settings: Settings, cluster: Cluster) -> Size:
    """Give the size class: the component's, else the cluster's, which one machine makes small."""
    return settings.size_class or (Size.SMALL if cluster.is_small else cluster.settings.size)


def usable_nodes(settings: Settings, cluster: Cluster) -> tuple[NodeFacts, ...]:
    """Give the machines that can take Elasticsearch: pods may run there, and its image exists for their processor."""
    architectures = wanted_release("logging", settings).architectures
    return tuple(node for node in cluster.schedulable_nodes if node.arch in architectures)


def wanted_nodes(settings: Settings, cluster: Cluster) -> int:
    """Give how many Elasticsearch nodes there are."""
    if settings.elasticsearch.nodes is not None:
        return settings.elasticsearch.nodes
    few = cluster.has_nodes and len(usable_nodes(settings, cluster)) < USUAL_NODES
    return 1 if few or wanted_size(settings, cluster) == Size.SMALL else USUAL_NODES


def wanted_copies(settings: Settings, cluster: Cluster) -> int:
    """Give how many replicas an index has beside its primary: one node has nowhere to put any, and stays yellow."""
    return 0 if wanted_nodes(settings, cluster) == 1 else 1
