"""Control planes are counted where each of them runs etcd."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from trimtab.findings.finding import Finding

EVEN = "even-control-planes"
_CLUSTER = "kubernetes: {{distribution: {}, endpoint: 'api.example.org:6443'}}\nnodeCount: {{controlPlane: {}}}"

Find = Callable[[str], list[Finding]]


@pytest.mark.parametrize(("members", "losses"), [(2, "none"), (4, "1"), (8, "3")])
def test_an_even_number_survives_no_more_than_one_less(find: Find, members: int, losses: str) -> None:
    """The majority of n members is more than half of them (etcd.io, FAQ, failure tolerance)."""
    (found,) = find(_CLUSTER.format("kubespray", members))
    assert (found.code, found.message) == (
        EVEN,
        f"etcd on {members} control planes survives the loss of {losses}, just as on {members - 1}",
    )


@pytest.mark.parametrize("members", [1, 3, 5, 7, 9])
def test_an_odd_number_is_quiet(find: Find, members: int) -> None:
    """One too: who has one machine has no choice."""
    assert find(_CLUSTER.format("kubespray", members)) == []


@pytest.mark.parametrize(
    ("distribution", "found"),
    [("rke2", True), ("k0s", True), ("k3s", False), ("microk8s", False), ("other", False)],
)
def test_it_counts_where_etcd_runs_on_control_planes(find: Find, distribution: str, found: bool) -> None:
    """Behind k3s may be a database outside, microk8s has dqlite, and of others nobody knows."""
    assert (EVEN in {one.code for one in find(_CLUSTER.format(distribution, 2))}) is found


def test_workers_are_not_counted(find: Find) -> None:
    """They have no member of etcd."""
    assert EVEN not in {one.code for one in find("nodes: {a: {address: 10.0.0.1}, b: {address: 10.0.0.2}}")}


def test_it_may_be_allowed_while_control_planes_join(find: Find) -> None:
    """With a reason, as all that is soft."""
    reason = "allow: {even-control-planes: {nodeCount.controlPlane: {reason: the third one comes in May}}}"
    assert find(f"{_CLUSTER.format('kubespray', 2)}\n{reason}") == []
