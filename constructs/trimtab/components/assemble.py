"""From a cluster's settings to its plan: offers, facts, applications, chart releases, order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from trimtab.catalogue.chart import OwnFacts
from trimtab.components.own_applications import (
    FindFacts,
    iter_own_values,
    know_nothing,
    plan_own_applications,
)
from trimtab.components.protocol import Component
from trimtab.components.releases import wanted_delivery
from trimtab.kube.own_chart import drop_unmet, iter_own_offers, know_own_application
from trimtab.kube.release import ChartRelease, Source, merge_values
from trimtab.plan.application import OWN, Application
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.given import plan_given
from trimtab.plan.offers import Offer
from trimtab.plan.order import Order, plan_order
from trimtab.secrets.references import add_needs
from trimtab.settings.component import ComponentSettings, Delivery
from trimtab.settings.ways_out import OwnChart


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
    own_offers: tuple[Offer, ...] = ()
    """What charts of the user's choice bring. Components do not see it: what they write must not depend on it."""

    @property
    def offers(self) -> tuple[Offer, ...]:
        """All that anything brings."""
        return (*self.facts.offers, *self.own_offers)

    @property
    def settings(self) -> Mapping[str, ComponentSettings]:
        """Component to settings."""
        return {part.component.name: part.settings for part in self.parts}

    def find_own_facts(self, chart: OwnChart) -> OwnFacts:
        """Give what the plan knows of a chart of the user's choice."""
        wanted = chart.repo_url, chart.name, chart.version
        pins = (one.pin for one in self.derived.values() if one.pin.component == OWN and one.pin.own)
        found = (pin.own for pin in pins if (pin.repo_url, pin.chart, pin.version) == wanted)
        return next(found, None) or know_nothing(chart)

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
    find_facts: FindFacts = know_nothing,
) -> Plan:
    """Work out the plan of a cluster.

    Args:
        cluster: The cluster.
        parts: Its components, in the registry's order.
        own_folders: Names of the user's folders of manifests; those that are no application of ours become one.
        find_facts: Gives what is known of charts of the user's choice.
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
    own = plan_own_applications(cluster, {a.name for a in applications}, own_folders, find_facts)
    applications += [part.application for part in own]
    derived: dict[str, Source] = {part.application.name: part.release for part in own if part.release}
    for part in parts:
        delivery = wanted_delivery(part.settings, cluster)
        charts = part.component.charts.charts(part.settings, facts)
        derived.update({name: _deliver(source, delivery) for name, source in charts.items()})
    values = {name: given for part in parts for name, given in part.settings.values.items()}
    values.update(iter_own_values(own, cluster))
    plan = Plan(
        cluster=cluster,
        parts=tuple(parts),
        facts=facts,
        applications=tuple(sorted(applications, key=lambda application: application.name)),
        sources={name: _with_values(source, values.get(name)) for name, source in sorted(derived.items())},
        derived={name: source for name, source in derived.items() if isinstance(source, ChartRelease)},
        order=plan_order(applications, _once(offers)),
    )
    return know_own_applications(plan)


def know_own_applications(plan: Plan) -> Plan:
    """Give a plan whose order follows from what is known of the charts of the user's choice by now."""
    charts = {name: one for name, one in plan.sources.items() if one.pin.component == OWN}
    if not charts:
        return plan
    known = [know_own_application(one, charts.get(one.name)) for one in plan.applications]
    brought = tuple(offer for name, one in charts.items() for offer in iter_own_offers(name, one.pin.facts))
    if brought:  # what a component would only come after must not wait for a chart that may want the component
        known = [_without_unmet(one, plan.facts.offers) for one in known]
    order = plan_order(known, _once((*plan.facts.offers, *brought)))
    return replace(plan, applications=tuple(known), order=order, own_offers=brought)


def _without_unmet(application: Application, offers: tuple[Offer, ...]) -> Application:
    is_ours = application.component != OWN
    return replace(application, needs=drop_unmet(application.needs, offers)) if is_ours else application


def _deliver(source: Source, delivery: Delivery) -> Source:
    return replace(source, delivery=delivery) if isinstance(source, ChartRelease) else source


def _with_values(source: Source, values: Mapping[str, object] | None) -> Source:
    if not values or not isinstance(source, ChartRelease):
        return source
    return replace(source, values=merge_values(source.values, values))


def _once(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    return tuple(dict.fromkeys(offers))


def iter_offers_by(offers: Iterable[Offer], application: str) -> Iterable[Offer]:
    """Give what one application brings."""
    return (offer for offer in offers if offer.by == application)


def describe_order(order: Order) -> Mapping[int, tuple[str, ...]]:
    """Give the applications of each wave, waves in order."""
    waves: dict[int, list[str]] = {}
    for name, wave in sorted(order.waves.items()):
        waves.setdefault(wave, []).append(name)
    return {wave: tuple(waves[wave]) for wave in sorted(waves)}
