"""The way to Ceph: connection, profile, and classes; the chart cannot write IPv6 monitors.

Its template leaves addresses without quotes, and `[` begins a list (ceph-csi-operator v1.0.4
deploy/charts/ceph-csi-drivers/templates/cephConnection.yaml:12).
"""

from __future__ import annotations

from typing import Any

from trimtab.components.ceph_csi.drivers import (
    driver_name,
    driver_nodes,
    iter_snapshot_classes,
    plan_secrets,
    wanted_cluster_id,
    wanted_namespace,
)
from trimtab.components.ceph_csi.offers import CONNECTION, GROUP
from trimtab.components.ceph_csi.settings import Settings
from trimtab.kube.ceph_classes import REASONS, external_class_parameters, plan_snapshot_class, plan_volume_class
from trimtab.kube.ceph_monitors import render_monitors
from trimtab.kube.ceph_users import csi_secret_name
from trimtab.kube.manifests import Manifests
from trimtab.kube.objects import CONFIRMED, plan_object
from trimtab.plan.facts import Facts

API = f"{GROUP}/v1"
_ORIGIN = "components.ceph-csi"


def build(manifests: Manifests, application: str, settings: Settings, facts: Facts) -> None:
    """Add the objects of the application that knows the way; operator and drivers are charts alone."""
    if application != CONNECTION:
        return
    manifests.add(
        _object("CephConnection", settings, {"monitors": list(render_monitors(settings.monitors).values())}),
        origin=(f"{_ORIGIN}.monitors",),
        reasons={("spec", "monitors"): "brackets tell an IPv6 address from its port"},
    )
    manifests.add(
        _object("ClientProfile", settings, _profile(settings)),
        origin=(f"{_ORIGIN}.clusterId", f"{_ORIGIN}.subVolumeGroup"),
        reasons={("spec", "cephConnectionRef", "name"): "the connection of the same name"},
    )
    _build_classes(manifests, settings, facts)
    _build_snapshots(manifests, settings)


def _object(kind: str, settings: Settings, spec: dict[str, Any]) -> dict[str, Any]:
    """Give connection or profile; neither may go while there are volumes, for they are found by it."""
    namespace = wanted_namespace(settings)
    return plan_object(API, kind, wanted_cluster_id(settings), namespace=namespace, annotations=CONFIRMED, spec=spec)


def _profile(settings: Settings) -> dict[str, Any]:
    group = {"cephFs": {"subVolumeGroup": settings.sub_volume_group}} if settings.sub_volume_group else {}
    return {"cephConnectionRef": {"name": wanted_cluster_id(settings)}, **group}


def _build_classes(manifests: Manifests, settings: Settings, facts: Facts) -> None:
    nodes = driver_nodes(settings, facts.cluster)
    for driver, key, wanted in (("rbd", "block", settings.block), ("cephfs", "filesystem", settings.filesystem)):
        if wanted:
            parameters = external_class_parameters(
                wanted, nodes, cluster_id=wanted_cluster_id(settings), secrets=plan_secrets(settings, driver)
            )
            manifest = plan_volume_class(wanted.storage_class, driver_name(settings, driver), parameters)
            manifests.add(manifest, origin=(f"{_ORIGIN}.{key}", "nodes"), reasons=REASONS)


def _build_snapshots(manifests: Manifests, settings: Settings) -> None:
    for driver, key, name, chosen in iter_snapshot_classes(settings):
        manifest = plan_snapshot_class(
            chosen,
            name,
            driver_name(settings, driver),
            cluster_id=wanted_cluster_id(settings),
            secret=csi_secret_name(driver, "provisioner"),
            namespace=wanted_namespace(settings),
        )
        manifests.add(manifest, origin=(f"{_ORIGIN}.snapshots.{key}",))
