"""The CephCluster: what follows from the cluster's network, nodes and size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Make

TAINT = "role=store:NoSchedule"


@pytest.mark.parametrize(
    ("net", "network"),
    [
        ("IPv4", {"ipFamily": "IPv4"}),
        ("IPv6", {"ipFamily": "IPv6"}),
        ("dual", {"ipFamily": "IPv4", "dualStack": True}),
    ],
)
def test_rook_without_ip_family_is_always_said(make: Make, net: str, network: dict[str, Any]) -> None:
    """Ceph is told its family in every kind of cluster, IPv4 too."""
    assert make(hosts=[1], net=net).spec("CephCluster")["network"] == network


@pytest.mark.parametrize(("hosts", "count"), [(1, 1), (2, 1), (3, 3), (4, 3), (5, 5), (9, 5)])
def test_monitors_are_odd_and_fit(make: Make, hosts: int, count: int) -> None:
    """One monitor below three nodes, five from five nodes on."""
    assert make(hosts=[1] * hosts).spec("CephCluster")["mon"]["count"] == count


def test_nothing_schedulable_monitors_count_usable_nodes(make: Make) -> None:
    """Nodes whose taints Ceph does not tolerate hold no monitor."""
    nodes = {
        f"n{i}": {"address": f"2001:db8::{i}", "roles": ["control-plane"], "schedulable": False} for i in range(1, 4)
    }
    nodes["w"] = {"address": "2001:db8::9", "disks": [{"name": "sdb", "size": "8Gi"}]}
    assert make(nodes=nodes).spec("CephCluster")["mon"]["count"] == 1


def test_nothing_schedulable_tainted_disks_are_reached(make: Make) -> None:
    """The taints of nodes with Ceph's disks are tolerated by its daemons, and their monitors count."""
    node = {"taints": [TAINT], "disks": [{"name": "sdb", "size": "8Gi"}]}
    nodes = {f"n{i}": {"address": f"2001:db8::{i}", **node} for i in range(1, 4)}
    spec = make({"filesystems": {"f": {}}}, nodes=nodes).spec("CephCluster")
    assert spec["placement"]["all"]["tolerations"] == [
        {"key": "role", "operator": "Equal", "value": "store", "effect": "NoSchedule"}
    ]
    assert spec["mon"]["count"] == 3


def test_one_node_says_so(make: Make) -> None:
    """One node: daemons may share it, upgrades do not wait for what cannot come, no budget blocks a drain."""
    spec = make(hosts=[1]).spec("CephCluster")
    assert spec["mon"] == spec["mgr"] == {"count": 1, "allowMultiplePerNode": True}
    assert spec["skipUpgradeChecks"] is True
    assert spec["crashCollector"] == {"disable": True}
    assert "disruptionManagement" not in spec


def test_several_nodes_guard_drains(make: Make) -> None:
    """Several nodes: two managers, and budgets that keep drains from taking too many disks."""
    spec = make(hosts=[1, 1, 1]).spec("CephCluster")
    assert spec["mgr"] == {"count": 2}
    assert spec["disruptionManagement"] == {"managePodBudgets": True}
    assert "skipUpgradeChecks" not in spec


def test_state_on_tmpfs_is_kept_on_the_data_disk(make: Make) -> None:
    """Where the root is in memory, state lies below the nodes' `data`; else in Rook's own place; a given one stays."""
    netboot = {"nodeDefaults": {"root": "tmpfs", "data": "/data/"}}
    assert make(hosts=[1], **netboot).spec("CephCluster")["dataDirHostPath"] == "/data/rook"
    assert make(hosts=[1]).spec("CephCluster")["dataDirHostPath"] == "/var/lib/rook"
    assert make({"dataDirHostPath": "/d"}, hosts=[1], **netboot).spec("CephCluster")["dataDirHostPath"] == "/d"


@pytest.mark.parametrize(("version", "written"), [("v1.20.6", True), ("v1.19.10", True), ("v1.18.11", False)])
def test_cephx_key_type_where_it_can_be_chosen(make: Make, version: str, written: bool) -> None:
    """CSI keys are of the type that every kernel reads; before 1.19.9 there was no other and no field."""
    spec = make({"version": version}, hosts=[1]).spec("CephCluster")
    assert spec.get("security") == ({"cephx": {"csi": {"keyType": "aes"}}} if written else None)


