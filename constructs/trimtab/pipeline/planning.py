"""Settings to plan: offers, facts, applications, charts, order."""

from __future__ import annotations

from dataclasses import replace

from trimtab.components.assemble import plan_components
from trimtab.pipeline.state import ClusterState, State
from trimtab.plan.cluster import Cluster


def plan_clusters(state: State) -> State:
    """Plan every cluster whose settings could be read and hold together well enough."""
    return replace(state, clusters=tuple(_plan(cluster) for cluster in state.clusters))


def _plan(cluster: ClusterState) -> ClusterState:
    if cluster.settings is None or not cluster.is_plannable:
        return cluster
    folders = {file.application for file in cluster.loaded.manifests}
    plan = plan_components(Cluster(cluster.settings), cluster.parts, own_folders=folders)
    return replace(cluster, plan=plan)
