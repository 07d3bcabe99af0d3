"""The Argo CD that a tree brings: its version, namespace and settings, where the tree or its charts say them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.verify.entry import Entry
from trimtab.verify.reading import fields_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import ChartUse, World

CHART = "argo-cd"
SETTINGS = "argocd-cm"
PARAMETERS = "argocd-cmd-params-cm"


def find_version(world: World) -> str:
    """Give the version of Argo CD that the charts bring, such as `v3.4.4`; nothing where no chart says it."""
    return next((chart.facts.app_version for chart in _charts(world) if chart.facts), "")


class Installed:
    """What a tree says of the Argo CD of each cluster."""

    def __init__(self, tree: Tree, world: World) -> None:
        self._maps: dict[tuple[str, str], Entry] = {}
        for entry in tree.of_kind("", "ConfigMap"):
            if entry.name in {SETTINGS, PARAMETERS}:
                self._maps.setdefault((entry.cluster, entry.name), entry)
        self._charts = {chart.cluster: chart for chart in _charts(world)}

    def find_namespace(self, cluster: str) -> str:
        """Give the namespace that Argo CD runs in; nothing where neither a chart nor its settings are in the tree."""
        settings, chart = self._maps.get((cluster, SETTINGS)), self._charts.get(cluster)
        return settings.namespace if settings else chart.namespace if chart else ""

    def find_settings(self, cluster: str) -> Mapping[str, Any] | None:
        """Give the settings that Argo CD is given in a cluster, those of `argocd-cm`.

        Returns:
            The settings that somebody wrote; nothing where the tree does not bring Argo CD.
        """
        return self._find_data(cluster, SETTINGS, "cm")

    def find_parameters(self, cluster: str) -> Mapping[str, Any] | None:
        """Give what Argo CD's programs are told, that of `argocd-cmd-params-cm`; nothing as with `find_settings`."""
        return self._find_data(cluster, PARAMETERS, "params")

    def _find_data(self, cluster: str, name: str, key: str) -> Mapping[str, Any] | None:
        entry, chart = self._maps.get((cluster, name)), self._charts.get(cluster)
        if entry is not None:
            return fields_of(entry.manifest, "data")
        return fields_of(chart.values, "configs", key) if chart else None


def _charts(world: World) -> Iterator[ChartUse]:
    return (chart for chart in world.charts if chart.chart == CHART)
