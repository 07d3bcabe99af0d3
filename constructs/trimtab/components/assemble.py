"""From a cluster's settings to its plan: offers, facts, applications, chart releases, order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from trimtab.components.protocol import Component
from trimtab.components.releases import wanted_delivery
from trimtab.kube.release import ChartRelease, Source, merge_values
from trimtab.plan.application import Application, WantedSecret
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.given import plan_given
from trimtab.plan.offers import Need, Offer, PodNetwork
from trimtab.plan.order import Edge, Order, plan_order
from trimtab.secrets.references import add_needs
from trimtab.settings.component import ComponentSettings, Delivery
from trimtab.settings.ways_out import OwnSecret

OWN = "own"
"""The component of the user's own applications."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One component that the cluster has, with its settings."""

    component: Component
    settings: ComponentSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All that is decided before the first object is built."""

    cluster: Cluster
    parts: tuple[Part, ...]
    facts: Facts
    applications: tuple[Application, ...]
    sources: Mapping[str, Source]
    """Application to chart release, with the user's values merged in, or to Git files."""
    derived: Mapping[str, ChartRelease]
    """Application to chart release as we made it, before the user's values."""
    order: Order

    @property
    def settings(self) -> Mapping[str, ComponentSettings]:
        """Component to settings."""
        return {part.component.name: part.settings for part in self.parts}

    def application(self, name: str) -> Application:
        """Give an application by its name.

        Raises:
            KeyError: There is none.
        """
        return {application.name: application for application in self.applications}[name]


def plan_components(
    cluster: Cluster,
    parts: Sequence[Part],
    *,
    own_folders: Iterable[str] = (),
    edges: Iterable[Edge] = (),
) -> Plan:
    """Work out the plan of a cluster.

    Args:
        cluster: The cluster.
        parts: Its components, in the registry's order.
        own_folders: Names of the user's folders of manifests; those that are no application of ours become one.
        edges: Edges that only the user's constructs know of.
    """
    offers = plan_given(cluster) + tuple(
        offer for part in parts for offer in part.component.offers.offers(part.settings, cluster)
    )
    facts = Facts(cluster=cluster, offers=offers)
    applications = [
        replace(application, component=part.component.name, sync=part.settings.sync.said)
        for part in parts
        for application in part.component.offers.applications(part.settings, facts)
    ]
    applications = add_needs(applications, cluster.settings.secrets)
    applications += _own_applications(cluster, {a.name for a in applications}, own_folders)
    derived: dict[str, Source] = {}
    for part in parts:
        delivery = wanted_delivery(part.settings, cluster)
        charts = part.component.charts.charts(part.settings, facts)
        derived.update({name: _deliver(source, delivery) for name, source in charts.items()})
    values = {name: given for part in parts for name, given in part.settings.values.items()}
    return Plan(
        cluster=cluster,
        parts=tuple(parts),
        facts=facts,
        applications=tuple(sorted(applications, key=lambda application: application.name)),
        sources={name: _with_values(source, values.get(name)) for name, source in sorted(derived.items())},
        derived={name: source for name, source in derived.items() if isinstance(source, ChartRelease)},
        order=plan_order(applications, _once(offers), edges),
    )


def _deliver(source: Source, delivery: Delivery) -> Source:
    return replace(source, delivery=delivery) if isinstance(source, ChartRelease) else source


def _with_values(source: Source, values: Mapping[str, object] | None) -> Source:
    if not values or not isinstance(source, ChartRelease):
        return source
    return replace(source, values=merge_values(source.values, values))


def _once(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    return tuple(dict.fromkeys(offers))


def _own_applications(cluster: Cluster, ours: set[str], folders: Iterable[str]) -> list[Application]:
    settings = cluster.settings
    wanted = {construct.application for construct in settings.constructs.values()}
    names = sorted({*folders, *settings.applications, *wanted} - ours)
    return [_own_application(cluster, name) for name in names]


def _own_application(cluster: Cluster, name: str) -> Application:
    own = cluster.settings.applications.get(name)
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
        secrets=tuple(_own_secret(namespace, *item) for item in own.secrets.items()) if own else (),
        origins=(f"applications.{name}",) if own else (),
    )


def _own_secret(namespace: str, name: str, secret: OwnSecret) -> WantedSecret:
    keys, formats = tuple(secret.keys), tuple(secret.keys.values())
    return WantedSecret(namespace=namespace, name=name, keys=keys, formats=formats, why=secret.why)


def iter_offers_by(offers: Iterable[Offer], application: str) -> Iterable[Offer]:
    """Give what one application brings."""
    return (offer for offer in offers if offer.by == application)


def describe_order(order: Order) -> Mapping[int, tuple[str, ...]]:
    """Give the applications of each wave, waves in order."""
    waves: dict[int, list[str]] = {}
    for name, wave in sorted(order.waves.items()):
        waves.setdefault(wave, []).append(name)
    return {wave: tuple(waves[wave]) for wave in sorted(waves)}
