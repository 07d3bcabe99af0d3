"""Where pods may run follows from the nodes."""

from __future__ import annotations

from typing import Any

import pytest

from trimtab.kube.scheduling import (
    plan_architecture_affinity,
    plan_node_selector,
    plan_replicas,
    plan_tolerations,
)
from trimtab.plan.cluster import Cluster
from trimtab.settings.root import Settings


def cluster(*nodes: dict[str, Any], **more: Any) -> Cluster:
    """Make a cluster of these nodes."""
    named = {f"n{number}": {"address": f"192.0.2.{number + 1}", **node} for number, node in enumerate(nodes)}
    settings = {
        "cluster": "lab",
        "kubernetes": {"version": "1.35"},
        "network": {"pods": ["10.0.0.0/16"], "services": ["10.1.0.0/16"]},
        "gitops": {"repoURL": "https://git.example.org/a.git"},
        "nodes": named,
        **more,
    }
    return Cluster(Settings.model_validate(settings))


@pytest.mark.parametrize(
    ("taint", "toleration"),
    [
        (
            "dedicated=storage:NoSchedule",
            {"key": "dedicated", "operator": "Equal", "value": "storage", "effect": "NoSchedule"},
        ),
        ("dedicated:NoExecute", {"key": "dedicated", "operator": "Exists", "effect": "NoExecute"}),
    ],
)
def test_taints_of_the_nodes_are_tolerated(taint: str, toleration: dict[str, str]) -> None:
    """Exactly those, as Kubernetes reads them."""
    assert plan_tolerations(cluster({"taints": [taint]}, {})) == [toleration]


def test_nothing_is_tolerated_without_taints() -> None:
    """A toleration for everything would put pods where nobody wants them."""
    assert plan_tolerations(cluster({}, {})) == []


@pytest.mark.parametrize(
    ("arches", "images", "selector"),
    [
        (("amd64", "amd64"), ("amd64",), {}),
        (("amd64", "arm64"), ("amd64", "arm64"), {}),
        (("amd64", "arm64"), ("amd64",), {"kubernetes.io/arch": "amd64"}),
        (("arm64", "arm64"), ("amd64",), {"kubernetes.io/arch": "amd64"}),
        (("amd64", "arm64"), (), {}),
    ],
)
def test_pods_keep_off_nodes_that_their_images_lack(
    arches: tuple[str, ...], images: tuple[str, ...], selector: dict[str, str]
) -> None:
    """No selector where every node will do, or where nothing is known of the images."""
    nodes = cluster(*({"arch": arch} for arch in arches))
    assert plan_node_selector(nodes, images) == selector
    assert bool(plan_architecture_affinity(nodes, images)) is bool(selector)


@pytest.mark.parametrize(
    ("count", "size", "replicas"), [(1, "medium", 1), (2, "medium", 2), (5, "medium", 3), (5, "small", 1)]
)
def test_replicas_fit_the_cluster(count: int, size: str, replicas: int) -> None:
    """Never more than nodes that take pods, and one on a small cluster."""
    assert plan_replicas(cluster(*({} for _ in range(count)), size=size), 3) == replicas
