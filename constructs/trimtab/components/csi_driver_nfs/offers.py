"""What the NFS driver brings: a StorageClass for each directory that is named."""

from __future__ import annotations

from trimtab.components.csi_driver_nfs.settings import Settings
from trimtab.plan.application import Application
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import Need, Offer, PodNetwork, StorageClass

APPLICATION = "csi-driver-nfs"
NAMESPACE = "kube-system"
COMPONENT = ("components", "csi-driver-nfs")
_MODES = frozenset({"ReadWriteOnce", "ReadWriteOncePod", "ReadOnlyMany", "ReadWriteMany"})


def offers(settings: Settings, _cluster: Cluster) -> tuple[Offer, ...]:
    """Give the classes. Growing one changes a number only: the server holds nobody to it."""
    return tuple(
        StorageClass(
            by=APPLICATION,
            name=name,
            access_modes=_MODES,
            default=wanted.default,
            expandable=True,
            file_server=True,
            path=(*COMPONENT, "storageClasses", name),
        )
        for name, wanted in settings.storage_classes.items()
    )


def applications(settings: Settings, _facts: Facts) -> tuple[Application, ...]:
    """Give the one application. It mounts on the host, which only the privileged level allows."""
    namespace = settings.namespace or NAMESPACE
    own = namespace != NAMESPACE
    return (
        Application(
            name=APPLICATION,
            component=APPLICATION,
            namespace=namespace,
            creates_namespace=own,
            pod_security="privileged" if own else None,
            # Its pods use the host's network; yet they find the server's name by the cluster's DNS.
            needs=(Need(offer=PodNetwork),),
            origins=("components.csi-driver-nfs",),
        ),
    )
