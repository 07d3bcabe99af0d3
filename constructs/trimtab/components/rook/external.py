"""A Ceph outside the cluster: what Rook is told of it, and the classes of its pool and its file system."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trimtab.components.rook.ceph_cluster import plan_monitor_labels
from trimtab.components.rook.csi import driver_name, plan_csi_secrets
from trimtab.components.rook.offers import ENDPOINTS, is_monitored
from trimtab.components.rook.pools import API
from trimtab.components.rook.settings import External, Settings
from trimtab.components.rook.storage import usable_nodes, wanted_namespace
from trimtab.kube.ceph_classes import REASONS, external_class_parameters, plan_volume_class
from trimtab.kube.ceph_monitors import render_monitors
from trimtab.kube.manifests import Manifests
from trimtab.kube.objects import CONFIRMED, plan_object, without_nothing
from trimtab.plan.facts import Facts

_ORIGIN = "components.rook.external"

_ENDPOINTS_REASONS: dict[tuple[str | int, ...], str] = {
    ("data", "data"): "brackets tell an IPv6 address from its port",
}


def build_external(manifests: Manifests, external: External, settings: Settings, facts: Facts) -> None:
    """Add the CephCluster that only connects, the monitors' addresses, and the classes.

    CephConnection and ClientProfile are Rook's to make (rook v1.20.6 pkg/operator/ceph/csi/ceph_connection.go:37-53).
    """
    namespace = wanted_namespace(settings)
    spec = plan_external_cluster(external, settings, facts)
    cluster = plan_object(API, "CephCluster", namespace, namespace=namespace, annotations=CONFIRMED, spec=spec)
    manifests.add(cluster, origin=(_ORIGIN,), reasons={("spec", "external", "enable"): "it is not Rook's to run"})
    manifests.add(_endpoints(external, namespace), origin=(f"{_ORIGIN}.monitors",), reasons=_ENDPOINTS_REASONS)
    for key, manifest in _classes(external, settings, facts):
        manifests.add(manifest, origin=(f"{_ORIGIN}.{key}", "nodes"), reasons=REASONS)


def plan_external_cluster(external: External, settings: Settings, facts: Facts) -> dict[str, Any]:
    """Give the spec of a CephCluster that runs no daemon, hence has no image, disks, monitors or network of its own."""
    monitored = is_monitored(settings, facts)
    managers = [{"ip": address} for address in external.managers]
    return without_nothing(
        {
            "external": {"enable": True},
            "crashCollector": {"disable": True},
            "monitoring": {"enabled": True, "externalMgrEndpoints": managers} if monitored else None,
            "labels": plan_monitor_labels(facts) if monitored else None,
        }
    )


def _endpoints(external: External, namespace: str) -> dict[str, Any]:
    """Give what Rook's own script writes; no key says a secret (rook v1.20.6 import-external-cluster.sh:161-176)."""
    addresses = render_monitors(external.monitors)
    data = {
        "data": ",".join(f"{name}={address}" for name, address in addresses.items()),
        "mapping": "{}",
        "maxMonId": str(len(addresses) - 1),
    }
    return plan_object("v1", "ConfigMap", ENDPOINTS, namespace=namespace, annotations=CONFIRMED, data=data)


def _classes(external: External, settings: Settings, facts: Facts) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give settings key and class."""
    nodes = usable_nodes(settings, facts.cluster)
    for driver, key, wanted in (("rbd", "block", external.block), ("cephfs", "filesystem", external.filesystem)):
        if wanted:
            parameters = external_class_parameters(
                wanted, nodes, cluster_id=wanted_namespace(settings), secrets=plan_csi_secrets(settings, driver)
            )
            yield key, plan_volume_class(wanted.storage_class, driver_name(settings, driver), parameters)
