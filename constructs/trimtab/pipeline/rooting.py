"""Objects to the root: the Applications and the AppProject of every cluster."""

from __future__ import annotations

from dataclasses import replace

from trimtab.kube.argocd import plan_application
from trimtab.kube.project import plan_project
from trimtab.pipeline.state import ClusterState, State


def root_clusters(state: State) -> State:
    """Make the Applications and the AppProject of every cluster."""
    return replace(state, clusters=tuple(_root(cluster) for cluster in state.clusters))


def _root(cluster: ClusterState) -> ClusterState:
    plan = cluster.plan
    if plan is None:
        return cluster
    manifests = {name: [built.manifest for built in objects] for name, objects in cluster.objects.items()}
    applications = [
        plan_application(
            application,
            plan.sources.get(application.name),
            cluster=plan.cluster,
            wave=plan.order.waves[application.name],
            has_manifests=bool(manifests.get(application.name)),
        )
        for application in plan.applications
        if manifests.get(application.name) or application.name in plan.sources
    ]
    project = plan_project(plan.cluster, plan.applications, plan.sources, manifests)
    return replace(cluster, root_objects=(project, *applications))
