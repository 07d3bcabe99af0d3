"""Stages on charts that the catalogue does not hold: what is known of them is found, and what is not is said."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from trimtab.catalogue.chart import ChartPin, OwnFacts
from trimtab.components.assemble import Plan, know_own_applications
from trimtab.components.own_releases import forbids_building, know_pin, know_release
from trimtab.findings.finding import Finding, Severity
from trimtab.kube.release import ChartRelease, Source
from trimtab.pipeline.state import ClusterState, State

if TYPE_CHECKING:  # what reads archives takes long to import, and most repositories name nothing of their own
    from trimtab.charts.lockfile import Lock
    from trimtab.pipeline.own_facts import FactsFinder

Name = tuple[str, str, str]
"""A chart: its repository, its name, its version."""
Known = Mapping[Name, OwnFacts]


def know_own_releases(state: State) -> State:
    """Give the plan of every cluster that has releases of its own what is known of their charts."""
    if not any(_list_pins(cluster) for cluster in state.clusters):
        return state
    from trimtab.pipeline.own_facts import FactsFinder

    finder = FactsFinder(state.options.root, os.environ)
    return replace(state, clusters=tuple(_know(cluster, finder) for cluster in state.clusters))


def know_locked(state: State, lock: Lock) -> State:
    """Work out what is known of the charts that a new lock names, and warn of those that nobody knows all of."""
    state = know_own_releases(state)
    return state.found(
        *(
            _warn(cluster, application, pin, pin.own)
            for cluster in state.clusters
            for application, pin in _list_pins(cluster).items()
            if pin.own and pin.own.lacks and lock.find(*_name(pin))
        )
    )


def require_own_releases(state: State) -> State:
    """Refuse to build where nobody knows what a chart renders: the AppProject lists it, on every machine alike."""
    refused = [
        _refuse(cluster, application, pin, pin.own)
        for cluster in state.clusters
        for application, pin in _list_pins(cluster).items()
        if pin.own and forbids_building(pin)
    ]
    said = {(one.code, one.cluster, one.path) for one in refused}
    others = tuple(one for one in state.findings if (one.code, one.cluster, one.path) not in said)
    return replace(state, findings=(*others, *dict.fromkeys(refused)))


def _list_pins(cluster: ClusterState) -> dict[str, ChartPin]:
    """List the charts that the catalogue does not hold, by application."""
    sources = cluster.plan.derived if cluster.plan else {}
    return {name: one.pin for name, one in sources.items() if one.pin.own}


def _know(cluster: ClusterState, finder: FactsFinder) -> ClusterState:
    pins = _list_pins(cluster)
    if cluster.plan is None or not pins:
        return cluster
    from trimtab.charts.own_facts import ChartInputs

    values: dict[Name, list[Mapping[str, Any]]] = {}
    for name, pin in sorted(pins.items()):
        values.setdefault(_name(pin), []).append(_values(cluster.plan.sources[name]))
    kubernetes = cluster.plan.cluster.settings.kubernetes.version
    known = {
        name: finder.find(*name, ChartInputs(kubernetes=kubernetes, values=given)) for name, given in values.items()
    }
    plan = know_plan(cluster.plan, known)
    return replace(cluster, plan=plan, parts=plan.parts)


def know_plan(plan: Plan, known: Known) -> Plan:
    """Give a plan whose charts, and those of the releases that could be taken, carry what is known of them."""

    def find(pin: ChartPin) -> OwnFacts | None:
        return known.get(_name(pin))

    def know(source: Source) -> Source:
        if not isinstance(source, ChartRelease):
            return source
        return replace(source, pin=know_pin(source.pin, find(source.pin)))

    parts = tuple(
        replace(
            part,
            settings=part.settings.knowing(tuple(know_release(one, find) for one in part.settings.own_releases)),
        )
        for part in plan.parts
    )
    derived = {name: replace(one, pin=know_pin(one.pin, find(one.pin))) for name, one in plan.derived.items()}
    sources = {name: know(one) for name, one in plan.sources.items()}
    return know_own_applications(replace(plan, parts=parts, sources=sources, derived=derived))


def _refuse(cluster: ClusterState, application: str, pin: ChartPin, known: OwnFacts) -> Finding:
    message = f"nobody knows what {pin.chart} {pin.version} renders, which the AppProject must list: {known.lacks}"
    return replace(_warn(cluster, application, pin, known), severity=Severity.ERROR, message=message)


def _warn(cluster: ClusterState, application: str, pin: ChartPin, known: OwnFacts) -> Finding:
    path = cluster.require_plan().application(application).version_path
    return Finding(
        code="chart-not-at-hand",
        severity=Severity.WARNING,
        message=f"{pin.chart} {pin.version} is locked, and not all is known of what it renders: {known.lacks}",
        help=known.cure,
        path=path,
        place=cluster.loaded.merged.place_of(path)[0],
        cluster=cluster.name,
    )


def _values(source: Source) -> Mapping[str, Any]:
    return source.values if isinstance(source, ChartRelease) else {}


def _name(pin: ChartPin) -> Name:
    return pin.repo_url, pin.chart, pin.version
