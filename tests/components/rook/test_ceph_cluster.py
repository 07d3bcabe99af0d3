"""The CephCluster: what follows from the cluster's network, nodes and size."""

from __future__ import annotations

from typing import Any

import pytest

from rook_support.made import make_cluster

TAINT = "role=store:NoSchedule"


@pytest.mark.parametrize(
    ("net", "network"),
    [
        ("IPv4", {"ipFamily": "IPv4"}),
        ("IPv6", {"ipFamily": "IPv6"}),
        ("dual", {"ipFamily": "IPv4", "dualStack": True}),
    ],
)
def test_rook_without_ip_family_is_always_said(net: str, network: dict[str, Any]) -> None:
    """Ceph is told its family in every kind of cluster, IPv4 too."""
    assert make_cluster(hosts=[1], net=net).spec("CephCluster")["network"] == network


@pytest.mark.parametrize(("hosts", "count"), [(1, 1), (2, 1), (3, 3), (4, 3), (5, 5), (9, 5)])
def test_monitors_are_odd_and_fit(hosts: int, count: int) -> None:
    """One monitor below three nodes, five from five nodes on."""
    assert make_cluster(hosts=[1] * hosts).spec("CephCluster")["mon"]["count"] == count


def test_nothing_schedulable_monitors_count_usable_nodes() -> None:
    """Nodes whose taints Ceph does not tolerate hold no monitor."""
    nodes = {
        f"n{i}": {"address": f"2001:db8::{i}", "roles": ["control-plane"], "schedulable": False} for i in range(1, 4)
    }
    nodes["w"] = {"address": "2001:db8::9", "disks": [{"name": "sdb", "size": "8Gi"}]}
    assert make_cluster(nodes=nodes).spec("CephCluster")["mon"]["count"] == 1


def test_nothing_schedulable_tainted_disks_are_reached() -> None:
    """The taints of nodes with Ceph's disks are tolerated by its daemons, and their monitors count."""
    node = {"taints": [TAINT], "disks": [{"name": "sdb", "size": "8Gi"}]}
    nodes = {f"n{i}": {"address": f"2001:db8::{i}", **node} for i in range(1, 4)}
    spec = make_cluster({"filesystems": {"f": {}}}, nodes=nodes).spec("CephCluster")
    assert spec["placement"]["all"]["tolerations"] == [
        {"key": "role", "operator": "Equal", "value": "store", "effect": "NoSchedule"}
    ]
    assert spec["mon"]["count"] == 3


def test_one_node_says_so() -> None:
    """One node: daemons may share it, upgrades do not wait for what cannot come, no budget blocks a drain."""
    spec = make_cluster(hosts=[1]).spec("CephCluster")
    assert spec["mon"] == spec["mgr"] == {"count": 1, "allowMultiplePerNode": True}
    assert spec["skipUpgradeChecks"] is True
    assert spec["crashCollector"] == {"disable": True}
    assert "disruptionManagement" not in spec


def test_several_nodes_guard_drains() -> None:
    """Several nodes: two managers, and budgets that keep drains from taking too many disks."""
    spec = make_cluster(hosts=[1, 1, 1]).spec("CephCluster")
    assert spec["mgr"] == {"count": 2}
    assert spec["disruptionManagement"] == {"managePodBudgets": True}
    assert "skipUpgradeChecks" not in spec


def test_state_on_tmpfs_is_kept_on_the_data_disk() -> None:
    """Where the root is in memory, state lies below the nodes' `data`; else in Rook's own place; a given one stays."""
    netboot: dict[str, Any] = {"nodeDefaults": {"root": "tmpfs", "data": "/data/"}}
    assert make_cluster(hosts=[1], **netboot).spec("CephCluster")["dataDirHostPath"] == "/data/rook"
    assert make_cluster(hosts=[1]).spec("CephCluster")["dataDirHostPath"] == "/var/lib/rook"
    assert make_cluster({"dataDirHostPath": "/d"}, hosts=[1], **netboot).spec("CephCluster")["dataDirHostPath"] == "/d"


@pytest.mark.parametrize(("version", "written"), [("v1.20.6", True), ("v1.19.10", True), ("v1.18.11", False)])
def test_cephx_key_type_where_it_can_be_chosen(version: str, written: bool) -> None:
    """CSI keys are of the type that every kernel reads; before 1.19.9 there was no other and no field."""
    spec = make_cluster({"version": version}, hosts=[1]).spec("CephCluster")
    assert spec.get("security") == ({"cephx": {"csi": {"keyType": "aes"}}} if written else None)


