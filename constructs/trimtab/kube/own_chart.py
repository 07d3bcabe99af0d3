"""A chart of the user's own choice: its release, what it needs, and what it brings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from trimtab.catalogue.chart import ChartPin, OwnFacts
from trimtab.catalogue.chart_facts import ChartFacts
from trimtab.catalogue.components import iter_charts
from trimtab.catalogue.kinds import is_built_in_group
from trimtab.kube.release import ChartRelease, Source
from trimtab.plan.application import OWN, Application
from trimtab.plan.cluster import Cluster
from trimtab.plan.offers import (
    AddressPool,
    ApiGroup,
    Controller,
    GatewayClass,
    IngressClass,
    Issuer,
    Need,
    Offer,
    PodNetwork,
    StorageClass,
)
from trimtab.settings.ways_out import OwnApplication, OwnChart

_CLASSES: Mapping[str, type[Offer]] = {
    "storageclass": StorageClass,
    "storageclassname": StorageClass,
    "ingressclass": IngressClass,
    "ingressclassname": IngressClass,
    "classname": IngressClass,
    "gatewayclassname": GatewayClass,
}
"""Values, in lower case, by which charts usually ask for what another application brings."""

_CLAIMS = frozenset({"volumeClaimTemplate", "volumeClaimTemplates"})
"""Values that hold a claim which an operator makes, so that the chart's own objects do not show it."""

_ANYTHING = (AddressPool, StorageClass, IngressClass, GatewayClass, Issuer, ApiGroup, Controller)
"""What a chart that nobody knows may want to be there."""

_WITH_VOLUMES = frozenset({("", "PersistentVolumeClaim"), ("apps", "StatefulSet")})


def plan_own_pin(chart: OwnChart, known: OwnFacts) -> ChartPin:
    """Say which chart the user means, and what is known of it; of one that the catalogue holds that is what it says."""
    for pin in iter_charts():
        if (pin.repo_url, pin.chart, pin.version) == (chart.repo_url, chart.name, chart.version):
            return replace(pin, component=OWN)
    return ChartPin(
        component=OWN,
        chart=chart.name,
        version=chart.version,
        app_version=known.facts.app_version if known.facts else "",
        repo_url=chart.repo_url,
        oci="://" not in chart.repo_url,
        own=known,
    )


def plan_own_release(name: str, own: OwnApplication, pin: ChartPin, cluster: Cluster) -> ChartRelease:
    """Give the release of an application's chart, before the user's values: we have none of our own for it.

    No API versions are told: Argo CD then asks the cluster, and what the chart may look for comes first.
    """
    return ChartRelease(
        pin=pin,
        release_name=own.release_name or name,
        namespace=own.namespace or name,
        values={},
        delivery=own.delivery or cluster.settings.delivery,
        origins=(f"applications.{name}",),
    )


def know_own_application(application: Application, source: Source | None) -> Application:
    """Give an application with what is known of its chart: what it waits for, and whether data may go with it.

    Args:
        application: An application.
        source: Its chart, where it has one of the user's choice; nothing to give it back as it is.
    """
    if not isinstance(source, ChartRelease):
        return application
    facts = source.pin.facts
    return replace(application, needs=plan_own_needs(facts, source.values), holds_data=may_hold_data(facts))


def plan_own_needs(facts: ChartFacts | None, values: Mapping[str, Any]) -> tuple[Need, ...]:
    """Say what a chart may wait for, as far as the cluster has it.

    Argo CD waits for each wave to be healthy: a volume that comes in a later wave than who claims it never comes. So
    a chart that nobody knows comes after all that it might use.

    Args:
        facts: What is known of the chart; nothing where its archive is not at hand.
        values: The user's values for it.
    """
    if facts is None:
        wanted = [Need(offer=kind, optional=True) for kind in _ANYTHING]
    else:
        both = (ApiGroup, Controller)
        wanted = [Need(offer=kind, name=group, optional=True) for group in _groups(facts) for kind in both]
        wanted += [Need(offer=StorageClass, optional=True)] if holds_volumes(facts) else []
        wanted += [Need(offer=AddressPool, optional=True)] if _has_services(facts) else []
    return tuple(dict.fromkeys((Need(offer=PodNetwork), *wanted, *_iter_classes(values))))


def iter_own_offers(name: str, facts: ChartFacts | None) -> Iterator[Offer]:
    """Give what an application's chart brings: the API groups of the definitions in it."""
    for group in sorted({kind.group for kind in facts.custom_kinds} if facts else ()):
        yield ApiGroup(by=name, name=group)


def holds_volumes(facts: ChartFacts) -> bool:
    """Say whether a chart is known to ask for volumes."""
    return any((kind.group, kind.kind) in _WITH_VOLUMES for kind in facts.renders)


def may_hold_data(facts: ChartFacts | None) -> bool:
    """Say whether data may be lost with an application's chart: volumes, and definitions with all that is made of them.

    Of a chart that nobody knows it has to be assumed.
    """
    return facts is None or holds_volumes(facts) or bool(facts.crds)


def _has_services(facts: ChartFacts) -> bool:
    return any((kind.group, kind.kind) == ("", "Service") for kind in facts.renders)


def _groups(facts: ChartFacts) -> list[str]:
    """Give the API groups of others that a chart uses or looks for."""
    own = {kind.group for kind in facts.custom_kinds}
    asked = {text.partition("/")[0] for text in facts.api_versions_asked if "/" in text}
    found = {kind.group for kind in facts.renders} | asked
    return sorted(group for group in found - own if not is_built_in_group(group))


def _iter_classes(value: object) -> Iterator[Need]:
    """Find values that name a class, claims, and Ingresses that are switched on."""
    if isinstance(value, list):
        for item in value:
            yield from _iter_classes(item)
    for key, inner in value.items() if isinstance(value, Mapping) else ():
        kind = _CLASSES.get(str(key).lower())
        if kind and isinstance(inner, str) and inner:
            yield Need(offer=kind, name=inner, optional=True)
        if key in _CLAIMS:
            yield Need(offer=StorageClass, optional=True)
        if key == "ingress" and isinstance(inner, Mapping) and inner.get("enabled") is True:
            yield Need(offer=IngressClass, optional=True)
        yield from _iter_classes(inner)


def split_kind(text: str) -> tuple[str, str]:
    """Split `ClusterRole.rbac.authorization.k8s.io` into its group and its kind; the core group is the empty text."""
    kind, _, group = text.partition(".")
    return group, kind


def drop_unmet(needs: Iterable[Need], offers: Iterable[Offer]) -> tuple[Need, ...]:
    """Leave out what only has to come first when it is there, and is not."""
    there = tuple(offers)
    return tuple(need for need in needs if not need.optional or any(need.is_met_by(offer) for offer in there))
