"""Machines: defaults filled in, and who takes ordinary pods."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from trimtab.plan.cluster import Cluster
from trimtab.plan.nodes import CONTROL_PLANE_TAINT

MakeCluster = Callable[..., Cluster]


def node(number: int, **more: Any) -> dict[str, Any]:
    """Write a machine's settings."""
    return {"address": f"10.0.0.{number}", **more}


def test_a_node_without_a_word_is_a_worker_on_debian_and_amd64(cluster: MakeCluster) -> None:
    """Everybody may rely on role, architecture and operating system being there."""
    (only,) = cluster(nodes={"one": node(1)}).nodes
    assert (only.roles, only.arch, only.os, only.root) == (("worker",), "amd64", "debian", "disk")


def test_a_node_says_otherwise_than_the_defaults(cluster: MakeCluster) -> None:
    """The node's own word wins; labels of both are there."""
    defaults = {"arch": "arm64", "os": "alpine", "labels": {"rack": "one", "row": "a"}}
    nodes = {"one": node(1, arch="amd64", labels={"rack": "two"})}
    (only,) = cluster(nodeDefaults=defaults, nodes=nodes).nodes
    assert (only.arch, only.os, only.labels) == ("amd64", "alpine", (("rack", "two"), ("row", "a")))


@pytest.mark.parametrize(
    ("control", "worker", "schedulable"),
    [
        ({}, None, ["plane"]),
        ({}, {}, ["worker"]),
        ({"schedulable": True}, {}, ["plane", "worker"]),
        ({"schedulable": False}, None, []),
        ({}, {"taints": ["gpu=yes:NoSchedule"]}, []),
        ({}, {"taints": ["gpu=yes:PreferNoSchedule"]}, ["worker"]),
    ],
)
def test_ordinary_pods_run_where_no_taint_keeps_them_off(
    cluster: MakeCluster, control: dict[str, Any], worker: dict[str, Any] | None, schedulable: list[str]
) -> None:
    """A control plane keeps kubeadm's taint only where there is a worker, unless the settings say so."""
    nodes = {"plane": node(1, roles=["control-plane"], **control)}
    nodes |= {} if worker is None else {"worker": node(2, **worker)}
    assert [one.name for one in cluster(nodes=nodes).schedulable_nodes] == schedulable


def test_kubeadm_s_taint_is_among_the_taints(cluster: MakeCluster) -> None:
    """Whoever must run everywhere sees every taint there is."""
    made = cluster(nodes={"plane": node(1, roles=["control-plane"]), "worker": node(2)})
    assert made.taints == (CONTROL_PLANE_TAINT,)


def test_counted_nodes_have_names_and_the_shared_settings(cluster: MakeCluster) -> None:
    """A count stands for as many machines, each with what nodes share."""
    made = cluster(nodeCount={"controlPlane": 1, "workers": 2}, nodeDefaults={"arch": "arm64"})
    assert [one.name for one in made.nodes] == ["control-plane-1", "worker-1", "worker-2"]
    assert [one.name for one in made.schedulable_nodes] == ["worker-1", "worker-2"]
    assert made.architectures == ("arm64",)


def test_names_count_more_than_numbers(cluster: MakeCluster) -> None:
    """Where nodes are named, the count says nothing (and a rule says so)."""
    assert [one.name for one in cluster(nodes={"b": node(1), "a": node(2)}, nodeCount={}).nodes] == ["a", "b"]


def test_a_cluster_without_nodes_says_so(cluster: MakeCluster) -> None:
    """Nothing is known of machines; amd64 is assumed, and no rule counts them."""
    made = cluster()
    assert (made.has_nodes, made.nodes, made.architectures) == (False, (), ("amd64",))
