"""Objects that are too large: for the API server, or for the way they are applied."""

from __future__ import annotations

import json
import marshal
from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.catalogue.kinds import is_built_in_group
from trimtab.kube.manifests import Manifest
from trimtab.verify.api_server.applying import Applying
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_MOST_DATA = 1024 * 1024
"""Bytes in a ConfigMap or Secret (pkg/apis/core/types.go, MaxSecretSize and ValidateConfigMap)."""
_MOST_OBJECT = 1536 * 1024
"""Bytes of an object in etcd (etcd's --max-request-bytes, 1.5 MiB by default)."""
_MOST_ANNOTATIONS = 256 * 1024
"""What `kubectl apply` on the client's side writes into an annotation is the whole object, and must fit there."""


_HOLDERS = {("", "ConfigMap"), ("", "Secret")}


def check_sizes(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find objects above the limits of the API server, of etcd, and of client-side apply."""
    applying = Applying(tree)
    for entry in tree.entries:
        is_client_side = applying.is_server_side(entry) is False
        if not is_client_side and not _may_be_huge(entry):
            continue
        rough = _weigh_roughly(entry.manifest)
        if is_client_side and rough > _MOST_ANNOTATIONS:
            yield from _check_client_side(entry)
        if rough > _MOST_DATA:
            yield from _check_size(entry)


def _may_be_huge(entry: Entry) -> bool:
    """Say whether objects of a kind can reach 1 MiB: Kubernetes' own, but for these two, are never that long."""
    return (entry.group, entry.kind) in _HOLDERS or not is_built_in_group(entry.group)


def _check_client_side(entry: Entry) -> Iterator[Complaint]:
    size = _weigh(entry.manifest)
    if size > _MOST_ANNOTATIONS:
        what = f"has {size} bytes, too many for client-side apply"
        cure = (
            f"{_MOST_ANNOTATIONS} bytes fit into the annotation it writes: give its Application the sync option"
            " ServerSideApply=true, or annotate it with argocd.argoproj.io/sync-options: ServerSideApply=true"
        )
        yield complain("crd-too-long-to-apply", entry, (), what, cure)


def _check_size(entry: Entry) -> Iterator[Complaint]:
    held = _count_data(entry) if (entry.group, entry.kind) in _HOLDERS else 0
    if held > _MOST_DATA:
        cure = f"{_MOST_DATA} bytes fit; split it, or bring the files in a volume or an image"
        yield complain("object-too-large", entry, ("data",), f"holds {held} bytes of data", cure)
    elif (size := _weigh(entry.manifest)) > _MOST_OBJECT:
        cure = f"{_MOST_OBJECT} bytes fit into etcd; split it"
        yield complain("object-too-large", entry, (), f"has {size} bytes", cure)


def _weigh(manifest: Manifest) -> int:
    return len(json.dumps(manifest, separators=(",", ":"), ensure_ascii=False, default=str).encode())


def _weigh_roughly(manifest: Any) -> int:
    """Give a size that an object does not exceed, quickly: JSON needs at most two bytes for one that is printed."""
    try:
        return 2 * len(marshal.dumps(manifest, 2))
    except ValueError:
        return _weigh(manifest)


def _count_data(entry: Entry) -> int:
    """Count as the API server does: bytes of values, base64 taken off."""
    size = 0
    for field, share in (("data", 0.75 if entry.kind == "Secret" else 1.0), ("binaryData", 0.75), ("stringData", 1.0)):
        held = entry.manifest.get(field)
        for value in held.values() if isinstance(held, Mapping) else ():
            size += int(len(value.encode()) * share) if isinstance(value, str) else 0
    return size


CHECKS = (Check(name="sizes", codes=("object-too-large", "crd-too-long-to-apply"), run=check_sizes),)
