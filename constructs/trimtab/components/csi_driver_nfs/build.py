"""The StorageClasses: the chart's own can be told less, and one of a kind."""

from __future__ import annotations

from typing import Any

from trimtab.components.csi_driver_nfs.settings import NfsClass, Settings
from trimtab.kube.manifests import Manifests
from trimtab.kube.objects import plan_object, without_nothing
from trimtab.plan.facts import Facts

DRIVER = "nfs.csi.k8s.io"
_DEFAULT = {"storageclass.kubernetes.io/is-default-class": "true"}


def build(manifests: Manifests, _application: str, settings: Settings, _facts: Facts) -> None:
    """Add a StorageClass for each that is named."""
    for name, wanted in settings.storage_classes.items():
        fields: dict[str, Any] = {
            "provisioner": DRIVER,
            "parameters": _parameters(wanted),
            "reclaimPolicy": wanted.reclaim_policy,
            "volumeBindingMode": "Immediate",
            "allowVolumeExpansion": True,
        }
        if wanted.mount_options:
            fields["mountOptions"] = list(wanted.mount_options)
        annotations = _DEFAULT if wanted.default else None
        manifests.add(
            plan_object("storage.k8s.io/v1", "StorageClass", name, annotations=annotations, **fields),
            origin=(f"components.csi-driver-nfs.storageClasses.{name}",),
        )


def _parameters(wanted: NfsClass) -> dict[str, Any]:
    """Give the parameters; brackets are the driver's to set (csi-driver-nfs v4.13.4 pkg/nfs/utils.go:205-207)."""
    return without_nothing(
        {
            "server": wanted.server.strip("[]"),
            "share": wanted.share,
            "subDir": wanted.sub_dir,
            "onDelete": None if wanted.on_delete == "delete" else wanted.on_delete,
            "mountPermissions": wanted.mount_permissions,
        }
    )
