"""Values of the CSI drivers: names, kubelet directory, taints, copies, snapshots."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trimtab.components.rook.daemons import plan_affinity
from trimtab.components.rook.settings import Settings
from trimtab.components.rook.storage import is_small, wanted_namespace
from trimtab.findings.path import get_value
from trimtab.kube.ceph_classes import plan_secret_parameters
from trimtab.kube.ceph_users import csi_secret_name, wanted_drivers
from trimtab.kube.release import Values, drop_value, merge_values
from trimtab.kube.scheduling import plan_tolerations
from trimtab.plan.facts import Facts

DRIVERS = ("rbd", "cephfs")
SECRET_PREFIX = "rook-"
"""What Rook puts in front of the drivers' Secrets (rook v1.20.6 pkg/operator/ceph/csi/secrets.go:42-54)."""
_UNUSED = ("nfs", "nvmeof")
_DEFAULTS = ("operatorConfig", "driverSpecDefaults")
_KUBELET_DIR = (*_DEFAULTS, "nodePlugin", "kubeletDirPath")


def driver_name(settings: Settings, driver: str) -> str:
    """Give the name of a driver: the operator's namespace stands in front (rook csi-drivers-chart.md)."""
    return f"{wanted_namespace(settings)}.{driver}.csi.ceph.com"


def plan_csi_secrets(settings: Settings, driver: str) -> dict[str, str]:
    """Give the parameters of classes that name a driver's Secrets; Rook knows them by these names alone."""
    provisioner, node = (csi_secret_name(driver, role, SECRET_PREFIX) for role in ("provisioner", "node"))
    return plan_secret_parameters(provisioner, node, wanted_namespace(settings))


def build_driver_values(settings: Settings, facts: Facts) -> Values:
    """Give values for the chart ceph-csi-drivers, as Rook wants them (rook deploy/charts/ceph-csi-drivers/values.yaml).

    What the operator only fills in where a driver says nothing stands at each driver, since the chart's own defaults
    always say something there (ceph-csi-operator v1.0.4 templates/driver.yaml:36-146).
    """
    kubelet = facts.cluster.kubelet_dir
    node_plugin = {"priorityClassName": "system-node-critical", **({"kubeletDirPath": kubelet} if kubelet else {})}
    return {
        "operatorConfig": {
            "namespace": wanted_namespace(settings),
            "driverSpecDefaults": {
                "imageSet": {"name": "rook-csi-operator-image-set-configmap"},
                "nodePlugin": node_plugin,
                "controllerPlugin": {"priorityClassName": "system-cluster-critical"},
            },
        },
        "drivers": {
            **{driver: _driver(driver, settings, facts) for driver in DRIVERS},
            **{driver: {"enabled": False, "name": driver_name(settings, driver)} for driver in _UNUSED},
        },
    }


def _driver(driver: str, settings: Settings, facts: Facts) -> Values:
    tolerations = plan_tolerations(facts.cluster)
    affinity = plan_affinity(settings, facts.cluster)
    where = {**({"tolerations": tolerations} if tolerations else {}), **({"affinity": affinity} if affinity else {})}
    return {
        "enabled": True,
        "name": driver_name(settings, driver),
        "snapshotPolicy": "volumeSnapshot" if has_snapshots(settings, driver) else "none",
        "controllerPlugin": {"replicas": _controllers(settings, facts), **where},
        **({"nodePlugin": where} if where else {}),
    }


def has_snapshots(settings: Settings, driver: str) -> bool:
    """Say whether a driver takes snapshots: where they are wanted and it has volumes at all."""
    volumes = settings.block_pools if driver == "rbd" else settings.filesystems
    outside = settings.external is not None and driver in wanted_drivers(settings.external)
    return settings.snapshots is not None and (bool(volumes) or outside)


def _controllers(settings: Settings, facts: Facts) -> int:
    """Two controllers, which avoid one node; one on small clusters, where the second would stay pending."""
    cluster = facts.cluster
    few = cluster.has_nodes and len(cluster.nodes) < 2
    return 1 if few or is_small(settings, cluster) else 2


def driver_reasons() -> Mapping[tuple[str, ...], str]:
    """Say why the drivers' values are what they are, in the chart of their own and in the operator's before 1.20."""
    mismatch = "mounts time out where the kubelet does not look"
    policy = "its sidecar needs the snapshot CRDs, and snapshots need the sidecar"
    taints = "volumes must mount on tainted nodes too"
    named = "StorageClasses name the driver by this name"
    reasons = {
        _KUBELET_DIR: mismatch,
        (*_DEFAULTS, "imageSet", "name"): "the images that this Rook was tested with",
        ("operatorConfig", "namespace"): "drivers are looked for beside the operator",
        ("csi", "kubeletDirPath"): mismatch,
        ("csi", "pluginTolerations"): taints,
        ("csi", "enableRBDSnapshotter"): policy,
        ("csi", "enableCephfsSnapshotter"): policy,
    }
    for driver in DRIVERS:
        reasons[("drivers", driver, "name")] = named
        reasons[("drivers", driver, "snapshotPolicy")] = policy
        reasons[("drivers", driver, "nodePlugin", "tolerations")] = taints
    return reasons


def move_into_operator(values: Values, *, drivers: Values) -> Values:
    """Put what the drivers' chart is told into `csi` of the operator's chart, where it was before Rook 1.20.

    The CSI operator below it could be told neither taints nor processors then, so that part is dropped.
    """
    rbd, cephfs = drivers["drivers"]["rbd"], drivers["drivers"]["cephfs"]
    said: dict[str, Any] = {
        "kubeletDirPath": get_value(drivers, _KUBELET_DIR),
        "provisionerReplicas": rbd["controllerPlugin"]["replicas"],
        "pluginTolerations": get_value(rbd, ("nodePlugin", "tolerations")),
        "provisionerTolerations": get_value(rbd, ("controllerPlugin", "tolerations")),
        "pluginNodeAffinity": _as_text(get_value(rbd, ("nodePlugin", "affinity"))),
        "provisionerNodeAffinity": _as_text(get_value(rbd, ("controllerPlugin", "affinity"))),
        "enableRBDSnapshotter": rbd["snapshotPolicy"] != "none",
        "enableCephfsSnapshotter": cephfs["snapshotPolicy"] != "none",
    }
    csi = {key: value for key, value in said.items() if value is not None}
    return merge_values(drop_value(values, ("ceph-csi-operator",)), {"csi": csi})


def _as_text(affinity: Mapping[str, Any] | None) -> str | None:
    """Write an affinity as that chart wants it, `label=value,value` (rook v1.19.10 rook-ceph configmap.yaml)."""
    if not affinity:
        return None
    [term] = affinity["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]["nodeSelectorTerms"]
    return "; ".join(f"{label['key']}={','.join(label['values'])}" for label in term["matchExpressions"])