@pytest.mark.parametrize(
    ("version", "image"),
    [
        ("v1.20.6", "quay.io/ceph/ceph:v20.2.4"),
        ("v1.19.10", "quay.io/ceph/ceph:v19.2.6"),
        ("v1.18.11", "quay.io/ceph/ceph:v19.2.3"),
    ],
)
def test_image_is_the_releases_own(make: Make, version: str, image: str) -> None:
    """Each Rook brings the Ceph that it was tested with."""
    assert make({"version": version}, hosts=[1]).spec("CephCluster")["cephVersion"] == {"image": image}


def test_image_can_lag_behind(make: Make) -> None:
    """The last Ceph may stay for a while after Rook was raised."""
    assert make({"cephVersion": "19.2.6"}).spec("CephCluster")["cephVersion"]["image"] == "quay.io/ceph/ceph:v19.2.6"


def test_mixed_architectures_keep_off_arm(make: Make) -> None:
    """Beside 32-bit arm, daemons are kept to processors that Ceph's image exists for."""
    nodes = {
        "a": {"address": "2001:db8::1", "arch": "arm64", "disks": [{"name": "sda", "size": "8Gi"}]},
        "b": {"address": "2001:db8::2", "arch": "arm", "disks": [{"name": "sda", "size": "8Gi"}]},
    }
    spec = make(nodes=nodes).spec("CephCluster")
    [term] = spec["placement"]["all"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"][
        "nodeSelectorTerms"
    ]
    assert term["matchExpressions"] == [{"key": "kubernetes.io/arch", "operator": "In", "values": ["arm64"]}]
    assert [node["name"] for node in spec["storage"]["nodes"]] == ["a"]


def test_every_disk_taken_only_when_said(make: Make) -> None:
    """`fromNodes` takes the named disks of the named nodes and says that no other is taken."""
    storage = make(hosts=[2, 1, 0]).spec("CephCluster")["storage"]
    assert storage["useAllDevices"] is False
    assert storage["nodes"] == [
        {"name": "n0", "devices": [{"name": "sdb"}, {"name": "sdc"}]},
        {"name": "n1", "devices": [{"name": "sdb"}]},
    ]


def test_a_filter_is_for_all_nodes(make: Make) -> None:
    """A filter goes to Rook as written, for every node."""
    storage = make({"devices": {"deviceFilter": "^sd[b-d]$"}}, hosts=[0, 0]).spec("CephCluster")["storage"]
    assert storage == {"useAllNodes": True, "useAllDevices": False, "deviceFilter": "^sd[b-d]$"}


def test_small_clusters_ask_for_less(make: Make) -> None:
    """Requests are upstream's, less on small clusters, and the user's own where given."""
    asked = [
        make(hosts=[1, 1, 1]).spec("CephCluster")["resources"]["osd"]["requests"]["memory"],
        make(hosts=[1, 1, 1], size="small").spec("CephCluster")["resources"]["osd"]["requests"]["memory"],
        make({"resources": {"osd": {"requests": {"memory": "3Gi"}}}}, hosts=[1]).spec("CephCluster")["resources"][
            "osd"
        ]["requests"]["memory"],
    ]
    assert asked == ["4Gi", "2Gi", "3Gi"]


def test_data_pruned_needs_a_confirmation(make: Make) -> None:
    """Whatever holds data asks before Argo CD deletes it."""
    settings = {"blockPools": {"b": {}}, "filesystems": {"f": {}}, "objectStores": {"o": {}}}
    made = make(settings, hosts=[1])
    for kind in ("CephCluster", "CephFilesystem", "CephFilesystemSubVolumeGroup", "CephObjectStore"):
        options = made.find(kind)["metadata"]["annotations"]["argocd.argoproj.io/sync-options"]
        assert options == "Prune=confirm,Delete=confirm"
    for name in ("b", "builtin-mgr"):
        assert made.find("CephBlockPool", name)["metadata"]["annotations"]


def test_nothing_false_or_empty_is_written(make: Make) -> None:
    """Rook drops false and empty fields of its own types when it writes back, so Argo CD would never be in sync."""
    settings = {"blockPools": {"b": {}}, "filesystems": {"f": {}}, "dashboard": {"ssl": False}}
    made = make(settings, hosts=[1, 1, 1], net="IPv4")
    kinds = ("CephCluster", "CephBlockPool", "CephFilesystem")
    fields = [f for kind in kinds for f in _iter_void(made.spec(kind), kind)]
    assert fields == ["CephCluster.storage.useAllDevices"]  # a pointer upstream, which keeps its false


def _iter_void(value: Any, at: str) -> list[str]:
    if isinstance(value, dict) and value:
        return [void for key, inner in value.items() for void in _iter_void(inner, f"{at}.{key}")]
    if isinstance(value, list) and value:
        return [void for inner in value for void in _iter_void(inner, at)]
    return [at] if value in (False, "", None, [], {}) else []
