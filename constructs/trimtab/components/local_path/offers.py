"""What the local-path provisioner brings: one StorageClass."""

from __future__ import annotations

from trimtab.components.local_path.settings import Settings
from trimtab.plan.application import Application
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import Need, Offer, PodNetwork, StorageClass

APPLICATION = "local-path"
NAMESPACE = "local-path-storage"


def offers(settings: Settings, _cluster: Cluster) -> tuple[Offer, ...]:
    """Give the class. It cannot be expanded: upstream ships no resizer, whatever its StorageClass says."""
    wanted = settings.storage_class
    return (
        StorageClass(
            by=APPLICATION,
            name=wanted.name,
            access_modes=frozenset({"ReadWriteOnce", "ReadWriteOncePod"}),
            default=wanted.default,
            path=("components", "local-path", "storageClass"),
        ),
    )


def applications(settings: Settings, _facts: Facts) -> tuple[Application, ...]:
    """Give the one application. Its helper pods write to the host, which the privileged level allows."""
    return (
        Application(
            name=APPLICATION,
            component="local-path",
            namespace=settings.namespace or NAMESPACE,
            pod_security="privileged",
            needs=(Need(offer=PodNetwork),),
            origins=("components.local-path",),
        ),
    )
