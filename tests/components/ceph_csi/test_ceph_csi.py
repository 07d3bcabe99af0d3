"""Ceph's CSI drivers without Rook: layers, values, the way to Ceph, classes, Secrets."""

from __future__ import annotations

from typing import Any

import pytest

from ceph_csi_support.made import BLOCK, FSID, MONITORS, SHARED, make_csi, make_nodes
from trimtab.catalogue.components import releases
from trimtab.plan.offers import StorageClass

VERSIONS = [release.version for release in releases("ceph-csi")]
TOLERATION = {"key": "role", "operator": "Equal", "value": "infra", "effect": "NoSchedule"}


def test_layers_come_in_order() -> None:
    """Operator, drivers, then the way to Ceph; whoever serves a finalizer outlives it."""
    waves = make_csi({**BLOCK}).plan.order.waves
    assert waves["ceph-csi-operator"] < waves["ceph-csi-drivers"] < waves["ceph-csi"]


def test_one_layer_brings_the_namespace() -> None:
    """The operator's layer brings the namespace, which must allow what mounts on hosts."""
    applications = make_csi(BLOCK).plan.applications
    assert [a.name for a in applications if a.creates_namespace] == ["ceph-csi-operator"]
    assert {a.namespace for a in applications} == {"ceph-csi-operator-system"}
    assert make_csi(BLOCK).plan.application("ceph-csi-operator").pod_security == "privileged"


@pytest.mark.parametrize("net", ["IPv4", "IPv6", "dual"])
def test_external_ceph_monitor_form_is_ours(net: str) -> None:
    """Monitors stand in an object of our own, IPv6 in brackets, since the chart cannot write them."""
    made = make_csi(BLOCK, net=net)
    assert made.find("CephConnection")["spec"]["monitors"] == list(MONITORS[net].values())
    assert made.value("ceph-csi-drivers", "cephConnections") is None
    assert made.problems("external-ceph-monitor-form") == []


def test_profile_class_and_connection_have_one_name() -> None:
    """The class finds the profile, the profile the connection: by the fsid, or the name that volumes remember."""
    for asked, name in (({}, FSID), ({"clusterId": "ceph1"}, "ceph1")):
        made = make_csi({**BLOCK, **asked})
        assert made.find("CephConnection")["metadata"]["name"] == name
        assert made.find("ClientProfile")["metadata"]["name"] == name
        assert made.find("ClientProfile")["spec"] == {"cephConnectionRef": {"name": name}}
        assert made.find("StorageClass")["parameters"]["clusterID"] == name


def test_removed_volume_not_freed_current_provisioners_only() -> None:
    """Classes name the drivers that the chart installs, under the same prefix."""
    for asked, prefix in (({}, ""), ({"driverPrefix": "rook-ceph"}, "rook-ceph.")):
        made = make_csi({**BLOCK, **SHARED, **asked})
        for driver, name in (("rbd", "ceph-rbd"), ("cephfs", "cephfs")):
            provisioner = made.find("StorageClass", name)["provisioner"]
            assert provisioner == made.value("ceph-csi-drivers", f"drivers.{driver}.name")
            assert provisioner == f"{prefix}{driver}.csi.ceph.com"


def test_only_wanted_drivers_run() -> None:
    """A driver without volumes is off, NFS and NVMe-oF always."""
    made = make_csi(BLOCK)
    enabled = {name: driver["enabled"] for name, driver in made.value("ceph-csi-drivers", "drivers").items()}
    assert enabled == {"rbd": True, "cephfs": False, "nfs": False, "nvmeof": False}


@pytest.mark.parametrize(
    ("modules", "mounter"), [({}, None), ({"rbd": False}, "rbd-nbd"), ({"rbd": False, "nbd": False}, "rbd-nbd")]
)
def test_ceph_on_arm_without_nbd_mounts_by_nbd(modules: dict[str, bool], mounter: str | None) -> None:
    """A kernel without rbd makes the mounter rbd-nbd; one without nbd too is refused at the class."""
    made = make_csi(BLOCK, nodes=make_nodes("arm64", os="raspbian", kernelModules=modules))
    assert made.find("StorageClass")["parameters"].get("mounter") == mounter
    refused = [problem.path for problem in made.problems("ceph-on-arm-without-nbd")]
    assert refused == ([("components", "ceph-csi", "block", "storageClass")] if "nbd" in modules else [])


def test_ceph_on_arm_without_nbd_by_hand() -> None:
    """The mounter can be asked for."""
    block = {"block": {"pool": "kube", "storageClass": {"name": "s", "mounter": "rbd-nbd"}}}
    assert make_csi(block).find("StorageClass")["parameters"]["mounter"] == "rbd-nbd"


