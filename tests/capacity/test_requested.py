"""What pods ask the scheduler for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from trimtab.capacity.requested import Amount, Requested, is_placed, iter_requests
from trimtab.plan.cluster import Cluster
from trimtab.plan.nodes import NodeFacts
from trimtab.settings.root import Settings

GIB = 1024**3


def nodes(**named: dict[str, Any]) -> tuple[NodeFacts, ...]:
    """Make machines; what is not said of one is Trimtab's default."""
    listed = {name: {"address": f"192.0.2.{number}", **said} for number, (name, said) in enumerate(named.items(), 1)}
    return Cluster(
        Settings.model_validate(
            {
                "apiVersion": "trimtab/v1",
                "cluster": "lab",
                "kubernetes": {"version": "1.35", "distribution": "kubeadm"},
                "network": {"pods": ["10.0.0.0/16"], "services": ["10.1.0.0/20"]},
                "gitops": {"repoURL": "https://git.example.org/x.git"},
                "nodes": listed,
            }
        )
    ).nodes


def asked(manifest: dict[str, Any], machines: tuple[NodeFacts, ...] = ()) -> list[Requested]:
    """Give what the pods of an object ask for."""
    return list(iter_requests({"metadata": {"name": "x"}, **manifest}, machines))


def container(memory: str, cpu: str = "0", **more: Any) -> dict[str, Any]:
    """Make a container with requests."""
    return {"name": "c", "resources": {"requests": {"cpu": cpu, "memory": memory}}, **more}


def deployment(spec: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Make a Deployment of pods with a spec."""
    return {"apiVersion": "apps/v1", "kind": "Deployment", "spec": {"template": {"spec": spec}, **more}}


def test_containers_of_a_pod_add_up() -> None:
    """Kubernetes sets aside what all of them ask for together, times the replicas."""
    (one,) = asked(deployment({"containers": [container("1Gi", "250m"), container("512Mi", "1")]}, replicas=3))
    assert one.total == Amount(cpu=Decimal("3.75"), memory=Decimal(GIB * 9 // 2))


def test_limit_stands_for_a_request_that_is_not_said() -> None:
    """As the API server fills it in."""
    limited = {"name": "c", "resources": {"limits": {"memory": "1Gi"}}}
    assert asked(deployment({"containers": [limited]}))[0].each.memory == GIB


def test_init_container_counts_where_it_asks_for_more_alone() -> None:
    """It runs before the others; a side-car among them stays."""
    init = [container("3Gi"), container("1Gi", restartPolicy="Always")]
    (one,) = asked(deployment({"initContainers": init, "containers": [container("1Gi")]}))
    assert one.each.memory == 3 * GIB


def test_daemon_set_runs_on_every_machine_it_may() -> None:
    """A taint that it does not tolerate keeps it off, and so does a selector."""
    machines = nodes(a={"roles": ["control-plane"]}, b={}, c={"arch": "arm64"}, d={"taints": ["disk=ssd:NoSchedule"]})
    daemon = {"apiVersion": "apps/v1", "kind": "DaemonSet", "spec": {"template": {"spec": {"containers": []}}}}
    assert asked(daemon, machines)[0].count == 2


@pytest.mark.parametrize(
    ("tolerations", "placed"),
    [
        ([], False),
        ([{"operator": "Exists"}], True),
        ([{"key": "disk", "operator": "Equal", "value": "ssd"}], True),
        ([{"key": "disk", "value": "hdd"}], False),
        ([{"key": "disk", "operator": "Exists", "effect": "NoExecute"}], False),
    ],
)
def test_toleration_is_read_as_kubernetes_reads_it(tolerations: list[dict[str, str]], placed: bool) -> None:
    """By key, operator, value and effect."""
    (node,) = nodes(a={"taints": ["disk=ssd:NoSchedule"]})
    assert is_placed({"tolerations": tolerations}, node) is placed


def test_job_that_is_suspended_asks_for_nothing() -> None:
    """It has no pod."""
    job = {"apiVersion": "batch/v1", "kind": "Job"}
    spec = {"template": {"spec": {"containers": [container("1Gi")]}}}
    assert [one.count for one in asked({**job, "spec": {**spec, "suspend": True}})] == [0]
    assert [one.count for one in asked({**job, "spec": {**spec, "parallelism": 4}})] == [4]


def test_ceph_has_a_daemon_for_each_named_disk() -> None:
    """And none where Ceph runs somewhere else."""
    spec = {
        "mon": {"count": 3},
        "resources": {"osd": {"requests": {"memory": "2Gi"}}},
        "storage": {"nodes": [{"name": "a", "devices": [{"name": "sdb"}, {"name": "sdc"}]}]},
    }
    ceph = {"apiVersion": "ceph.rook.io/v1", "kind": "CephCluster", "spec": spec}
    by_name = {one.name: one for one in asked(ceph, nodes(a={}))}
    assert (by_name["Ceph osd"].total.memory, by_name["Ceph mon"].count) == (Decimal(4 * GIB), 3)
    assert not asked({**ceph, "spec": {"external": {"enable": True}}})


def test_object_without_pods_asks_for_nothing() -> None:
    """A ConfigMap takes no room on a machine."""
    assert not asked({"apiVersion": "v1", "kind": "ConfigMap"})
