"""Which release of a component the settings mean, and who renders its charts."""

from __future__ import annotations

from collections.abc import Mapping

from trimtab.catalogue.chart import Release
from trimtab.catalogue.components import find_release, newest_release, releases
from trimtab.plan.cluster import Cluster
from trimtab.settings.component import ComponentSettings, Delivery


def wanted_release(component: str, settings: ComponentSettings) -> Release:
    """Give the release that the settings name, else the newest.

    A version that neither the catalogue nor the repository's `releases` know is a finding of its own
    (`unknown-release`); until it is mended the newest stands in, so that everything else can be checked in the same
    run.
    """
    known = settings.version and find_release(component, settings.version, settings.own_releases)
    return known or newest_release(component)


def release_versions(components: Mapping[str, ComponentSettings]) -> dict[str, str]:
    """Give the release of each component, for those that the catalogue knows."""
    return {name: wanted_release(name, settings).version for name, settings in components.items() if releases(name)}


def wanted_delivery(settings: ComponentSettings, cluster: Cluster) -> Delivery:
    """Say who renders a component's charts: what it says itself, else the cluster."""
    return settings.delivery or cluster.settings.delivery