@pytest.mark.parametrize(
    ("version", "image"),
    [
        ("v1.20.6", "quay.io/ceph/ceph:v20.2.4"),
        ("v1.19.10", "quay.io/ceph/ceph:v19.2.6"),
        ("v1.18.11", "quay.io/ceph/ceph:v19.2.3"),
    ],
)
def test_image_is_the_releases_own(version: str, image: str) -> None:
    """Each Rook brings the Ceph that it was tested with."""
    assert make_cluster({"version": version}, hosts=[1]).spec("CephCluster")["cephVersion"] == {"image": image}


def test_image_can_lag_behind() -> None:
    """The last Ceph may stay for a while after Rook was raised."""
    assert (
        make_cluster({"cephVersion": "19.2.6"}).spec("CephCluster")["cephVersion"]["image"]
        == "quay.io/ceph/ceph:v19.2.6"
    )


def test_mixed_architectures_keep_off_arm() -> None:
    """Beside 32-bit arm, daemons are kept to processors that Ceph's image exists for."""
    nodes = {
        "a": {"address": "2001:db8::1", "arch": "arm64", "disks": [{"name": "sda", "size": "8Gi"}]},
        "b": {"address": "2001:db8::2", "arch": "arm", "disks": [{"name": "sda", "size": "8Gi"}]},
    }
    spec = make_cluster(nodes=nodes).spec("CephCluster")
    [term] = spec["placement"]["all"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"][
        "nodeSelectorTerms"
    ]
    assert term["matchExpressions"] == [{"key": "kubernetes.io/arch", "operator": "In", "values": ["arm64"]}]
    assert [node["name"] for node in spec["storage"]["nodes"]] == ["a"]


def test_every_disk_taken_only_when_said() -> None:
    """`fromNodes` takes the named disks of the named nodes and says that no other is taken."""
    storage = make_cluster(hosts=[2, 1, 0]).spec("CephCluster")["storage"]
    assert storage["useAllDevices"] is False
    assert storage["nodes"] == [
        {"name": "n0", "devices": [{"name": "sdb"}, {"name": "sdc"}]},
        {"name": "n1", "devices": [{"name": "sdb"}]},
    ]


def test_a_filter_is_for_all_nodes() -> None:
    """A filter goes to Rook as written, for every node."""
    storage = make_cluster({"devices": {"deviceFilter": "^sd[b-d]$"}}, hosts=[0, 0]).spec("CephCluster")["storage"]
    assert storage == {"useAllNodes": True, "useAllDevices": False, "deviceFilter": "^sd[b-d]$"}


def test_small_clusters_ask_for_less() -> None:
    """Requests are upstream's, less on small clusters, and the user's own where given."""
    own = {"resources": {"osd": {"requests": {"memory": "3Gi"}}}}
    made = [make_cluster(hosts=[1, 1, 1]), make_cluster(hosts=[1, 1, 1], size="small"), make_cluster(own, hosts=[1])]
    asked = [one.spec("CephCluster")["resources"]["osd"]["requests"]["memory"] for one in made]
    assert asked == ["4Gi", "2Gi", "3Gi"]


def test_data_pruned_needs_a_confirmation() -> None:
    """Whatever holds data asks before Argo CD deletes it."""
    settings: dict[str, Any] = {"blockPools": {"b": {}}, "filesystems": {"f": {}}, "objectStores": {"o": {}}}
    made = make_cluster(settings, hosts=[1])
    for kind in ("CephCluster", "CephFilesystem", "CephFilesystemSubVolumeGroup", "CephObjectStore"):
        options = made.find(kind)["metadata"]["annotations"]["argocd.argoproj.io/sync-options"]
        assert options == "Prune=confirm,Delete=confirm"
    for name in ("b", "builtin-mgr"):
        assert made.find("CephBlockPool", name)["metadata"]["annotations"]


def test_nothing_false_or_empty_is_written() -> None:
    """Rook drops false and empty fields of its own types when it writes back, so Argo CD would never be in sync."""
    settings: dict[str, Any] = {"blockPools": {"b": {}}, "filesystems": {"f": {}}, "dashboard": {"ssl": False}}
    made = make_cluster(settings, hosts=[1, 1, 1], net="IPv4")
    kinds = ("CephCluster", "CephBlockPool", "CephFilesystem")
    fields = [f for kind in kinds for f in _iter_void(made.spec(kind), kind)]
    assert fields == ["CephCluster.storage.useAllDevices"]  # a pointer upstream, which keeps its false


def _iter_void(value: Any, at: str) -> list[str]:
    if isinstance(value, dict) and value:
        return [void for key, inner in value.items() for void in _iter_void(inner, f"{at}.{key}")]
    if isinstance(value, list) and value:
        return [void for inner in value for void in _iter_void(inner, at)]
    return [at] if value in (False, "", None, [], {}) else []
