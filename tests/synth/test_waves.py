"""Waves from dependencies alone."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.synth.waves import Dependency, RingError, iter_contradictions, plan_waves

PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] > pair[1]))


def depend(*pairs: tuple[int, int]) -> list[Dependency]:
    """One object on one object, for each pair."""
    return [Dependency(dependants=(one,), needed=(other,)) for one, other in pairs]


@given(PAIRS)
def test_every_object_comes_after_what_it_needs(pairs: list[tuple[int, int]]) -> None:
    """And no later than the longest chain below it: one above its highest need, 0 without any."""
    waves = plan_waves(depend(*pairs), {})
    assert set(waves) == {at for pair in pairs for at in pair}
    for one, wave in waves.items():
        assert wave == max((waves[need] + 1 for at, need in pairs if at == one), default=0)


@given(PAIRS, st.dictionaries(st.integers(0, 9), st.integers(-5, 5)))
def test_given_waves_stay_and_contradictions_are_exactly_those_too_early(
    pairs: list[tuple[int, int]], given_waves: dict[int, int]
) -> None:
    """Only an object whose wave is written can come too early."""
    waves = plan_waves(depend(*pairs), given_waves)
    assert all(waves[at] == given_waves[at] for at in waves if at in given_waves)
    early = {(one, need) for one, need in pairs if waves[one] <= waves[need]}
    assert set(iter_contradictions(depend(*pairs), waves, given_waves)) == early


def test_wave_below_zero_does_not_draw_others_below_zero() -> None:
    """What needs an object of an early wave stays where it would be anyway, after it."""
    assert plan_waves(depend((1, 0)), {0: -5}) == {0: -5, 1: 0}


def test_ring_names_each_object_once_and_closes() -> None:
    """The ring is in the order of dependence, whatever groups it runs through."""
    with pytest.raises(RingError) as caught:
        plan_waves([*depend((0, 1)), Dependency(dependants=(1, 5), needed=(2, 6)), *depend((2, 0))], {})
    ring = caught.value.ring
    assert ring[0] == ring[-1]
    assert set(pairwise(ring)) == {(0, 1), (1, 2), (2, 0)}


def test_object_within_both_groups_does_not_wait_for_itself() -> None:
    """A chart that depends on a construct of its own means: all the rest after that construct."""
    assert plan_waves([Dependency(dependants=(0, 1, 2), needed=(1,))], {}) == {0: 1, 1: 0, 2: 1}


def test_groups_cost_their_sum() -> None:
    """Two thousand objects on two thousand others are four thousand steps, not four million."""
    start = time.process_time()
    plan_waves([Dependency(dependants=tuple(range(2000, 4000)), needed=tuple(range(2000)))] * 50, {})
    assert time.process_time() - start < 5
