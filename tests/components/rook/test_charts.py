"""Values of the operator and the CSI drivers, in each release."""

from __future__ import annotations

from typing import Any

import pytest

from rook_support.made import make_cluster
from trimtab.plan.offers import ApiGroup, MonitorSelector

OLD = ("v1.19.10", "v1.18.11")
TOLERATION = {"key": "role", "operator": "Equal", "value": "infra", "effect": "NoSchedule"}
TAINTED: dict[str, Any] = {"nodeDefaults": {"taints": ["role=infra:NoSchedule"]}}


def test_new_disks_unseen_needs_both_values() -> None:
    """The interval does nothing without the daemon: they are written together, or neither."""
    made = make_cluster({"discovery": {"interval": "10m"}}, hosts=[1])
    assert made.value("rook-operator", "enableDiscoveryDaemon") is True
    assert made.value("rook-operator", "discoveryDaemonInterval") == "10m"
    assert make_cluster(hosts=[1]).charts["rook-operator"].values == {}


def test_csi_drivers_missing_is_a_chart_of_its_own() -> None:
    """From Rook 1.20 on the drivers are a release of their own, under the name that 1.19 prepared."""
    found = make_cluster(hosts=[1]).charts["rook-csi"]
    assert (found.pin.chart, found.pin.version, found.release_name) == ("ceph-csi-drivers", "1.0.4", "ceph-csi-drivers")


@pytest.mark.parametrize("version", OLD)
def test_csi_drivers_missing_never_before_1_20(version: str) -> None:
    """Before 1.20 the operator makes the drivers itself, and a second chart would fight it."""
    assert list(make_cluster({"version": version}, hosts=[1]).charts) == ["rook-operator"]


def test_csi_drivers_missing_names_fit() -> None:
    """Drivers are named after the operator's namespace; those that nobody uses are off."""
    made = make_cluster(hosts=[1])
    assert made.value("rook-csi", "drivers.cephfs.name") == "rook-ceph.cephfs.csi.ceph.com"
    assert made.value("rook-csi", "operatorConfig.namespace") == "rook-ceph"
    assert [made.value("rook-csi", f"drivers.{d}.enabled") for d in ("rbd", "cephfs", "nfs", "nvmeof")] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("distribution", "directory"), [("kubeadm", "/var/lib/kubelet"), ("k0s", "/var/lib/k0s/kubelet")]
)
def test_kubelet_dir_mismatch_in_each_release(distribution: str, directory: str) -> None:
    """The kubelet's directory reaches the drivers' chart, and the operator's before 1.20."""
    kubernetes: dict[str, Any] = {"kubernetes": {"version": "1.34", "distribution": distribution}}
    made = make_cluster(hosts=[1], **kubernetes)
    assert made.value("rook-csi", "operatorConfig.driverSpecDefaults.nodePlugin.kubeletDirPath") == directory
    for version in OLD:
        old = make_cluster({"version": version}, hosts=[1], **kubernetes)
        assert old.value("rook-operator", "csi.kubeletDirPath") == directory


def test_nothing_schedulable_drivers_reach_tainted_nodes() -> None:
    """Volumes mount on tainted nodes: said at each driver, since what stands above them is not merged."""
    made = make_cluster(hosts=[1, 1], **TAINTED)
    for driver in ("rbd", "cephfs"):
        assert made.value("rook-csi", f"drivers.{driver}.nodePlugin.tolerations") == [TOLERATION]
    assert made.value("rook-operator", "tolerations") == [TOLERATION]
    assert made.value("rook-operator", "ceph-csi-operator.controllerManager.tolerations") == [TOLERATION]


@pytest.mark.parametrize("version", OLD)
def test_nothing_schedulable_before_1_20(version: str) -> None:
    """Before 1.20 the same stands in `csi`; the CSI operator's chart knew no tolerations."""
    made = make_cluster({"version": version, "discovery": {}}, hosts=[1, 1], **TAINTED)
    assert made.value("rook-operator", "csi.pluginTolerations") == [TOLERATION]
    assert made.value("rook-operator", "csi.provisionerTolerations") == [TOLERATION]
    assert made.value("rook-operator", "discover.tolerations") == [TOLERATION]
    assert made.value("rook-operator", "ceph-csi-operator") is None


def test_mixed_architectures_keep_the_drivers_off_arm() -> None:
    """Plugins stay off 32-bit arm: an affinity in 1.20, a text of labels before."""
    nodes = {name: {"address": f"2001:db8::{i}", "arch": name} for i, name in enumerate(("amd64", "arm64", "arm"), 1)}
    affinity = make_cluster(nodes=nodes).value("rook-csi", "drivers.rbd.nodePlugin.affinity.nodeAffinity")
    [term] = affinity["requiredDuringSchedulingIgnoredDuringExecution"]["nodeSelectorTerms"]
    assert term["matchExpressions"][0]["values"] == ["amd64", "arm64"]
    old = make_cluster({"version": OLD[0]}, nodes=nodes)
    assert old.value("rook-operator", "csi.pluginNodeAffinity") == "kubernetes.io/arch=amd64,arm64"
    assert old.value("rook-operator", "nodeSelector") == {"kubernetes.io/arch": "amd64"}


@pytest.mark.parametrize(("hosts", "count"), [([1], 1), ([1, 1], 2)])
def test_controllers_fit_the_nodes(hosts: list[int], count: int) -> None:
    """Two controllers avoid one node, so one node gets one."""
    made = make_cluster(hosts=hosts)
    assert made.value("rook-csi", "drivers.rbd.controllerPlugin.replicas") == count
    assert make_cluster({"version": OLD[0]}, hosts=hosts).value("rook-operator", "csi.provisionerReplicas") == count


def test_monitoring_is_told_to_both() -> None:
    """Where Prometheus' API is there, the operator may make monitors, with the labels it wants."""
    brought = (ApiGroup(by="p", name="monitoring.coreos.com"), MonitorSelector(by="p", labels=(("release", "kps"),)))
    made = make_cluster(hosts=[1], brought=brought)
    assert made.value("rook-operator", "monitoring.enabled") is True
    assert made.spec("CephCluster")["monitoring"] == {"enabled": True}
    assert made.spec("CephCluster")["labels"] == {"monitoring": {"release": "kps"}}
    assert "monitoring" not in make_cluster(hosts=[1]).spec("CephCluster")


def test_every_reason_is_about_a_value() -> None:
    """A reason for a value that is not written could never be looked up."""
    for version in ("v1.20.6", *OLD):
        made = make_cluster({"version": version, "discovery": {}}, hosts=[1], **TAINTED)
        for name, found in made.charts.items():
            assert found.reasons, name
            assert all(made.value(name, ".".join(path)) is not None for path in found.reasons)


def test_names_of_an_existing_installation_stay() -> None:
    """Namespace and release name of the operator are the user's where given."""
    found = make_cluster({"namespace": "ceph", "releaseName": "rook"}, hosts=[1]).charts["rook-operator"]
    assert (found.namespace, found.release_name) == ("ceph", "rook")