def test_a_kernel_without_ceph_mounts_by_fuse() -> None:
    """A node without the kernel's Ceph client makes the shared class mount by fuse."""
    made = make_csi(SHARED, nodes=make_nodes("amd64", kernelModules={"ceph": False}))
    assert made.find("StorageClass")["parameters"]["mounter"] == "fuse"


@pytest.mark.parametrize(
    ("distribution", "directory"), [("kubeadm", "/var/lib/kubelet"), ("k0s", "/var/lib/k0s/kubelet")]
)
def test_kubelet_dir_mismatch_follows_the_distribution(distribution: str, directory: str) -> None:
    """The drivers mount where the kubelet looks."""
    made = make_csi(BLOCK, kubernetes={"version": "1.35", "distribution": distribution})
    at = "operatorConfig.driverSpecDefaults.nodePlugin.kubeletDirPath"
    assert made.value("ceph-csi-drivers", at) == directory


def test_kubelet_dir_mismatch_is_found() -> None:
    """Where nobody knows the directory, the drivers are refused."""
    made = make_csi(BLOCK, kubernetes={"version": "1.35", "distribution": "other"})
    assert [problem.path for problem in made.problems("kubelet-dir-mismatch")] == [("kubernetes", "distribution")]


@pytest.mark.parametrize("version", VERSIONS)
def test_nothing_schedulable_drivers_reach_tainted_nodes(version: str) -> None:
    """Taints are tolerated at each driver; the operator can be told so from 1.0 on."""
    nodes = make_nodes("amd64", "amd64", taints=["role=infra:NoSchedule"])
    made = make_csi({**BLOCK, **SHARED, "version": version}, nodes=nodes)
    for driver in ("rbd", "cephfs"):
        assert made.value("ceph-csi-drivers", f"drivers.{driver}.nodePlugin.tolerations") == [TOLERATION]
        assert made.value("ceph-csi-drivers", f"drivers.{driver}.controllerPlugin.tolerations") == [TOLERATION]
    told = made.value("ceph-csi-operator", "controllerManager.tolerations")
    assert told == ([TOLERATION] if version == "1.0.4" else None)


def test_mixed_architectures_keep_off_arm() -> None:
    """Beside 32-bit arm the drivers keep to processors that their images exist for; its kernel does not matter."""
    [old] = make_nodes("arm", kernelModules={"rbd": False, "nbd": False}).values()
    made = make_csi(BLOCK, nodes={**make_nodes("arm64"), "old": {**old, "address": "2001:db8::9"}})
    affinity = made.value("ceph-csi-drivers", "drivers.rbd.nodePlugin.affinity.nodeAffinity")
    [term] = affinity["requiredDuringSchedulingIgnoredDuringExecution"]["nodeSelectorTerms"]
    assert term["matchExpressions"][0]["values"] == ["arm64"]
    assert made.value("ceph-csi-operator", "controllerManager.nodeSelector") == {"kubernetes.io/arch": "arm64"}
    assert "mounter" not in made.find("StorageClass")["parameters"]
    assert made.problems("ceph-on-arm-without-nbd") == []
    assert made.value("ceph-csi-drivers", "drivers.rbd.controllerPlugin.replicas") == 1


@pytest.mark.parametrize(
    ("arches", "size", "count"),
    [(["amd64"], "medium", 1), (["amd64"] * 3, "medium", 2), (["amd64"] * 3, "small", 1), ([], "medium", 2)],
)
def test_controllers_fit_the_nodes(arches: list[str], size: str, count: int) -> None:
    """Two controllers avoid one node, so one node and small clusters get one."""
    made = make_csi(BLOCK, nodes=make_nodes(*arches), size=size)
    assert made.value("ceph-csi-drivers", "drivers.rbd.controllerPlugin.replicas") == count


def test_a_block_class_is_complete() -> None:
    """Pools, Secrets, image format and file system are there."""
    block = {"block": {"pool": "kube", "dataPool": "kube-data", "storageClass": {"name": "s", "fsType": "xfs"}}}
    parameters = make_csi(block).find("StorageClass")["parameters"]
    assert (parameters["pool"], parameters["dataPool"]) == ("kube", "kube-data")
    assert parameters["csi.storage.k8s.io/fstype"] == "xfs"
    assert parameters["csi.storage.k8s.io/node-stage-secret-name"] == "csi-rbd-node"
    assert parameters["csi.storage.k8s.io/controller-publish-secret-name"] == "csi-rbd-provisioner"
    assert parameters["csi.storage.k8s.io/provisioner-secret-namespace"] == "ceph-csi-operator-system"


