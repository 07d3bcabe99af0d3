"""Pods that may run on none of the nodes that the settings declare."""

from __future__ import annotations

import pytest

from kubernetes_support.trees import check_entries, entries, workload
from trimtab.verify.complaint import Complaint
from trimtab.verify.world import KnownNode

NODES = (
    KnownNode(
        name="infra1",
        labels={"kubernetes.io/arch": "amd64", "kubernetes.io/hostname": "infra1", "role": "infra"},
        taints=("role=infra:NoSchedule", "soft:PreferNoSchedule"),
    ),
    KnownNode(name="worker1", labels={"kubernetes.io/arch": "arm64", "kubernetes.io/hostname": "worker1"}, taints=()),
)
TOLERATED = "tolerations: [{key: role, value: infra}]"
REQUIRED = "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [%s]}}}"


def said(pod: str, nodes: tuple[KnownNode, ...] = NODES) -> list[tuple[str, str]]:
    """Give what is said of where a pod may run, and the help."""
    found = check_entries(entries(workload(pod=pod)), nodes=nodes)
    return [(one.message, one.help) for one in found if isinstance(one, Complaint) and one.code == "no-node-fits"]


def test_label_that_no_node_has_is_told_with_those_that_there_are() -> None:
    """A pod that asks for it stays Pending."""
    ((message, help_),) = said("nodeSelector: {kubernetes.io/arch: amd46}")
    assert message == "Deployment.apps shop/web may run on no node: none has kubernetes.io/arch=amd46"
    assert help_ == "did you mean 'amd64'?"
    assert said("nodeSelector: {role: build}")[0][1] == "the nodes have role=infra"


def test_labels_that_no_one_node_has_together_are_told() -> None:
    """Each of them is somewhere."""
    ((message, _),) = said("nodeSelector: {kubernetes.io/arch: arm64, role: infra}")
    assert message.endswith("may run on no node: none has kubernetes.io/arch=arm64, role=infra")


def test_taint_of_the_only_node_that_fits_has_to_be_tolerated() -> None:
    """The soft one does not keep a pod off."""
    ((message, _),) = said("nodeSelector: {role: infra}")
    assert "may only run on infra1, and tolerates not all of its taints: role=infra:NoSchedule" in message
    assert said(f"nodeSelector: {{role: infra}}, {TOLERATED}") == []
    assert said("nodeSelector: {role: infra}, tolerations: [{operator: Exists}]") == []
    assert len(said("nodeSelector: {role: infra}, tolerations: [{key: role, value: other}]")) == 1
    assert (
        len(said("nodeSelector: {role: infra}, tolerations: [{key: role, operator: Exists, effect: NoExecute}]")) == 1
    )


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("{matchExpressions: [{key: role, operator: In, values: [build]}]}", 1),
        ("{matchExpressions: [{key: role, operator: DoesNotExist}]}", 0),
        ("{matchExpressions: [{key: role, operator: In, values: [x]}]}, {matchExpressions: []}", 0),
        ("{matchExpressions: [{key: kubernetes.io/arch, operator: NotIn, values: [amd64, arm64]}]}", 1),
        ("{matchFields: [{key: metadata.name, operator: In, values: [worker2]}]}", 1),
        ("{matchFields: [{key: metadata.name, operator: In, values: [worker1]}]}", 0),
        ("{matchExpressions: [{key: kubernetes.io/arch, operator: Gt, values: ['1']}]}", 0),
    ],
)
def test_affinity_that_is_required_is_held_against_the_nodes(term: str, found: int) -> None:
    """One term that a node fits is enough."""
    assert len(said(REQUIRED % term)) == found


def test_what_is_not_known_is_left_in_peace() -> None:
    """A label of its own may be put on by hand; without nodes in the settings nothing is known."""
    assert said("nodeSelector: {example.org/disk: ssd}") == []
    assert said("nodeSelector: {kubernetes.io/arch: s390x}", nodes=()) == []
    counted = tuple(KnownNode(name=one.name, labels={"kubernetes.io/arch": "amd64"}, taints=()) for one in NODES)
    assert said("nodeSelector: {kubernetes.io/hostname: node7}", nodes=counted) == []
