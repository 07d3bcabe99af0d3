"""Values of the chart local-path-provisioner."""

from __future__ import annotations

from trimtab.components.local_path.offers import APPLICATION, NAMESPACE
from trimtab.components.local_path.settings import Settings
from trimtab.components.releases import wanted_release
from trimtab.kube.release import ChartRelease, Source, Values, adapt_values
from trimtab.kube.scheduling import plan_node_selector
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts

DEFAULT_PATH = "/opt/local-path-provisioner"
HELPER_IMAGE = {"repository": "docker.io/library/busybox", "tag": "1.37.0"}
"""What makes and removes the folders; the chart's own default is `latest`."""

_EVERY_NODE = "DEFAULT_PATH_FOR_NON_LISTED_NODES"


def charts(settings: Settings, facts: Facts) -> dict[str, Source]:
    """Give the one release."""
    release = wanted_release("local-path", settings)
    pin = release.charts["main"]
    return {
        APPLICATION: ChartRelease(
            pin=pin,
            release_name=settings.release_name or "local-path-provisioner",
            namespace=settings.namespace or NAMESPACE,
            values=adapt_values(_values(settings, facts.cluster, release.architectures), pin.version, ()),
            reasons={
                ("storageClass", "provisionerName"): "else it is made from the release name, and a class cannot change it",
                ("helperImage", "tag"): "the chart's own is `latest`, which changes under a running cluster",
            },
            origins=("components.local-path",),
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
        "helperImage": HELPER_IMAGE,
        "nodePathMap": _paths(settings, cluster),
    }
    if selector := plan_node_selector(cluster, architectures):
        values["nodeSelector"] = selector
    if resources := settings.resources.get("provisioner"):
        values["resources"] = resources.to_kubernetes()
    return values


def _paths(settings: Settings, cluster: Cluster) -> list[dict[str, object]]:
    if settings.path:
        return [{"node": _EVERY_NODE, "paths": [settings.path]}]
    special = [
        {"node": node.name, "paths": [f"{node.data}/local-path"]}
        for node in cluster.nodes
        if node.root == "tmpfs" and node.data
    ]
    return [{"node": _EVERY_NODE, "paths": [DEFAULT_PATH]}, *special]
