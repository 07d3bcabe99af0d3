"""What became of values between versions of a chart, and types that a chart does not take."""

from __future__ import annotations

import pytest

from trimtab.catalogue.chart_facts import ChartFacts, chart_facts, known_charts
from trimtab.catalogue.moved_values import MOVES, trace_value
from trimtab.catalogue.value_types import iter_wrong_types


def facts(chart: str, version: str) -> ChartFacts:
    """Give what the catalogue knows of a chart version, which it must."""
    found = chart_facts(chart, version)
    assert found is not None
    return found


def test_a_slip_is_traced_to_the_key_beside_it():
    """No version ever read it."""
    fate = trace_value(facts("cert-manager", "v1.21.1"), ("replicas",))
    assert (fate.until, fate.since, fate.now) == (None, None, ("replicaCount",))


def test_what_is_new_is_not_taken_for_what_was_there_before():
    """`logLevel` stood beside `csi.logLevel` in Rook 1.19 already: it did not take its place."""
    fate = trace_value(facts("rook-ceph", "v1.20.6"), ("csi", "logLevel"))
    assert fate.until == "v1.19.10"
    assert fate.now is None
    assert fate.moved is not None
    assert "ceph-csi-drivers" in fate.moved


def test_what_comes_later_is_known():
    """An older chart does not read what a newer one does."""
    fate = trace_value(facts("cert-manager", "v1.19.6"), ("imageRegistry",))
    assert (fate.until, fate.since) == (None, "v1.20.3")


@pytest.mark.parametrize("move", MOVES, ids=lambda move: ".".join(move.key))
def test_every_move_happened(move):
    """Some version at hand read what moved, and the newest reads it no more, or not all of it."""
    versions = [version for chart, version in known_charts() if chart == move.chart]
    below = [key for v in versions for key in facts(move.chart, v).keys if key.startswith(".".join(move.key))]
    newest = facts(move.chart, versions[-1])
    assert any(key not in newest.keys for key in below)


WRONG = [
    {"webhook": True},
    {"webhook": "yes"},
    {"webhook": ["a"]},
    {"extraArgs": 1},
    {"crds": {"enabled": "no"}},
]


@pytest.mark.parametrize("values", WRONG)
def test_wrong_type_is_found(values):
    """Templates fail on it, or take it for the opposite."""
    assert len(list(iter_wrong_types(facts("cert-manager", "v1.21.1"), values))) == 1


RIGHT = [
    {"webhook": None},
    {"webhook": False},
    {"webhook": {}},
    {"extraArgs": "{{ .Values.x }}"},
    {"extraArgs": []},
    {"crds": {"enabled": "true"}},
    {"nodeSelector": "a"},
    {"unknown": True},
]


@pytest.mark.parametrize("values", RIGHT)
def test_what_may_be_meant_is_quiet(values):
    """What is empty, and texts where anything goes."""
    assert list(iter_wrong_types(facts("cert-manager", "v1.21.1"), values)) == []
