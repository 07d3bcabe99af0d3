"""The stage that lets charts pull from mirrors."""

from __future__ import annotations

from dataclasses import replace

from trimtab.components.mirrored import pull_from_mirrors
from trimtab.pipeline.state import ClusterState, State


def mirror_clusters(state: State) -> State:
    """Write mirrors into the values of every planned cluster whose settings ask for it."""
    return replace(state, clusters=tuple(map(_mirror, state.clusters)))


def _mirror(cluster: ClusterState) -> ClusterState:
    return replace(cluster, plan=pull_from_mirrors(cluster.plan)) if cluster.plan else cluster
