"""Charts of the user's choice among components: the order holds, and components do not change for them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from own_application_support.made import add_shop, make_facts
from repository_support.repository import Repository, write_repository
from trimtab.catalogue.chart import OwnFacts
from trimtab.catalogue.chart_facts import ChartFacts
from trimtab.components.assemble import Plan, plan_components
from trimtab.kube.release import ChartRelease
from trimtab.pipeline import plan_stages
from trimtab.pipeline.state import run_stages
from trimtab.plan.offers import ApiGroup

MONITORING = "monitoring.coreos.com"
BIG_MONITORING = make_facts("StatefulSet.apps", "Service", f"ServiceMonitor.{MONITORING}", crds=(MONITORING,))
"""A chart with everything for monitoring: it wants volumes and addresses, and brings what others ask for."""


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A cluster with storage, addresses for load balancers, and the shop."""
    made = write_repository(tmp_path)
    made.add(json.dumps({"components": {"local-path": {}, "metallb": {}}}))
    made.add("{network: {loadBalancers: [10.0.0.10-10.0.0.20]}}")
    add_shop(made)
    return made


def plan(repository: Repository, facts: ChartFacts | None, **settings: Any) -> Plan:
    """Plan the cluster, knowing this of the shop's chart."""
    repository.add(json.dumps(settings))
    (cluster,) = run_stages(plan_stages(), repository.options()).clusters
    planned = cluster.require_plan()
    return plan_components(planned.cluster, cluster.parts, find_facts=lambda _: OwnFacts(facts=facts))


def values_of(planned: Plan) -> dict[str, Any]:
    """The values of each chart, by application."""
    return {name: one.values for name, one in planned.sources.items() if isinstance(one, ChartRelease)}


def test_components_do_not_wait_for_what_they_could_do_without(repository: Repository) -> None:
    """Else a chart that wants addresses, and brings monitors, would wait for MetalLB and MetalLB for the chart."""
    order = plan(repository, BIG_MONITORING).order
    assert order.ring == ()
    assert order.waves["shop"] > max(order.waves["metallb"], order.waves["local-path"])


def test_components_are_the_same_whatever_the_chart_brings(repository: Repository) -> None:
    """What they write follows from settings alone, and not from archives that happen to be at hand."""
    known, unknown = plan(repository, BIG_MONITORING), plan(repository, None)
    assert known.facts == unknown.facts
    assert values_of(known) == values_of(unknown)


def test_own_applications_wait_for_what_the_chart_brings(repository: Repository) -> None:
    """Another chart of the user's comes after the one that brings its kinds."""
    chart = {"repoURL": "https://charts.example.org", "name": "aisle", "version": "1.0.0"}
    planned = plan(repository, None, applications={"aisle": {"chart": chart}})
    facts = {"shop": BIG_MONITORING, "aisle": make_facts(f"ServiceMonitor.{MONITORING}")}
    found = plan_components(planned.cluster, planned.parts, find_facts=lambda one: OwnFacts(facts=facts[one.name]))
    assert ApiGroup(by="shop", name=MONITORING) in found.offers
    assert found.order.waves["shop"] < found.order.waves["aisle"]


def test_other_versions_of_a_cluster_keep_what_is_known(repository: Repository) -> None:
    """A plan tells what it knows of a chart to the plan that is made after it."""
    found = plan(repository, BIG_MONITORING)
    own = found.cluster.settings.applications["shop"].chart
    assert own is not None
    assert found.find_own_facts(own).facts == BIG_MONITORING


def test_mirror_is_no_reason_to_know_less(repository: Repository) -> None:
    """Charts are known by the address that upstream publishes."""
    pin = plan(repository, None).derived["shop"].pin
    assert (pin.repo_url, pin.chart) == ("https://charts.example.org", "shop")
