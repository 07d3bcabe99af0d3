"""What a chart of the user's choice needs and brings, as far as it is known."""

from __future__ import annotations

import pytest

from own_application_support.made import make_facts
from trimtab.catalogue.chart import OwnFacts
from trimtab.catalogue.components import newest_release
from trimtab.kube.own_chart import (
    drop_unmet,
    iter_own_offers,
    may_hold_data,
    plan_own_needs,
    plan_own_pin,
    split_kind,
)
from trimtab.plan.offers import AddressPool, ApiGroup, Controller, IngressClass, Need, PodNetwork, StorageClass
from trimtab.settings.ways_out import OwnChart

KNOWN = newest_release("cert-manager").charts["main"]


def chart(repo_url: str = "https://charts.example.org", name: str = "shop", version: str = "1.4.0") -> OwnChart:
    """Name a chart."""
    return OwnChart.model_validate({"repoURL": repo_url, "name": name, "version": version})


def test_nothing_of_the_catalogue_is_taken_for_another_publishers_chart() -> None:
    """A chart of the same name and version from elsewhere has no facts until its own archive gives them."""
    pin = plan_own_pin(chart(name=KNOWN.chart, version=KNOWN.version), OwnFacts(lacks="no lock"))
    assert (pin.facts, pin.component) == (None, "own")


def test_chart_of_the_catalogue_is_known_without_its_archive() -> None:
    """The same chart from the same place is the same chart."""
    pin = plan_own_pin(chart(KNOWN.repo_url, KNOWN.chart, KNOWN.version), OwnFacts(lacks="no lock"))
    assert (pin.facts, pin.own) == (KNOWN.facts, None)


@pytest.mark.parametrize(("address", "oci"), [("https://charts.example.org", False), ("ghcr.io/org/charts", True)])
def test_registry_is_known_by_its_address(address: str, *, oci: bool) -> None:
    """As Argo CD tells them apart: only a repository with an index has a scheme."""
    assert plan_own_pin(chart(address), OwnFacts()).oci is oci


def test_unknown_chart_waits_for_anything() -> None:
    """Each of these could keep a wave from becoming healthy when it came later."""
    wanted = {need.offer for need in plan_own_needs(None, {})}
    assert {PodNetwork, StorageClass, IngressClass, AddressPool, ApiGroup, Controller} <= wanted


def test_known_chart_waits_for_what_it_uses() -> None:
    """Groups of kinds that it renders or looks for, storage where it claims some; never its own group."""
    facts = make_facts("Certificate.cert-manager.io", "StatefulSet.apps", crds=("x.org",), asks=("y.org/v1",))
    wanted = [(need.offer, need.name) for need in plan_own_needs(facts, {})]
    assert (Controller, "cert-manager.io") in wanted
    assert (ApiGroup, "y.org") in wanted
    assert (StorageClass, None) in wanted
    assert not {(ApiGroup, "x.org"), (ApiGroup, "apps"), (AddressPool, None)} & set(wanted)


def test_only_the_pod_network_has_to_be_there() -> None:
    """A chart is not refused because nothing brings what it could use: it may do without."""
    facts = make_facts("ServiceMonitor.monitoring.coreos.com", "Service")
    needs = plan_own_needs(facts, {"storageClass": "fast"})
    assert [need for need in needs if not need.optional] == [Need(offer=PodNetwork)]


@pytest.mark.parametrize(
    ("values", "need"),
    [
        ({"db": {"persistence": {"storageClass": "fast"}}}, Need(offer=StorageClass, name="fast", optional=True)),
        ({"pools": [{"storageClassName": "fast"}]}, Need(offer=StorageClass, name="fast", optional=True)),
        ({"storageSpec": {"volumeClaimTemplate": {"spec": {}}}}, Need(offer=StorageClass, optional=True)),
        ({"ingress": {"className": "nginx"}}, Need(offer=IngressClass, name="nginx", optional=True)),
        ({"ingress": {"enabled": True}}, Need(offer=IngressClass, optional=True)),
    ],
)
def test_values_say_what_is_needed(values: dict[str, object], need: Need) -> None:
    """The usual names of values lead to the class, wherever they stand."""
    assert need in plan_own_needs(make_facts(), values)


def test_empty_class_is_none() -> None:
    """Charts write an empty text for the default class."""
    assert plan_own_needs(make_facts(), {"storageClass": ""}) == (Need(offer=PodNetwork),)


def test_chart_brings_its_api_groups() -> None:
    """One offer a group, by the application's name; of an unknown chart nothing is promised."""
    assert list(iter_own_offers("shop", make_facts(crds=("x.org",)))) == [ApiGroup(by="shop", name="x.org")]
    assert list(iter_own_offers("shop", None)) == []


@pytest.mark.parametrize(
    ("kinds", "crds", "holds"),
    [(("Deployment.apps",), (), False), (("StatefulSet.apps",), (), True), (("PersistentVolumeClaim",), (), True)],
)
def test_volumes_hold_data(kinds: tuple[str, ...], crds: tuple[str, ...], *, holds: bool) -> None:
    """What claims volumes is not pruned without a word."""
    assert may_hold_data(make_facts(*kinds, crds=crds)) is holds


def test_definitions_and_the_unknown_hold_data() -> None:
    """With a definition all its custom resources go; and nobody knows what an unknown chart takes with it."""
    assert may_hold_data(make_facts(crds=("x.org",)))
    assert may_hold_data(None)


def test_only_what_is_optional_is_left_out() -> None:
    """A need that has to be met stays, so that it is reported."""
    needs = (Need(offer=StorageClass), Need(offer=ApiGroup, name="x.org", optional=True))
    assert drop_unmet(needs, []) == needs[:1]
    assert drop_unmet(needs, [ApiGroup(by="a", name="x.org")]) == needs


def test_kinds_are_split_at_the_first_dot() -> None:
    """A kind of the core group has no group."""
    assert split_kind("ClusterRole.rbac.authorization.k8s.io") == ("rbac.authorization.k8s.io", "ClusterRole")
    assert split_kind("Namespace") == ("", "Namespace")
