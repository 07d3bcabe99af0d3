"""The stages that let charts pull from mirrors, or from where upstream has its images."""

from __future__ import annotations

from dataclasses import replace

from trimtab.components.mirrored import pull_from_mirrors
from trimtab.pipeline.state import ClusterState, State
from trimtab.plan.cluster import Cluster
from trimtab.settings.root import Settings


def mirror_clusters(state: State) -> State:
    """Write mirrors into the values of every planned cluster whose settings ask for it."""
    return replace(state, clusters=tuple(map(_mirror, state.clusters)))


def leave_upstream_names(state: State) -> State:
    """Go on as if no registry were to be rewritten: for who asks where images come from."""
    return replace(state, clusters=tuple(map(_leave, state.clusters)))


def _mirror(cluster: ClusterState) -> ClusterState:
    return replace(cluster, plan=pull_from_mirrors(cluster.plan)) if cluster.plan else cluster


def _leave(cluster: ClusterState) -> ClusterState:
    if cluster.plan is None:
        return cluster
    return replace(
        cluster, plan=replace(cluster.plan, cluster=Cluster(_without_rewriting(cluster.plan.cluster.settings)))
    )


def _without_rewriting(settings: Settings) -> Settings:
    registries = {host: one.model_copy(update={"rewrite": False}) for host, one in settings.registries.items()}
    return settings.model_copy(update={"registries": registries})
