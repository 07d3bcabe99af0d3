"""What Rook brings, and the applications it is made of: operator, CSI drivers and cluster, each a layer of its own."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.components.releases import wanted_release
from trimtab.components.rook.dashboard import dashboard_needs, iter_dashboard_hosts
from trimtab.components.rook.external_secrets import iter_external_secrets
from trimtab.components.rook.settings import Settings
from trimtab.components.rook.storage import wanted_namespace
from trimtab.components.rook.supply import plan_filesystem_supply, plan_supply
from trimtab.kube.ceph_classes import BLOCK_MODES, SHARED_MODES
from trimtab.kube.monitoring import MONITORING_GROUP
from trimtab.plan.application import Application, Ignored
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import ApiGroup, Controller, NamespaceOffer, Need, Offer, PodNetwork, StorageClass
from trimtab.plan.storage import Supply
from trimtab.settings.ceph import VolumeClass

OPERATOR = "rook-operator"
CSI = "rook-csi"
CLUSTER = "rook-cluster"

ENDPOINTS = "rook-ceph-mon-endpoints"
"""The ConfigMap that Rook reads monitors from (rook v1.20.6 pkg/operator/ceph/controller/cluster_info.go:58)."""

SNAPSHOT_GROUP = "snapshot.storage.k8s.io"

_GROUPS = ("ceph.rook.io", "csi.ceph.io", "objectbucket.io")
"""The API groups whose CRDs come with the operator's chart."""

_POD_NETWORK = Need(offer=PodNetwork)


def offers(settings: Settings, cluster: Cluster) -> tuple[Offer, ...]:
    """Give what Rook brings: its API groups, its namespace, and a StorageClass for each pool that names one."""
    namespace = wanted_namespace(settings)
    return (
        *(ApiGroup(by=OPERATOR, name=group) for group in _GROUPS),
        *(Controller(by=OPERATOR, name=group) for group in _GROUPS),
        NamespaceOffer(by=OPERATOR, name=namespace, pod_security="privileged"),
        *_classes(settings, cluster),
    )


def applications(settings: Settings, facts: Facts) -> tuple[Application, ...]:
    """Give the layers, lowest first; each is deleted before the one below it, which must live to serve finalizers."""
    layers = [_operator(settings)]
    if has_drivers_chart(settings):
        layers.append(_csi(settings))
    return (*layers, _cluster(settings, facts))


def has_drivers_chart(settings: Settings) -> bool:
    """Say whether the CSI drivers are a chart of their own (rook v1.20.6 rook-upgrade.md:97-101)."""
    return "drivers" in wanted_release("rook", settings).charts


def is_monitored(settings: Settings, facts: Facts) -> bool:
    """Say whether Prometheus is to scrape Ceph; of one outside the cluster it must know where."""
    if settings.external and not settings.external.managers:
        return False
    return facts.has(ApiGroup, MONITORING_GROUP) if settings.monitoring is None else settings.monitoring


def _classes(settings: Settings, cluster: Cluster) -> Iterator[StorageClass]:
    for name, pool in settings.block_pools.items():
        if pool.storage_class:
            supply = plan_supply(settings, cluster, pool, ("components", "rook", "blockPools", name))
            yield _class(pool.storage_class, BLOCK_MODES, "blockPools", name, supply)
    for name, filesystem in settings.filesystems.items():
        if filesystem.storage_class:
            supply = plan_filesystem_supply(settings, cluster, name)
            yield _class(filesystem.storage_class, SHARED_MODES, "filesystems", name, supply)
    if settings.external and settings.external.block:
        yield _class(settings.external.block.storage_class, BLOCK_MODES, "external", "block")
    if settings.external and settings.external.filesystem:
        yield _class(settings.external.filesystem.storage_class, SHARED_MODES, "external", "filesystem")


def _class(
    wanted: VolumeClass, modes: frozenset[str], kind: str, name: str, supply: Supply | None = None
) -> StorageClass:
    return StorageClass(
        by=CLUSTER,
        name=wanted.name,
        access_modes=modes,
        default=wanted.default,
        expandable=wanted.allow_volume_expansion,
        path=("components", "rook", kind, name, "storageClass"),
        supply=supply,
    )


def _operator(settings: Settings) -> Application:
    return Application(
        name=OPERATOR,
        component="rook",
        namespace=wanted_namespace(settings),
        pod_security="privileged",
        needs=(_POD_NETWORK,),
        holds_data=True,
        origins=("components.rook",),
    )


def _csi(settings: Settings) -> Application:
    return Application(
        name=CSI,
        component="rook",
        namespace=wanted_namespace(settings),
        creates_namespace=False,
        needs=(
            _POD_NETWORK,
            Need(offer=NamespaceOffer, name=wanted_namespace(settings)),
            Need(offer=ApiGroup, name="csi.ceph.io"),
            Need(offer=Controller, name="csi.ceph.io"),
            *_snapshot_needs(settings),
        ),
        origins=("components.rook",),
    )


def _cluster(settings: Settings, facts: Facts) -> Application:
    monitoring = Need(offer=ApiGroup, name=MONITORING_GROUP, path=("components", "rook", "monitoring"))
    return Application(
        name=CLUSTER,
        component="rook",
        namespace=wanted_namespace(settings),
        creates_namespace=False,
        needs=(
            _POD_NETWORK,
            Need(offer=NamespaceOffer, name=wanted_namespace(settings)),
            Need(offer=ApiGroup, name="ceph.rook.io"),
            Need(offer=Controller, name="ceph.rook.io"),
            *((monitoring,) if is_monitored(settings, facts) else ()),
            *_snapshot_needs(settings),
            *dashboard_needs(settings),
        ),
        after=(CSI,) if has_drivers_chart(settings) else (),
        holds_data=True,
        sync_options=("SkipDryRunOnMissingResource=true",),
        ignored=(_endpoints(settings),) if settings.external else (),
        secrets=tuple(iter_external_secrets(settings, facts.cluster)),
        host_names=tuple(iter_dashboard_hosts(settings)),
        origins=("components.rook",),
    )


def _endpoints(settings: Settings) -> Ignored:
    """Rook writes there which monitors it finds (rook v1.20.6 pkg/operator/ceph/cluster/mon/health.go:954-978)."""
    return Ignored(kind="ConfigMap", name=ENDPOINTS, namespace=wanted_namespace(settings), json_pointers=("/data",))


def _snapshot_needs(settings: Settings) -> tuple[Need, ...]:
    path = ("components", "rook", "snapshots")
    return (Need(offer=ApiGroup, name=SNAPSHOT_GROUP, path=path, optional=True),) if settings.snapshots else ()
