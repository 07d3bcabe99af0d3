"""Values of the chart csi-driver-nfs."""

from __future__ import annotations

from trimtab.components.csi_driver_nfs.offers import APPLICATION, NAMESPACE
from trimtab.components.csi_driver_nfs.settings import Settings
from trimtab.components.releases import wanted_release
from trimtab.kube.release import ChartRelease, Source, Values, match_reasons
from trimtab.kube.scheduling import plan_architecture_affinity
from trimtab.plan.facts import Facts
from trimtab.plan.offers import ApiGroup

SNAPSHOT_GROUP = "snapshot.storage.k8s.io"

_REASONS = {
    ("kubeletDir",): "a driver that mounts elsewhere makes every mount time out",
    ("externalSnapshotter", "enabled"): "the snapshot controller belongs to the cluster, not to one driver",
    ("controller", "enableSnapshotter"): "the sidecar looks for kinds that this cluster does not have",
}


def charts(settings: Settings, facts: Facts) -> dict[str, Source]:
    """Give the one release."""
    release = wanted_release(APPLICATION, settings)
    values = _values(settings, facts, release.architectures)
    return {
        APPLICATION: ChartRelease(
            pin=release.charts["main"],
            release_name=settings.release_name or APPLICATION,
            namespace=settings.namespace or NAMESPACE,
            values=values,
            reasons=match_reasons(_REASONS, values),
            origins=("components.csi-driver-nfs", "kubernetes"),
        )
    }


def _values(settings: Settings, facts: Facts, architectures: tuple[str, ...]) -> Values:
    cluster = facts.cluster
    controller: Values = {} if facts.has(ApiGroup, SNAPSHOT_GROUP) else {"enableSnapshotter": False}
    node: Values = {}
    for name, workload in (("controller", controller), ("node", node)):
        if affinity := plan_architecture_affinity(cluster, architectures):
            workload["affinity"] = affinity
        if resources := {str(key): one for key, one in settings.resources.items()}.get(name):
            workload["resources"] = {"nfs": resources.to_kubernetes()}
    values: Values = {"externalSnapshotter": {"enabled": False}, "controller": controller, "node": node}
    if cluster.kubelet_dir:
        values["kubeletDir"] = cluster.kubelet_dir
    return {key: value for key, value in values.items() if value}
