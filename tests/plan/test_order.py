"""The order: waves follow from what applications need and give, and from nothing else."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.plan.application import Application
from trimtab.plan.offers import ApiGroup, Need, Offer, StorageClass
from trimtab.plan.order import WAVE_STEP, Edge, Order, plan_order, render_ring

NAMES = [f"app-{letter}" for letter in "abcdefgh"]

names = st.sampled_from(NAMES)
graphs = st.dictionaries(names, st.sets(names, max_size=4), max_size=len(NAMES))
"""Application to those whose API group it needs; loops may be there."""


def build(graph: dict[str, set[str]]) -> tuple[list[Application], list[Offer]]:
    """Make applications that each offer an API group of their own name, and need those of others."""
    everyone = sorted({*graph, *(before for needs in graph.values() for before in needs)})
    applications = [
        Application(
            name=name,
            component="test",
            namespace=name,
            needs=tuple(Need(offer=ApiGroup, name=before) for before in sorted(graph.get(name, ()))),
        )
        for name in everyone
    ]
    return applications, [ApiGroup(by=name, name=name) for name in everyone]


def plan(graph: dict[str, set[str]]) -> Order:
    """Plan the order of a graph."""
    return plan_order(*build(graph))


@pytest.mark.unmeasured
@given(graphs)
def test_every_edge_is_respected(graph: dict[str, set[str]]) -> None:
    """An application's wave is above that of each application it waits for."""
    order = plan(graph)
    assert all(order.waves[edge.first] < order.waves[edge.then] for edge in order.edges if order.waves)


@pytest.mark.unmeasured
@given(graphs)
def test_a_wave_is_no_later_than_it_must_be(graph: dict[str, set[str]]) -> None:
    """Who waits for nobody is in wave 0; all others are one step after the latest they wait for."""
    order = plan(graph)
    for name, wave in order.waves.items():
        before = [order.waves[edge.first] for edge in order.edges if edge.then == name]
        assert wave == (max(before) + WAVE_STEP if before else 0)


@pytest.mark.unmeasured
@given(graphs, st.randoms(use_true_random=False))
def test_the_order_things_are_given_in_does_not_count(graph: dict[str, set[str]], shuffler: random.Random) -> None:
    """Applications and offers in any order give the same waves, edges and ring."""
    applications, offers = build(graph)
    wanted = plan_order(applications, offers)
    shuffler.shuffle(applications)
    shuffler.shuffle(offers)
    got = plan_order(applications, offers)
    assert (got.waves, got.edges, got.ring) == (wanted.waves, wanted.edges, wanted.ring)


@given(graphs)
def test_an_unrelated_application_moves_nobody(graph: dict[str, set[str]]) -> None:
    """Adding an application that nobody needs and that needs nobody changes no wave."""
    wanted = plan(graph)
    got = plan({**graph, "stranger": set()})
    assert {name: wave for name, wave in got.waves.items() if name != "stranger"} == wanted.waves


@given(graphs)
def test_a_ring_is_found_exactly_where_there_is_one(graph: dict[str, set[str]]) -> None:
    """There are waves or there is a ring; and the ring is one: each edge begins where the last one ended."""
    order = plan(graph)
    applications, _ = build(graph)
    assert bool(order.ring) != (len(order.waves) == len(applications))
    for edge, following in zip(order.ring, order.ring[1:] + order.ring[:1], strict=True):
        assert edge.first == following.then


def test_a_ring_is_drawn_edge_by_edge() -> None:
    """The drawing names who waits for whom and why, and comes back to where it began."""
    ring = plan({"app-a": {"app-b"}, "app-b": {"app-c"}, "app-c": {"app-a"}}).ring
    assert render_ring(ring) == (
        "app-a waits for app-b (API group app-b)\n"
        "app-b waits for app-c (API group app-c)\n"
        "app-c waits for app-a (API group app-a)"
    )


def test_a_need_that_nobody_meets_is_told_and_an_optional_one_is_not() -> None:
    """Only what an application cannot do without counts as unmet."""
    needs = (Need(offer=StorageClass, name="fast"), Need(offer=ApiGroup, name="maybe", optional=True))
    order = plan_order([Application(name="shop", component="own", namespace="shop", needs=needs)], [])
    assert [(one.application, str(one.need)) for one in order.unmet] == [("shop", "StorageClass fast")]


def test_what_the_cluster_has_already_is_not_waited_for() -> None:
    """An offer by nobody of ours meets a need and makes no edge."""
    shop = Application(name="shop", component="own", namespace="shop", needs=(Need(offer=StorageClass),))
    order = plan_order([shop], [StorageClass(by="kubernetes", name="local-path")])
    assert (order.unmet, order.edges, dict(order.waves)) == ((), (), {"shop": 0})


def test_an_application_does_not_wait_for_itself() -> None:
    """Who meets its own need is in no ring."""
    assert plan({"app-a": {"app-a"}}).waves == {"app-a": 0}


def test_edges_from_elsewhere_count_like_needs() -> None:
    """A dependency between two constructs puts their applications in order, or in a ring."""
    applications, offers = build({"app-a": set(), "app-b": {"app-a"}})
    further = plan_order(applications, offers, [Edge(first="app-b", then="app-a", because="a dependency")])
    assert {edge.because for edge in further.ring} == {"API group app-a", "a dependency"}


def test_after_puts_an_application_behind_another() -> None:
    """`after` is an edge like any other, and says where it comes from."""
    first = Application(name="first", component="own", namespace="x")
    second = Application(name="second", component="own", namespace="x", after=("first",))
    order = plan_order([second, first], [])
    assert (dict(order.waves), order.edges[0].because) == ({"first": 0, "second": 10}, "its 'after' says so")
