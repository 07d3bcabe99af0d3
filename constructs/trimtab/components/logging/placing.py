"""Where the pods of Elasticsearch and Kibana run: apart from each other, on processors that their images know."""

from __future__ import annotations

from typing import Any

from trimtab.components.logging.settings import Settings
from trimtab.components.logging.sizes import usable_nodes, wanted_nodes
from trimtab.components.releases import wanted_release
from trimtab.kube.scheduling import plan_architecture_affinity
from trimtab.plan.cluster import Cluster

_CLUSTER_LABEL = "elasticsearch.k8s.elastic.co/cluster-name"
_KIBANA_LABEL = "kibana.k8s.elastic.co/name"


def plan_elasticsearch_affinity(settings: Settings, cluster: Cluster) -> dict[str, Any]:
    """Keep nodes on machines of their own: by force where there are enough machines, else where it can be.

    The operator has a wish of the same kind, but only for pods that say nothing of affinity at all
    (elastic/cloud-on-k8s v3.5.0 pkg/controller/common/defaults/pod_template.go:143).
    """
    wanted = wanted_nodes(settings, cluster)
    if wanted == 1:
        return _processors(settings, cluster)
    is_forced = len(usable_nodes(settings, cluster)) >= wanted
    return {
        **_processors(settings, cluster),
        **_apart(_CLUSTER_LABEL, settings.elasticsearch.name, is_forced=is_forced),
    }


def plan_kibana_affinity(settings: Settings, cluster: Cluster, *, name: str, replicas: int) -> dict[str, Any]:
    """Keep several Kibanas apart where it can be."""
    apart = _apart(_KIBANA_LABEL, name, is_forced=False) if replicas > 1 else {}
    return {**_processors(settings, cluster), **apart}


def _processors(settings: Settings, cluster: Cluster) -> dict[str, Any]:
    return plan_architecture_affinity(cluster, wanted_release("logging", settings).architectures)


def _apart(label: str, value: str, *, is_forced: bool) -> dict[str, Any]:
    term = {"topologyKey": "kubernetes.io/hostname", "labelSelector": {"matchLabels": {label: value}}}
    if is_forced:
        return {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [term]}}
    wish = {"weight": 100, "podAffinityTerm": term}
    return {"podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [wish]}}
