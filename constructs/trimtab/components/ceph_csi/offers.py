"""What Ceph's drivers bring, and the applications they are made of: operator, drivers, and the way to Ceph."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.components.ceph_csi.drivers import COMPONENT, wanted_namespace
from trimtab.components.ceph_csi.settings import Settings
from trimtab.kube.ceph_classes import BLOCK_MODES, SHARED_MODES
from trimtab.kube.ceph_users import iter_csi_secrets
from trimtab.plan.application import Application
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import ApiGroup, Controller, NamespaceOffer, Need, Offer, PodNetwork, StorageClass
from trimtab.settings.ceph import VolumeClass

OPERATOR = "ceph-csi-operator"
DRIVERS = "ceph-csi-drivers"
CONNECTION = "ceph-csi"

GROUP = "csi.ceph.io"
SNAPSHOT_GROUP = "snapshot.storage.k8s.io"
_ORIGINS = ("components.ceph-csi",)


def offers(settings: Settings, _cluster: Cluster) -> tuple[Offer, ...]:
    """Give what the drivers bring: their API group, their namespace, and the StorageClasses."""
    return (
        ApiGroup(by=OPERATOR, name=GROUP),
        Controller(by=OPERATOR, name=GROUP),
        NamespaceOffer(by=OPERATOR, name=wanted_namespace(settings), pod_security="privileged"),
        *_classes(settings),
    )


def applications(settings: Settings, facts: Facts) -> tuple[Application, ...]:
    """Give the layers, lowest first; each is deleted before the one below it, which must live to serve finalizers."""
    return (_operator(settings), _drivers(settings), _connection(settings, facts))


def _classes(settings: Settings) -> Iterator[StorageClass]:
    if settings.block:
        yield _class(settings.block.storage_class, BLOCK_MODES, "block")
    if settings.filesystem:
        yield _class(settings.filesystem.storage_class, SHARED_MODES, "filesystem")


def _class(wanted: VolumeClass, modes: frozenset[str], key: str) -> StorageClass:
    return StorageClass(
        by=CONNECTION,
        name=wanted.name,
        access_modes=modes,
        default=wanted.default,
        expandable=wanted.allow_volume_expansion,
        path=("components", COMPONENT, key, "storageClass"),
    )


def _operator(settings: Settings) -> Application:
    """The operator with its CRDs: without them no profile is left, and no volume can be mounted."""
    return Application(
        name=OPERATOR,
        component=COMPONENT,
        namespace=wanted_namespace(settings),
        pod_security="privileged",
        needs=(Need(offer=PodNetwork),),
        holds_data=True,
        origins=_ORIGINS,
    )


def _drivers(settings: Settings) -> Application:
    return Application(
        name=DRIVERS,
        component=COMPONENT,
        namespace=wanted_namespace(settings),
        creates_namespace=False,
        needs=(*_operated(settings), *_snapshot_needs(settings)),
        origins=_ORIGINS,
    )


def _connection(settings: Settings, facts: Facts) -> Application:
    namespace = wanted_namespace(settings)
    return Application(
        name=CONNECTION,
        component=COMPONENT,
        namespace=namespace,
        creates_namespace=False,
        needs=(*_operated(settings), *_snapshot_needs(settings)),
        after=(DRIVERS,),
        holds_data=True,
        sync_options=("SkipDryRunOnMissingResource=true",),
        secrets=tuple(iter_csi_secrets(settings, facts.cluster, namespace=namespace)),
        origins=_ORIGINS,
    )


def _operated(settings: Settings) -> tuple[Need, ...]:
    return (
        Need(offer=PodNetwork),
        Need(offer=NamespaceOffer, name=wanted_namespace(settings)),
        Need(offer=ApiGroup, name=GROUP),
        Need(offer=Controller, name=GROUP),
    )


def _snapshot_needs(settings: Settings) -> tuple[Need, ...]:
    path = ("components", COMPONENT, "snapshots")
    return (Need(offer=ApiGroup, name=SNAPSHOT_GROUP, path=path, optional=True),) if settings.snapshots else ()
