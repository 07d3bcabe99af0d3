"""Rules on Rook: its pools, filesystems and object stores here, disks and hosts in rooms of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from trimtab.components.ceph_csi.drivers import driver_nodes
from trimtab.components.ceph_csi.drivers import iter_snapshot_classes as iter_csi_snapshot_classes
from trimtab.components.rook.filesystems import FIRST_POOL
from trimtab.components.rook.pool_settings import FailureDomain, Filesystem, Pool
from trimtab.components.rook.pools import METADATA_SUFFIX
from trimtab.components.rook.settings import Settings
from trimtab.components.rook.snapshots import iter_snapshot_classes
from trimtab.components.rook.storage import count_domains, plan_copies, plan_domain, usable_nodes
from trimtab.findings.finding import Severity
from trimtab.findings.path import Path
from trimtab.kube.ceph_classes import plan_mounter
from trimtab.plan.nodes import NodeFacts
from trimtab.rules import rook_disks, rook_hosts
from trimtab.rules.ceph_external import CEPH_CSI, ceph_csi_of
from trimtab.rules.rook_hosts import ROOK, every_rook_of, rook_of
from trimtab.rules.rule import Problem, Rule, Subject
from trimtab.settings.ceph import BlockClass

_NAMED: dict[FailureDomain, str] = {"osd": "disks", "host": "hosts with disks", "zone": "zones with disks"}
"""How people call what can be counted."""


def _pools(settings: Settings) -> Iterator[tuple[Path, Pool | Filesystem]]:
    """Give everything that is kept in copies or chunks, with its settings path."""
    for name, block_pool in settings.block_pools.items():
        yield (*ROOK, "blockPools", name), block_pool
    for name, filesystem in settings.filesystems.items():
        yield (*ROOK, "filesystems", name), filesystem
        for pool_name, pool in filesystem.data_pools.items():
            yield (*ROOK, "filesystems", name, "dataPools", pool_name), pool
    for name, store in settings.object_stores.items():
        yield (*ROOK, "objectStores", name), store


def check_pool_of_two_kinds(subject: Subject) -> Iterator[Problem]:
    """Find pools that are to hold copies and chunks at once."""
    for settings in rook_of(subject):
        for path, pool in _pools(settings):
            if isinstance(pool, Pool) and pool.erasure_coded is not None and pool.replicas is not None:
                yield Problem(
                    path=(*path, "erasureCoded"),
                    message=f"pool {path[-1]} has both {pool.replicas} copies and erasure coding",
                    help="remove `replicas` or `erasureCoded`",
                    related=(((*path, "replicas"), "the other kind"),),
                    on_key=True,
                )


def check_pool_wider_than_cluster(subject: Subject) -> Iterator[Problem]:
    """Find pools that want more failure domains than there are."""
    for settings in rook_of(subject):
        for path, pool in _pools(settings):
            yield from _too_wide(subject, settings, path, pool)


def _too_wide(subject: Subject, settings: Settings, path: Path, pool: Pool | Filesystem) -> Iterator[Problem]:
    domain = plan_domain(settings, subject.cluster, pool.failure_domain)
    there = count_domains(settings, subject.cluster, domain)
    wanted, key, what = _width(subject, settings, pool)
    if there is not None and wanted > there:
        disks = count_domains(settings, subject.cluster, "osd")
        on_disks = domain != "osd" and disks is not None and wanted <= disks
        yield Problem(
            path=(*path, key) if key in _said(pool) else path,
            message=f"{what} need {wanted} {_NAMED[domain]}, and there are {there}",
            help="set `failureDomain: osd`, which survives the loss of a disk but not of a host, or ask for less"
            if on_disks
            else f"ask for at most {there}, or give Ceph more disks",
        )


def _width(subject: Subject, settings: Settings, pool: Pool | Filesystem) -> tuple[int, str, str]:
    """Give how many domains a pool wants, the key that says so, and the words for it."""
    if isinstance(pool, Pool) and pool.erasure_coded is not None:
        data, coding = pool.erasure_coded.data_chunks, pool.erasure_coded.coding_chunks
        return data + coding, "erasureCoded", f"{data} data and {coding} coding chunks"
    copies = plan_copies(settings, subject.cluster, pool)
    return copies, "replicas", "copies" if copies == 1 else f"{copies} copies"


def _said(pool: Pool | Filesystem) -> set[str]:
    return set(pool.model_dump(by_alias=True, exclude_unset=True))


def check_single_copy(subject: Subject) -> Iterator[Problem]:
    """Find pools that keep one copy only."""
    for settings in rook_of(subject):
        for path, pool in _pools(settings):
            chunked = isinstance(pool, Pool) and pool.erasure_coded is not None
            if not chunked and plan_copies(settings, subject.cluster, pool) == 1:
                derived = pool.replicas is None
                yield Problem(
                    path=path if derived else (*path, "replicas"),
                    message=f"{path[-1]} keeps one copy" + (", all that the disks allow" if derived else ""),
                    help="one lost disk loses data: back it up, or add disks and set `replicas`",
                )


def check_unknown_data_pool(subject: Subject) -> Iterator[Problem]:
    """Find classes of filesystems whose data pool does not exist."""
    for settings in rook_of(subject):
        for name, filesystem in settings.filesystems.items():
            known = [FIRST_POOL, *filesystem.data_pools]
            if filesystem.storage_class and filesystem.storage_class.pool not in known:
                yield Problem(
                    path=(*ROOK, "filesystems", name, "storageClass", "pool"),
                    message=f"filesystem {name} has no data pool {filesystem.storage_class.pool}",
                    help=f"it has {', '.join(known)}",
                )


def check_storage_name_taken(subject: Subject) -> Iterator[Problem]:
    """Find two objects that would have one name; two classes of volumes are found for all components at once."""
    for rook in every_rook_of(subject):
        yield from _taken(_names(rook))
    for csi in ceph_csi_of(subject):
        yield from _taken(
            (f"VolumeSnapshotClass {name}", (*CEPH_CSI, "snapshots", key, "name"))
            for _, key, name, _ in iter_csi_snapshot_classes(csi)
        )


def _taken(names: Iterable[tuple[str, Path]]) -> Iterator[Problem]:
    named: dict[str, list[Path]] = defaultdict(list)
    for name, path in names:
        named[name].append(path)
    for name, paths in named.items():
        for path in (path for path in paths[1:] if path[-2] != "storageClass"):
            yield Problem(
                path=path,
                message=f"{name} is there twice",
                help="choose another name",
                related=((paths[0], "the first one"),),
            )


def _names(settings: Settings) -> Iterator[tuple[str, Path]]:
    for name, pool in settings.block_pools.items():
        path: Path = (*ROOK, "blockPools", name)
        yield f"pool {name}", path
        if pool.erasure_coded is not None:
            yield f"pool {name}{METADATA_SUFFIX}", path
        if pool.storage_class:
            yield f"StorageClass {pool.storage_class.name}", (*path, "storageClass", "name")
    for name, filesystem in settings.filesystems.items():
        path = (*ROOK, "filesystems", name)
        yield f"data pool {name}-{FIRST_POOL}", path
        for pool_name in filesystem.data_pools:
            yield f"data pool {name}-{pool_name}", (*path, "dataPools", pool_name)
        if filesystem.storage_class:
            yield f"StorageClass {filesystem.storage_class.name}", (*path, "storageClass", "name")
    for name, store in settings.object_stores.items():
        if store.bucket_class:
            yield f"StorageClass {store.bucket_class.name}", (*ROOK, "objectStores", name, "bucketClass", "name")
    for _, key, name, _ in iter_snapshot_classes(settings):
        yield f"VolumeSnapshotClass {name}", (*ROOK, "snapshots", key, "name")


def check_ceph_on_arm_without_nbd(subject: Subject) -> Iterator[Problem]:
    """Find nodes that can attach no volume: no rbd in the kernel, and no nbd either or `mounter: rbd` asked for."""
    for settings in every_rook_of(subject):
        nodes = usable_nodes(settings, subject.cluster)
        for name, pool in settings.block_pools.items():
            if pool.storage_class:
                yield from _unmountable(nodes, pool.storage_class, (*ROOK, "blockPools", name))
        if settings.external and settings.external.block:
            yield from _unmountable(nodes, settings.external.block.storage_class, (*ROOK, "external", "block"))
    for csi in ceph_csi_of(subject):
        if csi.block:
            nodes = driver_nodes(csi, subject.cluster)
            yield from _unmountable(nodes, csi.block.storage_class, (*CEPH_CSI, "block"))


def _unmountable(nodes: Sequence[NodeFacts], wanted: BlockClass, path: Path) -> Iterator[Problem]:
    mounter = plan_mounter(wanted, nodes) or "rbd"
    module = {"rbd": "rbd", "rbd-nbd": "nbd"}[mounter]
    for node in nodes:
        if not getattr(node.kernel_modules, module):
            yield Problem(
                path=(*path, "storageClass", *(("mounter",) if wanted.mounter else ())),
                message=f"node {node.name} has no kernel module {module}, which mounter {mounter} needs",
                help="leave `mounter` out" if module == "rbd" else "give the node a kernel with rbd or nbd",
                related=((("nodes", node.name), "the node"),),
            )


RULES = (
    Rule(
        code="pool-of-two-kinds",
        severity=Severity.ERROR,
        meaning="A pool that is to hold whole copies and erasure-coded chunks at once is never created.",
        why="The API server takes it, the operator refuses it, and volumes wait (rook v1.20.6 "
        "pkg/apis/ceph.rook.io/v1/pool.go:47-56, pkg/operator/ceph/pool/validate.go:57-59).",
        cure="Remove `replicas`, or `erasureCoded`.",
        check=check_pool_of_two_kinds,
    ),
    Rule(
        code="pool-wider-than-cluster",
        severity=Severity.ERROR,
        meaning="A pool with more copies or chunks than failure domains is created, and writes to it hang.",
        why="Nobody upstream counts them (rook v1.20.6 ceph-block-pool-crd.md:226-227).",
        cure="Ask for no more copies or chunks than there are failure domains with disks, or give more machines disks.",
        check=check_pool_wider_than_cluster,
        soft=True,
    ),
    Rule(
        code="single-copy",
        severity=Severity.WARNING,
        meaning="Data that is kept once is lost with the disk it lies on.",
        why="Ceph itself warns of pools without redundancy (docs.ceph.com, POOL_NO_REDUNDANCY); it is silenced here.",
        cure="Back the data up elsewhere and allow this with that reason, or add disks and set `replicas` to 3.",
        check=check_single_copy,
    ),
    Rule(
        code="unknown-data-pool",
        severity=Severity.ERROR,
        meaning="A StorageClass names a data pool that its filesystem does not have, so no volume is ever made.",
        why="The driver asks Ceph for the pool by this name (rook deploy/examples/csi/cephfs/storageclass.yaml).",
        cure="Name one of the filesystem's own data pools, or add the pool to it.",
        check=check_unknown_data_pool,
    ),
    Rule(
        code="storage-name-taken",
        severity=Severity.ERROR,
        meaning="Two pools or classes have one name.",
        why="Object names are unique within their kind; the second would replace the first.",
        cure="Give one of the two another name.",
        check=check_storage_name_taken,
    ),
    Rule(
        code="ceph-on-arm-without-nbd",
        severity=Severity.ERROR,
        meaning="A node's kernel lacks the module that the mounter of a block pool needs.",
        why="Raspbian's kernel has no rbd, and rbd-nbd needs nbd (ceph-csi docs/rbd-nbd.md:32).",
        cure="Give the node a kernel with the module rbd or nbd, and say so in `nodes.<name>.kernelModules`; or keep "
        "workloads with block volumes off it.",
        check=check_ceph_on_arm_without_nbd,
        soft=True,
    ),
    *rook_disks.RULES,
    *rook_hosts.RULES,
)
