"""Values of the operator and of the drivers, for the newest release; older ones are adapted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trimtab.components.ceph_csi.drivers import (
    COMPONENT,
    driver_name,
    has_snapshots,
    plan_controllers,
    wanted_namespace,
)
from trimtab.components.ceph_csi.offers import DRIVERS, OPERATOR
from trimtab.components.ceph_csi.settings import Settings
from trimtab.components.releases import wanted_release
from trimtab.kube.ceph_users import wanted_drivers
from trimtab.kube.release import Adaptation, ChartRelease, Source, Values, adapt_values, drop_value, match_reasons
from trimtab.kube.scheduling import plan_architecture_affinity, plan_node_selector, plan_tolerations
from trimtab.plan.facts import Facts

_ORIGINS = ("components.ceph-csi", "nodes", "kubernetes")
_KINDS = ("rbd", "cephfs", "nfs", "nvmeof")
"""What the chart would install by itself."""
_DEFAULTS = ("operatorConfig", "driverSpecDefaults")

_ADAPTATIONS = (
    Adaptation(
        below="1.0.0",
        adapt=lambda values: drop_value(
            drop_value(values, ("controllerManager", "tolerations")), ("controllerManager", "nodeSelector")
        ),
        why="the operator can be told where to run since then",
        source="ceph-csi-operator v1.0.0 deploy/charts/ceph-csi-operator/values.yaml; v0.7.0 has no such keys",
    ),
)

_OPERATOR_REASONS: Mapping[tuple[str, ...], str] = {
    ("controllerManager", "tolerations"): "every node it may need is tainted",
    ("controllerManager", "nodeSelector"): "its image exists only for these processors",
}


def charts(settings: Settings, facts: Facts) -> Mapping[str, Source]:
    """Give the operator's release and the drivers'."""
    release = wanted_release(COMPONENT, settings)
    operator = adapt_values(_operator_values(settings, facts), release.version, _ADAPTATIONS)
    drivers = _driver_values(settings, facts)
    return {
        OPERATOR: ChartRelease(
            pin=release.charts["operator"],
            release_name=settings.release_name or OPERATOR,
            namespace=wanted_namespace(settings),
            values=operator,
            reasons=_reasons(_OPERATOR_REASONS, operator),
            origins=_ORIGINS,
        ),
        DRIVERS: ChartRelease(
            pin=release.charts["drivers"],
            release_name=DRIVERS,
            namespace=wanted_namespace(settings),
            values=drivers,
            reasons=_reasons(_driver_reasons(), drivers),
            origins=_ORIGINS,
        ),
    }


def _reasons(known: Mapping[tuple[str, ...], str], values: Values) -> dict[tuple[str, ...], str]:
    return match_reasons(known, values)


def _operator_values(settings: Settings, facts: Facts) -> Values:
    manager: Values = {}
    if tolerations := plan_tolerations(facts.cluster):
        manager["tolerations"] = tolerations
    if selector := plan_node_selector(facts.cluster, wanted_release(COMPONENT, settings).architectures):
        manager["nodeSelector"] = selector
    if "operator" in settings.resources:
        manager["manager"] = {"resources": settings.resources["operator"].to_kubernetes()}
    return {"controllerManager": manager} if manager else {}


def _driver_values(settings: Settings, facts: Facts) -> Values:
    """Give the drivers' values.

    What the operator only fills in where a driver says nothing stands at each driver, since the chart's own defaults
    always say something there (ceph-csi-operator v1.0.4 templates/driver.yaml:36-146).
    """
    kubelet = facts.cluster.kubelet_dir
    node_plugin = {"priorityClassName": "system-node-critical", **({"kubeletDirPath": kubelet} if kubelet else {})}
    wanted = wanted_drivers(settings)
    return {
        "operatorConfig": {
            "namespace": wanted_namespace(settings),
            "driverSpecDefaults": {
                "nodePlugin": node_plugin,
                "controllerPlugin": {"priorityClassName": "system-cluster-critical"},
            },
        },
        "drivers": {kind: _driver(kind, settings, facts) if kind in wanted else {"enabled": False} for kind in _KINDS},
    }


def _driver(driver: str, settings: Settings, facts: Facts) -> Values:
    controller: Values = {"replicas": plan_controllers(settings, facts.cluster), **_where(settings, facts)}
    node = _where(settings, facts)
    for name, plugin in (("controller", controller), ("node", node)):
        for workload, resources in settings.resources.items():
            if workload == name:
                plugin["resources"] = {"plugin": resources.to_kubernetes()}
    return {
        "enabled": True,
        "name": driver_name(settings, driver),
        "snapshotPolicy": "volumeSnapshot" if has_snapshots(settings, driver) else "none",
        "controllerPlugin": controller,
        **({"nodePlugin": node} if node else {}),
    }


def _where(settings: Settings, facts: Facts) -> dict[str, Any]:
    """Run on every node that an image exists for, tainted or not: volumes are mounted where pods run."""
    tolerations = plan_tolerations(facts.cluster)
    affinity = plan_architecture_affinity(facts.cluster, wanted_release(COMPONENT, settings).architectures)
    return {**({"tolerations": tolerations} if tolerations else {}), **({"affinity": affinity} if affinity else {})}


def _driver_reasons() -> dict[tuple[str, ...], str]:
    reasons = {
        ("operatorConfig", "namespace"): "drivers are looked for beside the operator",
        (*_DEFAULTS, "nodePlugin", "kubeletDirPath"): "mounts time out where the kubelet does not look",
    }
    for driver in _KINDS:
        at = ("drivers", driver)
        reasons[(*at, "name")] = "StorageClasses name the driver by this name"
        reasons[(*at, "snapshotPolicy")] = "its sidecar needs the snapshot CRDs, and snapshots need the sidecar"
        reasons[(*at, "controllerPlugin", "replicas")] = "two copies avoid one node, and the second would wait"
        reasons[(*at, "nodePlugin", "tolerations")] = "volumes must mount on tainted nodes too"
        reasons[(*at, "nodePlugin", "affinity")] = "its image exists only for these processors"
    return reasons
