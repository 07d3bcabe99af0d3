"""StorageClasses and volumes, as people write them by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Other
from trimtab.verify.entry import Entry
from trimtab.verify.reading import annotations_of, fields_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

STORAGE = "storage.k8s.io"
DEFAULT = "storageclass.kubernetes.io/is-default-class"

_RETIRED: Mapping[str, str] = {
    "ceph.rook.io/block": "<operator namespace>.rbd.csi.ceph.com",
    "rook.io/block": "<operator namespace>.rbd.csi.ceph.com",
    "ceph.com/rbd": "rbd.csi.ceph.com",
    "ceph.com/cephfs": "cephfs.csi.ceph.com",
    "kubernetes.io/rbd": "rbd.csi.ceph.com",
    "kubernetes.io/cephfs": "cephfs.csi.ceph.com",
}
"""Provisioners that nobody runs any more, and who took over. Sources: rook v1.1 release notes (FlexVolume ended),
kubernetes-retired/external-storage (archived), Kubernetes 1.31 changelog (in-tree rbd and cephfs removed)."""


def check_default_classes(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find clusters with more than one default class."""
    first: dict[str, Entry] = {}
    for entry in tree.of_kind(STORAGE, "StorageClass"):
        if annotations_of(entry.manifest).get(DEFAULT) != "true":
            continue
        other = first.setdefault(entry.cluster, entry)
        if other is not entry and other.name != entry.name:
            yield Complaint(
                code="several-default-classes",
                about=entry,
                path=("metadata", "annotations", DEFAULT),
                message=f"{other} and {entry} are both the default",
                help="leave the annotation to one of them",
                others=(Other(entry=other, message="the other default", path=("metadata", "annotations", DEFAULT)),),
            )


def check_retired_provisioners(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find classes and volumes of provisioners that are gone."""
    for entry in tree.of_kind(STORAGE, "StorageClass"):
        provisioner = str(entry.manifest.get("provisioner"))
        if provisioner in _RETIRED:
            yield Complaint(
                code="removed-volume-not-freed",
                about=entry,
                path=("provisioner",),
                message=f"{entry} names the provisioner {provisioner}, which nobody runs any more",
                help=f"make a class of {_RETIRED[provisioner]}, and move the data; old volumes stay for ever",
            )
    for entry in tree.of_kind("", "PersistentVolume"):
        if fields_of(entry.manifest, "spec", "flexVolume"):
            yield Complaint(
                code="removed-volume-not-freed",
                about=entry,
                path=("spec", "flexVolume"),
                on_key=True,
                message=f"{entry} is a FlexVolume, which no current driver serves",
                help="move the data to a volume of a CSI driver",
            )


CHECKS = (
    Check(name="default StorageClasses", codes=("several-default-classes",), run=check_default_classes),
    Check(name="retired provisioners", codes=("removed-volume-not-freed",), run=check_retired_provisioners),
)
