"""Values of the chart local-path-provisioner."""

from __future__ import annotations

from trimtab.components.local_path.offers import APPLICATION, NAMESPACE
from trimtab.components.local_path.paths import plan_paths
from trimtab.components.local_path.settings import Settings
from trimtab.components.releases import wanted_release
from trimtab.kube.release import ChartRelease, Source, Values, match_reasons
from trimtab.kube.scheduling import plan_architecture_affinity, plan_tolerations
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts

HELPER_IMAGE = {"repository": "docker.io/library/busybox", "tag": "1.37.0"}
"""What makes and removes the folders; the chart's own default is `latest`."""

_REASONS = {
    ("storageClass", "provisionerName"): "else it is made from the release name, and a class cannot change it",
    ("helperImage", "tag"): "the chart's own is `latest`, which changes under a running cluster",
    ("nodePathMap",): "volumes lie on a real disk of each node, never in its memory",
    ("configmap", "helperPod", "tolerations"): "a folder is made on the node of the volume, whatever its taints",
}


def charts(settings: Settings, facts: Facts) -> dict[str, Source]:
    """Give the one release."""
    release = wanted_release("local-path", settings)
    values = _values(settings, facts.cluster, release.architectures)
    return {
        APPLICATION: ChartRelease(
            pin=release.charts["main"],
            release_name=settings.release_name or "local-path-provisioner",
            namespace=settings.namespace or NAMESPACE,
            values=values,
            reasons=match_reasons(_REASONS, values),
            origins=("components.local-path", "nodes"),
        )
    }


def _values(settings: Settings, cluster: Cluster, architectures: tuple[str, ...]) -> Values:
    wanted = settings.storage_class
    values: Values = {
        "storageClass": {
            "create": True,
            "name": wanted.name,
            "defaultClass": wanted.default,
            "reclaimPolicy": wanted.reclaim_policy,
            "provisionerName": "rancher.io/local-path",
        },
        "helperImage": dict(HELPER_IMAGE),
        "nodePathMap": [{"node": node, "paths": [path]} for node, path in plan_paths(settings, cluster).items()],
    }
    # The helper is put on the volume's node by name, past the scheduler; NoExecute would still throw it out
    # (local-path-provisioner v0.0.37 provisioner.go:783-791).
    if tolerations := plan_tolerations(cluster):
        values["configmap"] = {"helperPod": {"tolerations": tolerations}}
    if affinity := plan_architecture_affinity(cluster, architectures):
        values["affinity"] = affinity
    if resources := settings.resources.get("provisioner"):
        values["resources"] = resources.to_kubernetes()
    return values
