"""Images that an operator picks for what a chart asks of it: neither the chart nor an object names them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from trimtab.findings.path import get_value

IMAGE_SET = ("operatorConfig", "driverSpecDefaults", "imageSet", "name")
"""The value of ceph-csi-drivers that names a ConfigMap with other images."""

_ALWAYS = ("plugin", "provisioner", "resizer", "attacher", "registrar")
_CEPH_CSI: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "0.6.0": {
            "plugin": "quay.io/cephcsi/cephcsi:v3.16.2",
            "provisioner": "registry.k8s.io/sig-storage/csi-provisioner:v6.2.0",
            "resizer": "registry.k8s.io/sig-storage/csi-resizer:v2.1.0",
            "attacher": "registry.k8s.io/sig-storage/csi-attacher:v4.11.0",
            "registrar": "registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.16.0",
            "snapshotter": "registry.k8s.io/sig-storage/csi-snapshotter:v8.5.0",
            "addons": "quay.io/csiaddons/k8s-sidecar:v0.14.0",
        },
        "1.0.4": {
            "plugin": "quay.io/cephcsi/cephcsi:v3.17.0",
            "provisioner": "registry.k8s.io/sig-storage/csi-provisioner:v6.2.0",
            "resizer": "registry.k8s.io/sig-storage/csi-resizer:v2.1.0",
            "attacher": "registry.k8s.io/sig-storage/csi-attacher:v4.12.0",
            "registrar": "registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.17.0",
            "snapshotter": "registry.k8s.io/sig-storage/csi-snapshotter:v8.5.0",
            "addons": "quay.io/csiaddons/k8s-sidecar:v0.14.0",
        },
    }
)
"""Version to images (ceph/ceph-csi-operator v0.6.0 and v1.0.4 internal/controller/defaults.go, imageDefaults); which a
driver gets: driver_controller.go (reconcileControllerPluginDeployment, reconcileNodePluginDaemonSet)."""


def picked_images(chart: str, version: str, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the images that an operator picks for a chart's objects; none where the values name an image set.

    Args:
        chart: The chart.
        version: Its version; of one that is not known nothing is given.
        values: All of its values.
    """
    images = _CEPH_CSI.get(version) if chart == "ceph-csi-drivers" else None
    if images is None or get_value(values, IMAGE_SET):
        return ()
    wanted = [*_ALWAYS]
    drivers = values.get("drivers")
    for driver in drivers.values() if isinstance(drivers, Mapping) else ():
        if isinstance(driver, Mapping) and driver.get("enabled", True):
            wanted += ["snapshotter"] if driver.get("snapshotPolicy", "none") != "none" else []
            wanted += ["addons"] if driver.get("deployCsiAddons") else []
    return tuple(images[name] for name in dict.fromkeys(wanted))
