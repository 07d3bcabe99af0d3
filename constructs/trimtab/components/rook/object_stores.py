"""S3 object stores: pools and gateways."""

from __future__ import annotations

from typing import Any

from trimtab.components.rook.daemons import plan_placement, plan_priority, plan_resources
from trimtab.components.rook.pool_settings import ObjectStore
from trimtab.components.rook.pools import API, plan_pool, plan_replicated, pool_reasons
from trimtab.components.rook.settings import Settings
from trimtab.components.rook.storage import is_small, wanted_namespace
from trimtab.kube.manifests import Manifests
from trimtab.kube.objects import CONFIRMED, plan_object
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts


def build_object_stores(manifests: Manifests, settings: Settings, facts: Facts) -> None:
    """Add each object store; its metadata is kept in copies always, for an index cannot be erasure coded."""
    for name, store in settings.object_stores.items():
        spec = _spec(store, settings, facts.cluster)
        manifest = plan_object(
            API, "CephObjectStore", name, namespace=wanted_namespace(settings), annotations=CONFIRMED, spec=spec
        )
        origin = (f"components.rook.objectStores.{name}", "nodes")
        manifests.add(manifest, origin=origin, reasons=pool_reasons(("spec", "dataPool"), spec["dataPool"]))


def _spec(store: ObjectStore, settings: Settings, cluster: Cluster) -> dict[str, Any]:
    index = store.model_copy(update={"compression": None})
    return {
        "metadataPool": plan_replicated(settings, cluster, index),
        "dataPool": plan_pool(store, settings, cluster),
        "preservePoolsOnDelete": True,
        "gateway": _gateway(store, settings, cluster),
    }


def _gateway(store: ObjectStore, settings: Settings, cluster: Cluster) -> dict[str, Any]:
    placement = plan_placement(settings, cluster)
    return {
        "port": store.port,
        "instances": store.instances or (1 if is_small(settings, cluster) else 2),
        "resources": plan_resources(settings, cluster, "rgw"),
        "priorityClassName": plan_priority(settings, "rgw"),
        **({"placement": placement} if placement else {}),
    }
