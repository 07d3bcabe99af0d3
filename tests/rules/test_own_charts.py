"""Rules on charts of the user's choice, one chart at a time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from own_application_support.made import add_shop, make_facts
from repository_support.repository import Repository, codes, only, write_repository
from trimtab.catalogue.chart import OwnFacts
from trimtab.catalogue.chart_facts import ChartFacts
from trimtab.components.assemble import plan_components
from trimtab.pipeline import plan_stages
from trimtab.pipeline.state import run_stages
from trimtab.rules.own_charts import RULES
from trimtab.rules.rule import Problem, Subject
from trimtab.tree.base_facts import BaseChart, BaseFacts


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A cluster with the shop."""
    made = write_repository(tmp_path)
    add_shop(made)
    return made


def problems(
    repository: Repository, code: str, *, was: BaseChart | None = None, facts: ChartFacts | None = None
) -> list[Problem]:
    """Ask one rule about the cluster, whose shop had another chart before, and of whose chart this is known."""
    (cluster,) = run_stages(plan_stages(), repository.options()).clusters
    found = cluster.require_plan()
    plan = plan_components(found.cluster, cluster.parts, find_facts=lambda _: OwnFacts(facts=facts))
    base = BaseFacts(kubernetes="1.35", charts={"shop": was}) if was else None
    subject = Subject(
        cluster=plan.cluster, components={}, facts=plan.facts, sources=plan.sources, derived=plan.derived, base=base
    )
    return list(next(rule for rule in RULES if rule.code == code).check(subject))


def had(**more: Any) -> BaseChart:
    """Give the shop's chart as it is, but for what is said."""
    return BaseChart(**{"name": "shop", "version": "1.4.0", "namespace": "shop", "release_name": "shop", **more})


@pytest.mark.parametrize("version", ["12", "12.4", "^12.4.0", "~1.2.3", "latest", "*", ">=1.0.0", "12.4.x", "01.2.3"])
def test_range_of_versions_is_refused(repository: Repository, version: str) -> None:
    """Anything that could be another chart tomorrow, or that no chart can have."""
    add_shop(repository, chart={"repoURL": "https://charts.example.org", "name": "shop", "version": version})
    state = repository.check()
    assert only(state, "unpinned-chart").path == ("applications", "shop", "chart", "version")
    assert codes(state) == ["unpinned-chart"]


@pytest.mark.parametrize("version", ["12.4.0", "v1.2.3", "1.0.0-rc.1", "1.0.0+build.7"])
def test_one_version_is_taken(repository: Repository, version: str) -> None:
    """In every spelling that repositories use."""
    add_shop(repository, chart={"repoURL": "https://charts.example.org", "name": "shop", "version": version})
    assert "unpinned-chart" not in codes(repository.check())


@pytest.mark.parametrize(
    "address",
    ["oci://registry.example.org/charts", "https://user:word@charts.example.org", "git@example.org:a.git", "/charts"],
)
def test_address_is_as_argocd_wants_it(repository: Repository, address: str) -> None:
    """No scheme for registries, no password, no path of this machine."""
    add_shop(repository, chart={"repoURL": address, "name": "shop", "version": "1.4.0"})
    assert only(repository.check(), "wrong-form").path == ("applications", "shop", "chart", "repoURL")


@pytest.mark.parametrize("more", [{"version": "1.5.0"}, {"version": "1.4.1-rc.1"}])
def test_older_chart_is_refused(repository: Repository, more: dict[str, str]) -> None:
    """Any step back counts, from a release candidate too."""
    assert problems(repository, "chart-goes-back", was=had(**more))


@pytest.mark.parametrize(
    "more", [{}, {"version": "1.3.0"}, {"version": "no version"}, {"name": "till", "version": "9.0.0"}]
)
def test_newer_chart_or_another_is_no_step_back(repository: Repository, more: dict[str, str]) -> None:
    """Upgrades are what versions are for, and versions of two charts cannot be compared."""
    assert problems(repository, "chart-goes-back", was=had(**more)) == []


@pytest.mark.parametrize("more", [{"name": "till"}, {"release_name": "till"}, {"namespace": "market"}])
def test_other_objects_under_one_name_are_refused(repository: Repository, more: dict[str, str]) -> None:
    """Chart, release name and namespace are in the names of all that it makes."""
    assert problems(repository, "chart-replaced", was=had(**more))


@pytest.mark.parametrize("more", [{}, {"version": "1.0.0"}, {"release_name": None}])
def test_same_objects_are_fine(repository: Repository, more: dict[str, Any]) -> None:
    """Another version makes no others; an old inventory that names no release is believed."""
    assert problems(repository, "chart-replaced", was=had(**more)) == []


@pytest.mark.parametrize(
    ("wanted", "kubernetes", "is_wrong"),
    [
        (">=1.36.0-0", "1.35", True),
        (">=1.35.3-0", "1.35", False),
        (">=1.35.3-0", "1.35.1", True),
        (">=1.25.0-0", "1.35", False),
        ("whatever", "1.35", False),
    ],
)
def test_chart_says_which_kubernetes_it_takes(
    repository: Repository, wanted: str, kubernetes: str, *, is_wrong: bool
) -> None:
    """Of a minor any patch may be meant; a range that nobody can read says nothing."""
    repository.add(f'{{kubernetes: {{version: "{kubernetes}"}}}}')
    facts = replace(make_facts(), kube_version=wanted)
    assert bool(problems(repository, "chart-refuses-kubernetes", facts=facts)) is is_wrong


def test_same_release_in_two_namespaces_is_fine(repository: Repository) -> None:
    """Helm and Argo CD tell releases apart by namespace."""
    add_shop(repository, "market", releaseName="shop")
    assert problems(repository, "release-twice") == []


@pytest.mark.parametrize(
    ("kind", "is_wrong"),
    [
        ("ClusterRole.rbac.authorization.k8s.io", False),
        ("Namespace", False),
        ("Thing.example.org", False),
        ("Deployment.apps", True),
        ("ClusterRole", True),
        ("ClusterRolle.rbac.authorization.k8s.io", True),
    ],
)
def test_kinds_are_looked_up(repository: Repository, kind: str, *, is_wrong: bool) -> None:
    """Kubernetes' own are known; a custom one that nobody knows is believed."""
    add_shop(repository, clusterKinds=[kind])
    assert bool(problems(repository, "not-a-cluster-kind")) is is_wrong


@pytest.mark.parametrize(("key", "value"), [("values", {"a": 1}), ("releaseName", "till"), ("delivery", "rendered")])
def test_what_only_a_chart_has_needs_one(repository: Repository, key: str, value: object) -> None:
    """Nobody would read it."""
    add_shop(repository, "aisle", chart=None, **{key: value})
    assert only(repository.check(), "values-without-chart").path == ("applications", "aisle", key)
