"""Values of the chart metallb."""

from __future__ import annotations

from typing import Literal

from trimtab.components.metallb.offers import CONTROLLER, NAMESPACE
from trimtab.components.metallb.settings import Settings
from trimtab.components.releases import wanted_release
from trimtab.kube.release import ChartRelease, Source, Values
from trimtab.kube.scheduling import plan_node_selector, plan_tolerations
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts


def charts(settings: Settings, facts: Facts) -> dict[str, Source]:
    """Give the one release."""
    release = wanted_release("metallb", settings)
    return {
        CONTROLLER: ChartRelease(
            pin=release.charts["main"],
            release_name=settings.release_name or "metallb",
            namespace=settings.namespace or NAMESPACE,
            values=_values(settings, facts.cluster, release.architectures),
            reasons={
                ("frrk8s", "enabled"): "addresses are announced on the nodes' own network; on by default since 0.16",
            },
            origins=("components.metallb",),
        )
    }


def _values(settings: Settings, cluster: Cluster, architectures: tuple[str, ...]) -> Values:
    values: Values = {
        "frrk8s": {"enabled": False},
        "controller": _workload(settings, "controller", cluster, architectures),
        "speaker": {
            "frr": {"enabled": False},
            **_workload(settings, "speaker", cluster, architectures),
        },
    }
    if tolerations := plan_tolerations(cluster):
        values["speaker"]["tolerations"] = tolerations
    return {key: value for key, value in values.items() if value}


def _workload(
    settings: Settings, name: Literal["controller", "speaker"], cluster: Cluster, architectures: tuple[str, ...]
) -> Values:
    values: Values = {}
    if selector := plan_node_selector(cluster, architectures):
        values["nodeSelector"] = selector
    if resources := settings.resources.get(name):
        values["resources"] = resources.to_kubernetes()
    return values