def test_parameters_are_the_same_in_every_release() -> None:
    """Parameters cannot be changed, so an upgrade must not touch them."""
    classes = [make_csi({**BLOCK, "version": version}).find("StorageClass") for version in VERSIONS]
    assert all(one == classes[0] for one in classes)


def test_offers_are_the_classes() -> None:
    """What others are offered is what is built, with the access modes that each kind has."""
    made = make_csi({**BLOCK, **SHARED})
    offered = {offer.name: offer for offer in made.plan.facts.iter_offers(StorageClass)}
    assert set(offered) == {"ceph-rbd", "cephfs"}
    assert offered["ceph-rbd"].default
    assert offered["ceph-rbd"].path == ("components", "ceph-csi", "block", "storageClass")
    assert "ReadWriteMany" in offered["cephfs"].access_modes - offered["ceph-rbd"].access_modes


def test_every_secret_of_a_class_is_wanted() -> None:
    """What classes name is what `trimtab secrets` lists, with the command that makes each user."""
    made = make_csi({**BLOCK, **SHARED})
    secrets = {secret.name: secret for secret in made.plan.application("ceph-csi").secrets}
    named = {
        value
        for built in made.built
        if built.manifest["kind"] == "StorageClass"
        for key, value in built.manifest["parameters"].items()
        if key.endswith("-secret-name")
    }
    assert set(secrets) == named
    assert all(secret.keys == ("userID", "userKey") for secret in secrets.values())
    assert secrets["csi-rbd-node"].formats[0] == "the text csi-rbd-node-c"
    assert secrets["csi-rbd-node"].obtained_by == (
        "ceph auth get-or-create client.csi-rbd-node-c"
        ''' mon "profile rbd, allow command 'osd blocklist'" osd "profile rbd pool=kube"'''
    )


def test_users_reach_what_is_named_alone() -> None:
    """Capabilities end at the named pools and file system."""
    block = {"block": {**BLOCK["block"], "dataPool": "kube-data"}}
    made = make_csi({**block, **SHARED})
    commands = {secret.name: secret.obtained_by for secret in made.plan.application("ceph-csi").secrets}
    assert 'osd "profile rbd pool=kube, profile rbd pool=kube-data"' in commands["csi-rbd-provisioner"]
    assert 'osd "allow rw tag cephfs metadata=cephfs"' in commands["csi-cephfs-provisioner"]
    assert 'osd "allow rw tag cephfs *=cephfs"' in commands["csi-cephfs-node"]


def test_snapshots_have_classes_and_sidecars_together() -> None:
    """A class without the driver's sidecar would wait for ever: both follow from one setting, driver by driver."""
    made = make_csi({**BLOCK, "snapshots": {}})
    assert made.find("VolumeSnapshotClass")["driver"] == "rbd.csi.ceph.com"
    assert made.value("ceph-csi-drivers", "drivers.rbd.snapshotPolicy") == "volumeSnapshot"
    assert make_csi(SHARED).value("ceph-csi-drivers", "drivers.cephfs.snapshotPolicy") == "none"
    assert [p.path[-1] for p in made.problems("snapshots-without-controller")] == ["snapshots"]


def test_every_reason_is_about_a_value() -> None:
    """A reason for a value that is not written could never be looked up."""
    made = make_csi({**BLOCK, **SHARED}, nodes=make_nodes("amd64", "arm", taints=["a:NoSchedule"]))
    for name in ("ceph-csi-operator", "ceph-csi-drivers"):
        found = made.chart(name)
        assert found.reasons
        assert all(made.value(name, ".".join(path)) is not None for path in found.reasons)


def test_names_of_an_existing_installation_stay() -> None:
    """Namespace, release and resources are the user's; all parts move together."""
    asked: dict[str, Any] = {
        "namespace": "ceph",
        "releaseName": "csi",
        "subVolumeGroup": "mine",
        "resources": {"operator": {"limits": {"memory": "1Gi"}}, "node": {"limits": {"memory": "2Gi"}}},
    }
    made = make_csi({**BLOCK, **asked})
    assert made.chart("ceph-csi-operator").release_name == "csi"
    assert made.value("ceph-csi-drivers", "operatorConfig.namespace") == "ceph"
    assert made.find("ClientProfile")["metadata"]["namespace"] == "ceph"
    assert made.find("ClientProfile")["spec"]["cephFs"] == {"subVolumeGroup": "mine"}
    limits = {"limits": {"memory": "2Gi"}}
    assert made.value("ceph-csi-drivers", "drivers.rbd.nodePlugin.resources") == {"plugin": limits}
    assert made.value("ceph-csi-operator", "controllerManager.manager.resources.limits.memory") == "1Gi"
