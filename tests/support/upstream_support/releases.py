"""The definitions that belong to the catalogue's releases, by the words of the catalogue."""

from __future__ import annotations

from functools import cache, reduce
from operator import or_

from trimtab.catalogue.components import iter_components, newest_release
from upstream_support.crd_schemas import CrdSet, load_crds

_FOLDERS = {
    "argocd": "argo-cd",
    "ceph-csi": "ceph-csi-operator",
    "logging": "eck-operator",
    "prometheus": "kube-prometheus-stack",
    "rook": "rook-ceph",
}
"""Components whose folder of upstream's files bears another name."""

_CSI_OPERATOR = {"v1.20.6": "1.0.4", "v1.19.10": "0.6.0"}
"""Rook release to the ceph-csi-operator whose definitions it brings along (rook-ceph Chart.yaml, dependencies)."""

_WITHOUT = frozenset({"csi-driver-nfs", "harbor", "ingress-nginx", "local-path"})
"""Components that define no kinds of their own."""


@cache
def release_crds(component: str, version: str) -> CrdSet:
    """Load all kinds that one release of a component adds to a cluster; empty for one that adds none."""
    if component in _WITHOUT:
        return CrdSet({})
    crds = load_crds(_FOLDERS.get(component, component), version)
    if component == "rook" and version in _CSI_OPERATOR:
        crds |= load_crds("ceph-csi-operator", _CSI_OPERATOR[version])
    return crds


@cache
def newest_crds() -> CrdSet:
    """Load all kinds that the newest releases of all components add to a cluster."""
    return reduce(or_, (release_crds(name, newest_release(name).version) for name in iter_components()))
