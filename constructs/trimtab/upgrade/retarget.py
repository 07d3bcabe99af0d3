"""A cluster's plan as it would be with other versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from trimtab.components.assemble import Part, Plan, plan_components
from trimtab.components.mirrored import pull_from_mirrors
from trimtab.components.releases import release_versions
from trimtab.plan.application import OWN
from trimtab.plan.cluster import Cluster
from trimtab.settings.root import Settings
from trimtab.tree.base_facts import BaseFacts

KUBERNETES = "kubernetes"
KUBESPRAY = "kubespray"


def retarget_settings(settings: Settings, versions: Mapping[str, str]) -> Settings:
    """Give settings in which Kubernetes, or kubespray's tag, has another version."""
    named = {KUBERNETES: "version", KUBESPRAY: "distribution_version"}
    update = {named[name]: version for name, version in versions.items() if name in named}
    kubernetes = settings.kubernetes.model_copy(update=update)
    return settings.model_copy(update={"kubernetes": kubernetes})


def retarget_parts(parts: tuple[Part, ...], versions: Mapping[str, str]) -> tuple[Part, ...]:
    """Give components of which some have another version."""
    return tuple(
        replace(part, settings=part.settings.model_copy(update={"version": versions[part.component.name]}))
        if part.component.name in versions
        else part
        for part in parts
    )


def retarget_plan(plan: Plan, versions: Mapping[str, str]) -> Plan:
    """Plan the cluster anew with other versions.

    Args:
        plan: The plan as it is.
        versions: Component, `kubernetes` or `kubespray` to the version it shall have.
    """
    cluster = Cluster(retarget_settings(plan.cluster.settings, versions))
    folders = {application.name for application in plan.applications if application.component == OWN}
    parts = retarget_parts(plan.parts, versions)
    new = plan_components(cluster, parts, own_folders=folders, find_facts=plan.find_own_facts)
    return pull_from_mirrors(new)


def plan_base(plan: Plan) -> BaseFacts:
    """Give what a plan would be compared with if it were the base."""
    settings = plan.cluster.settings
    return BaseFacts(
        kubernetes=settings.kubernetes.version,
        distribution=str(settings.kubernetes.distribution),
        distribution_version=settings.kubernetes.distribution_version,
        pods=tuple(settings.network.pods),
        services=tuple(settings.network.services),
        versions=release_versions(plan.settings),
    )
