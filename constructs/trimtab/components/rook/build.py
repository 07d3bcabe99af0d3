"""Rook's objects: all of them belong to the cluster; operator and drivers are charts alone."""

from __future__ import annotations

from trimtab.components.rook.ceph_cluster import build_cluster
from trimtab.components.rook.classes import build_classes
from trimtab.components.rook.dashboard import build_dashboard
from trimtab.components.rook.external import build_external
from trimtab.components.rook.filesystems import build_filesystems
from trimtab.components.rook.object_stores import build_object_stores
from trimtab.components.rook.offers import CLUSTER
from trimtab.components.rook.pools import build_block_pools
from trimtab.components.rook.settings import Settings
from trimtab.components.rook.snapshots import build_snapshots
from trimtab.components.rook.toolbox import build_toolbox
from trimtab.kube.manifests import Manifests
from trimtab.plan.facts import Facts


def build(manifests: Manifests, application: str, settings: Settings, facts: Facts) -> None:
    """Add the objects of one of Rook's applications."""
    if application != CLUSTER:
        return
    if settings.external:
        build_external(manifests, settings.external, settings, facts)
    else:
        _build_own(manifests, settings, facts)
    build_snapshots(manifests, settings)
    build_toolbox(manifests, settings, facts)


def _build_own(manifests: Manifests, settings: Settings, facts: Facts) -> None:
    """Add a Ceph on the cluster's own disks."""
    build_cluster(manifests, settings, facts)
    build_block_pools(manifests, settings, facts)
    build_filesystems(manifests, settings, facts)
    build_object_stores(manifests, settings, facts)
    build_classes(manifests, settings, facts)
    build_dashboard(manifests, settings, facts)
