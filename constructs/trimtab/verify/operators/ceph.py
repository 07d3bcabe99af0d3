"""Objects of Rook's, as people write them by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.catalogue.versions import reaches
from trimtab.findings.path import Path
from trimtab.rules.device_filter import find_fault
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import fields_of, iter_fields
from trimtab.verify.tree import Tree
from trimtab.verify.world import ChartUse, World

GROUP = "ceph.rook.io"
_POOL_KINDS = ("replicated", "erasureCoded")
_KEY_TYPE: Path = ("spec", "security", "cephx", "csi", "keyType")


def check_clusters(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find CephClusters of another address family, with every disk, an even count, or keys of the newest type."""
    for entry in tree.of_kind(GROUP, "CephCluster"):
        spec = fields_of(entry.manifest, "spec")
        if fields_of(spec, "external").get("enable") is True:
            continue
        yield from _family(entry, spec, world)
        yield from _disks(entry, fields_of(spec, "storage"))
        yield from _monitors(entry, fields_of(spec, "mon"))
        yield from _key_type(entry, spec, world)


def check_pools(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find pools that are of both kinds or of none, and pools of one copy."""
    for entry, path, pool in _iter_pools(tree):
        kinds = [kind for kind in _POOL_KINDS if isinstance(pool.get(kind), Mapping)]
        if len(kinds) != 1:
            what = "both replicated and erasureCoded" if kinds else "neither replicated nor erasureCoded"
            yield Complaint(
                code="pool-of-two-kinds",
                about=entry,
                path=path,
                message=f"a pool of {entry} is {what}",
                help="give exactly one of them; the API takes it as it is, and Rook never makes the pool",
            )
        elif fields_of(pool, "replicated").get("size") == 1:
            yield Complaint(
                code="single-copy",
                about=entry,
                path=(*path, "replicated", "size"),
                message=f"a pool of {entry} keeps one copy: what is on a disk that dies is lost",
                help="keep 3 copies, or 2 where there are but two machines",
            )


def check_drivers(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find a Rook that needs a chart for its CSI drivers, and has none."""
    charts: dict[str, list[ChartUse]] = {}
    for use in world.charts:
        charts.setdefault(use.cluster, []).append(use)
    for entry in tree.of_kind(GROUP, "CephCluster"):
        here = charts.get(entry.cluster, [])
        needs = [use for use in here if use.chart == "rook-ceph" and reaches(use.version, (1, 20))]
        if needs and not any(use.chart == "ceph-csi-drivers" for use in here):
            yield Complaint(
                code="csi-drivers-missing",
                about=entry,
                message=f"{entry} has no CSI drivers: rook-ceph {needs[0].version} leaves them to the chart"
                " ceph-csi-drivers, which is not here",
                help="add an Application of the chart ceph-csi-drivers between operator and cluster",
            )


def _family(entry: Entry, spec: Mapping[str, Any], world: World) -> Iterator[Complaint]:
    network = fields_of(spec, "network")
    asked = network.get("ipFamily")
    if not world.ip_families or network.get("dualStack") is True:
        return
    if asked is None and world.ip_families[0] == "IPv6":
        yield Complaint(
            code="rook-without-ip-family",
            about=entry,
            path=("spec", "network"),
            message=f"{entry} does not say its address family, and Ceph assumes IPv4 in a cluster of"
            f" {' and '.join(world.ip_families)}",
            help="write `network: {ipFamily: IPv6}`; it cannot be changed once the cluster is there",
        )
    elif asked is not None and asked not in world.ip_families:
        yield Complaint(
            code="rook-without-ip-family",
            about=entry,
            path=("spec", "network", "ipFamily"),
            message=f"{entry} wants {asked} in a cluster of {' and '.join(world.ip_families)}",
            help=f"write {world.ip_families[0]}",
        )


def _disks(entry: Entry, storage: Mapping[str, Any]) -> Iterator[Complaint]:
    if storage.get("useAllDevices") is True:
        yield Complaint(
            code="every-disk-taken",
            about=entry,
            path=("spec", "storage", "useAllDevices"),
            message=f"every blank disk of the machines of {entry} becomes Ceph's",
            help="name the disks in `storage.nodes[].devices`",
        )
    for key in ("deviceFilter", "devicePathFilter"):
        text = storage.get(key)
        fault = find_fault(text) if isinstance(text, str) and text else None
        if fault:
            yield Complaint(
                code="bad-device-filter",
                about=entry,
                path=("spec", "storage", key),
                message=f"{text} is no regular expression for Go: {fault}",
                help="see the syntax of RE2; `^sd[b-d]$` takes sdb to sdd",
            )


def _monitors(entry: Entry, monitors: Mapping[str, Any]) -> Iterator[Complaint]:
    count = monitors.get("count")
    if isinstance(count, int) and not isinstance(count, bool) and count > 0 and count % 2 == 0:
        yield Complaint(
            code="even-monitors",
            about=entry,
            path=("spec", "mon", "count"),
            message=f"{entry} has {count} monitors, which may lose no more of them than {count - 1} may",
            help=f"have {count - 1} or {count + 1}",
        )


def _key_type(entry: Entry, spec: Mapping[str, Any], world: World) -> Iterator[Complaint]:
    """Source of the versions: rook v1.20.6 cephx-key-rotation.md; the field came with 1.19.9 and 1.20.5."""
    known = [use.version for use in world.charts if use.chart == "rook-ceph" and use.cluster == entry.cluster]
    if not any(reaches(version, (1, 20, 5)) for version in known):
        return
    if fields_of(spec, "security", "cephx", "csi").get("keyType") is None:
        yield Complaint(
            code="cephx-key-type",
            about=entry,
            path=_KEY_TYPE,
            message=f"{entry} leaves the type of the CSI drivers' keys open, and kernels below 7.0 cannot use the"
            " newest one",
            help="write `security: {cephx: {csi: {keyType: aes}}}`",
        )


def _iter_pools(tree: Tree) -> Iterator[tuple[Entry, Path, Mapping[str, Any]]]:
    for entry in tree.of_kind(GROUP, "CephBlockPool"):
        yield entry, ("spec",), fields_of(entry.manifest, "spec")
    for kind in ("CephFilesystem", "CephObjectStore"):
        for entry in tree.of_kind(GROUP, kind):
            spec = fields_of(entry.manifest, "spec")
            for key in ("metadataPool", "dataPool"):
                if isinstance(spec.get(key), Mapping):
                    yield entry, ("spec", key), spec[key]
            for position, pool in iter_fields(spec, "dataPools"):
                yield entry, ("spec", "dataPools", position), pool


CHECKS = (
    Check(
        name="Ceph clusters",
        codes=(
            "rook-without-ip-family",
            "every-disk-taken",
            "bad-device-filter",
            "even-monitors",
            "cephx-key-type",
        ),
        run=check_clusters,
    ),
    Check(name="Ceph pools", codes=("pool-of-two-kinds", "single-copy"), run=check_pools),
    Check(name="Ceph CSI drivers", codes=("csi-drivers-missing",), run=check_drivers),
)
