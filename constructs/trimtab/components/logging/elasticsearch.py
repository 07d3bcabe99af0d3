"""The Elasticsearch object."""

from __future__ import annotations

from typing import Any

from trimtab.catalogue.chart import Release
from trimtab.components.logging.names import wanted_namespace
from trimtab.components.logging.placing import plan_elasticsearch_affinity
from trimtab.components.logging.settings import Settings
from trimtab.components.logging.sizes import plan_resources, wanted_nodes
from trimtab.components.releases import wanted_release
from trimtab.findings.path import has_value
from trimtab.kube.manifests import Manifests
from trimtab.kube.objects import CONFIRMED, plan_object, without_nothing
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts

API_VERSION = "elasticsearch.k8s.elastic.co/v1"
NODE_SET = "default"

_CLAIM = "elasticsearch-data"
"""The one name under which the operator mounts a volume (elastic/cloud-on-k8s v3.5.0 validations.go)."""

_REASONS: dict[tuple[str | int, ...], str] = {
    ("spec", "version"): "Elasticsearch, Kibana and the operator fit each other; a version never goes back",
    ("spec", "volumeClaimDeletePolicy"): "by default the volumes are deleted with this object",
    ("metadata", "annotations"): "deleting it stops all logging; a person confirms that",
    ("spec", "podDisruptionBudget"): "the budget of a single node allows no disruption, and no drain would end",
    (
        "spec",
        "nodeSets",
        0,
        "config",
        "node.store.allow_mmap",
    ): "without it the pods refuse to start on machines with the kernel's usual vm.max_map_count",
    ("spec", "nodeSets", 0, "volumeClaimTemplates", 0, "metadata", "name"): "no other claim is mounted",
}


def stack_version(settings: Settings) -> str:
    """Give the version of Elasticsearch and Kibana: the one that is set, else that of the operator's release."""
    return settings.elasticsearch.version or release_stack(wanted_release("logging", settings))


def release_stack(release: Release) -> str:
    """Give the version of Elasticsearch that belongs to a release."""
    return release.images["elasticsearch"].rpartition(":")[2]


def stack_image(settings: Settings) -> str:
    """Give the image of Elasticsearch, as the operator will name it: what is on the machines already."""
    name = wanted_release("logging", settings).images["elasticsearch"].rpartition(":")[0]
    return f"{name}:{stack_version(settings)}"


def build_elasticsearch(manifests: Manifests, settings: Settings, facts: Facts) -> None:
    """Add the Elasticsearch object."""
    spec: dict[str, Any] = {
        "version": stack_version(settings),
        "volumeClaimDeletePolicy": "DeleteOnScaledownOnly",
        "nodeSets": [_node_set(settings, facts.cluster)],
    }
    if wanted_nodes(settings, facts.cluster) == 1:
        spec["podDisruptionBudget"] = {}
    manifest = plan_object(
        API_VERSION,
        "Elasticsearch",
        settings.elasticsearch.name,
        namespace=wanted_namespace(settings),
        annotations=CONFIRMED,
        spec=spec,
    )
    manifests.add(
        manifest,
        origin=("components.logging.elasticsearch", "nodes", "size"),
        reasons={path: why for path, why in _REASONS.items() if has_value(manifest, path)},
    )


def _node_set(settings: Settings, cluster: Cluster) -> dict[str, Any]:
    node_set: dict[str, Any] = {"name": NODE_SET, "count": wanted_nodes(settings, cluster)}
    if not settings.elasticsearch.allow_mmap:
        node_set["config"] = {"node.store.allow_mmap": False}
    container = {"name": "elasticsearch", "resources": plan_resources(settings, cluster, "elasticsearch")}
    affinity = plan_elasticsearch_affinity(settings, cluster)
    pod = {**({"affinity": affinity} if affinity else {}), "containers": [container]}
    return {**node_set, "podTemplate": {"spec": pod}, "volumeClaimTemplates": [_claim(settings)]}


def _claim(settings: Settings) -> dict[str, Any]:
    spec = without_nothing(
        {
            "accessModes": ["ReadWriteOnce"],
            "storageClassName": settings.elasticsearch.storage_class,
            "resources": {"requests": {"storage": settings.elasticsearch.size}},
        }
    )
    return {"metadata": {"name": _CLAIM}, "spec": spec}
