"""The user's own applications: their charts, their manifests, their constructs' objects."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from trimtab.catalogue.chart import OwnFacts
from trimtab.components.own_releases import NOT_LOOKED
from trimtab.kube.own_chart import (
    plan_own_pin,
    plan_own_release,
    split_kind,
)
from trimtab.kube.release import ChartRelease
from trimtab.plan.application import OWN, Application, WantedSecret
from trimtab.plan.cluster import Cluster
from trimtab.plan.offers import Need, PodNetwork
from trimtab.settings.ways_out import OwnApplication, OwnChart, OwnSecret

FindFacts = Callable[[OwnChart], OwnFacts]
"""Gives what is known of a chart of the user's choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPart:
    """One of the user's own applications."""

    application: Application
    release: ChartRelease | None = None
    """Its chart, before the user's values."""


def plan_own_applications(
    cluster: Cluster, ours: Collection[str], folders: Iterable[str], find_facts: FindFacts
) -> tuple[OwnPart, ...]:
    """Give every application that the user names, in any of the ways there are.

    Args:
        cluster: The cluster.
        ours: The names of the components' applications: what the user names so belongs to those.
        folders: The names of the user's folders of manifests.
        find_facts: Gives what is known of their charts.
    """
    settings = cluster.settings
    wanted = {construct.application for construct in settings.constructs.values()}
    names = sorted({*folders, *settings.applications, *wanted} - set(ours))
    return tuple(_plan(cluster, name, settings.applications.get(name), find_facts) for name in names)


def _plan(cluster: Cluster, name: str, own: OwnApplication | None, find_facts: FindFacts) -> OwnPart:
    if own is None or own.chart is None:
        return OwnPart(application=_plan_application(name, own))
    pin = plan_own_pin(own.chart, find_facts(own.chart))
    return OwnPart(application=_plan_application(name, own), release=plan_own_release(name, own, pin, cluster))


def _plan_application(name: str, own: OwnApplication | None) -> Application:
    namespace = (own and own.namespace) or name
    return Application(
        name=name,
        component=OWN,
        namespace=namespace,
        creates_namespace=own.create_namespace if own else True,
        needs=(Need(offer=PodNetwork),),
        after=tuple(own.after) if own else (),
        sync_options=("SkipDryRunOnMissingResource=true",),
        sync=own.sync.said if own else {},
        secrets=tuple(_secret(namespace, *item) for item in own.secrets.items()) if own else (),
        cluster_kinds=tuple(split_kind(text) for text in own.cluster_kinds) if own else (),
        origins=(f"applications.{name}",) if own else (),
    )


def _secret(namespace: str, name: str, secret: OwnSecret) -> WantedSecret:
    keys, formats = tuple(secret.keys), tuple(secret.keys.values())
    return WantedSecret(namespace=namespace, name=name, keys=keys, formats=formats, why=secret.why)


def iter_own_values(parts: Iterable[OwnPart], cluster: Cluster) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the user's values for the charts of their own applications, by application."""
    for part in parts:
        if part.release is not None:
            yield part.application.name, cluster.settings.applications[part.application.name].values


def know_nothing(_: OwnChart) -> OwnFacts:
    """Say that a chart's archive was not looked for."""
    return NOT_LOOKED
