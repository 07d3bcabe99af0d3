"""A Ceph outside the cluster, through Rook."""

from __future__ import annotations

from typing import Any

import pytest

from rook_support.made import make_cluster
from trimtab.catalogue.components import releases
from trimtab.findings.path import render_path
from trimtab.plan.application import Ignored
from trimtab.plan.offers import ApiGroup, MonitorSelector, StorageClass
from trimtab.rules.rook import RULES
from upstream_support.chart_values import value_errors
from upstream_support.crd_schemas import validate
from upstream_support.folder import MISSING, find_upstream
from upstream_support.releases import release_crds

VERSIONS = [release.version for release in releases("rook")]
FSID = "4f4a7a1e-5b0c-4d6e-9c2a-0d3b8a1f7e55"
V4 = {"mon1": "10.42.2.1:6789", "mon2": "10.42.2.2:6789"}
V6 = {"mon1": "[2001:db8:9::1]:3300", "mon2": "[2001:db8:9::2]:3300"}
BLOCK: dict[str, Any] = {"block": {"pool": "kube", "storageClass": {"name": "ceph-rbd", "default": True}}}
SHARED: dict[str, Any] = {"filesystem": {"name": "cephfs", "storageClass": {"name": "cephfs"}}}
BROUGHT = (ApiGroup(by="p", name="monitoring.coreos.com"), MonitorSelector(by="p", labels=(("release", "kps"),)))
ARM: dict[str, Any] = {
    "nodes": {
        "pi4": {"address": "10.43.0.11", "arch": "arm64", "roles": ["control-plane"]},
        "pi3": {"address": "10.43.0.22", "arch": "arm"},
    },
    "nodeDefaults": {"os": "raspbian", "kernelModules": {"rbd": False, "nbd": True}},
    "size": "small",
}


def outside(monitors: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
    """Give Rook's settings for a Ceph outside the cluster, with block devices and a file system."""
    return {"external": {"monitors": monitors or V6, "fsid": FSID, **BLOCK, **SHARED, **more}}


@pytest.mark.parametrize(
    ("net", "monitors", "written"),
    [
        ("IPv4", V4, "mon1=10.42.2.1:6789,mon2=10.42.2.2:6789"),
        ("IPv6", V6, "mon1=[2001:db8:9::1]:3300,mon2=[2001:db8:9::2]:3300"),
        ("dual", {"a": V4["mon1"], "b": "[2001:DB8:9::2]:3300"}, "a=10.42.2.1:6789,b=[2001:db8:9::2]:3300"),
    ],
)
def test_external_ceph_monitor_form_in_each_family(net: str, monitors: dict[str, str], written: str) -> None:
    """Monitors stand as Rook splits them, in a ConfigMap of ours."""
    made = make_cluster(outside(monitors), net=net)
    data = made.find("ConfigMap", "rook-ceph-mon-endpoints")["data"]
    assert data == {"data": written, "mapping": "{}", "maxMonId": "1"}
    assert made.problems("external-ceph-monitor-form") == []


def test_external_ceph_monitor_form_is_found() -> None:
    """An IPv6 address without brackets is told at the monitor, with the cure."""
    [problem] = make_cluster(outside({"mon1": "2001:db8:9::1:6789"})).problems("external-ceph-monitor-form")
    assert render_path(problem.path) == "components.rook.external.monitors.mon1"
    assert problem.help == "write [2001:db8:9::1]:6789"


def test_a_cephcluster_that_runs_nothing_says_nothing_more() -> None:
    """No image, monitors, disks or network: Rook starts no daemon, and what it drops would differ for ever."""
    made = make_cluster(outside(), hosts=[1, 1, 1])
    assert made.spec("CephCluster") == {"external": {"enable": True}, "crashCollector": {"disable": True}}
    kinds = {built.manifest["kind"] for built in made.built}
    assert kinds == {"CephCluster", "ConfigMap", "StorageClass"}


def test_rooks_own_objects_are_left_to_rook() -> None:
    """Connection and profile are made by Rook; the ConfigMap's contents are its to change."""
    made = make_cluster(outside())
    assert [built.id for built in made.built if "csi.ceph.io" in built.manifest["apiVersion"]] == []
    [ignored] = made.applications["rook-cluster"].ignored
    assert ignored == Ignored(
        kind="ConfigMap", name="rook-ceph-mon-endpoints", namespace="rook-ceph", json_pointers=("/data",)
    )
    assert make_cluster(hosts=[1]).applications["rook-cluster"].ignored == ()


@pytest.mark.parametrize("version", VERSIONS)
def test_applications_are_the_same_as_ever(version: str) -> None:
    """Operator, drivers and cluster keep their names, wherever Ceph runs."""
    ours = make_cluster({"version": version, "devices": {"deviceFilter": "^sdb$"}})
    theirs = make_cluster({"version": version, **outside()})
    assert list(theirs.applications) == list(ours.applications)
    assert theirs.charts == ours.charts


def test_removed_volume_not_freed_by_the_current_provisioners() -> None:
    """Classes name the driver, the profile and the Secrets by the names that Rook gives them."""
    made = make_cluster({**outside(), "namespace": "ceph"})
    block, shared = made.find("StorageClass", "ceph-rbd"), made.find("StorageClass", "cephfs")
    assert block["provisioner"] == made.value("rook-csi", "drivers.rbd.name") == "ceph.rbd.csi.ceph.com"
    assert shared["provisioner"] == made.value("rook-csi", "drivers.cephfs.name")
    assert (block["parameters"]["clusterID"], block["parameters"]["pool"]) == ("ceph", "kube")
    assert shared["parameters"]["fsName"] == "cephfs"
    assert "pool" not in shared["parameters"]
    assert block["metadata"]["annotations"] == {"storageclass.kubernetes.io/is-default-class": "true"}


def test_erasure_coded_data_has_a_pool_of_its_own() -> None:
    """Both pools are named in the class, and the users may reach both."""
    block: dict[str, Any] = {"block": {"pool": "headers", "dataPool": "data", "storageClass": {"name": "s"}}}
    made = make_cluster(outside(**block))
    assert made.find("StorageClass", "s")["parameters"]["dataPool"] == "data"
    commands = [secret.obtained_by for secret in made.applications["rook-cluster"].secrets if "rbd" in secret.name]
    assert all('osd "profile rbd pool=headers, profile rbd pool=data"' in command for command in commands)


def test_offers_are_the_classes() -> None:
    """What others are offered is what is built, at the settings path that names it."""
    offered = {offer.name: offer for offer in make_cluster(outside()).facts.iter_offers(StorageClass)}
    assert set(offered) == {"ceph-rbd", "cephfs"}
    assert offered["cephfs"].path == ("components", "rook", "external", "filesystem", "storageClass")
    assert "ReadWriteMany" in offered["cephfs"].access_modes


def test_secrets_are_wanted_with_what_makes_them() -> None:
    """Rook's own Secret and each that a class names: keys, type, fixed words, and the command that makes the user."""
    made = make_cluster(outside())
    secrets = {secret.name: secret for secret in made.applications["rook-cluster"].secrets}
    assert set(secrets) == {"rook-ceph-mon", *(f"rook-csi-{d}-{r}" for d in ("rbd", "cephfs") for r in ROLES)}
    assert {secret.type for secret in secrets.values()} == {"kubernetes.io/rook"}
    own = dict(zip(secrets["rook-ceph-mon"].keys, secrets["rook-ceph-mon"].formats, strict=True))
    assert own["fsid"] == f"the text {FSID}"
    assert (own["admin-secret"], own["mon-secret"]) == ("the text admin-secret", "the text mon-secret")
    assert own["ceph-username"] == "the text client.healthchecker-c"
    assert all(secret.obtained_by.startswith("ceph auth get-or-create client.") for secret in secrets.values())
    assert make_cluster(hosts=[1]).applications["rook-cluster"].secrets == ()


ROLES = ("provisioner", "node")


def test_ceph_on_arm_without_nbd_mounts_by_nbd() -> None:
    """Raspbian's kernel has no rbd, so the class says rbd-nbd; a kernel without either is refused at the class."""
    made = make_cluster(outside(V4), net="IPv4", **ARM)
    assert made.find("StorageClass", "ceph-rbd")["parameters"]["mounter"] == "rbd-nbd"
    assert made.problems("ceph-on-arm-without-nbd") == []
    bare = {**ARM, "nodeDefaults": {"kernelModules": {"rbd": False, "nbd": False}}}
    [problem] = make_cluster(outside(V4), net="IPv4", **bare).problems("ceph-on-arm-without-nbd")
    assert render_path(problem.path) == "components.rook.external.block.storageClass"
    assert problem.message.startswith("node pi4 ")


def test_mixed_architectures_keep_the_drivers_off_arm() -> None:
    """Drivers and operators keep to arm64 beside 32-bit arm, whose kernel does not decide the mounter."""
    made = make_cluster(outside(V4), net="IPv4", **ARM)
    affinity = made.value("rook-csi", "drivers.rbd.nodePlugin.affinity.nodeAffinity")
    [term] = affinity["requiredDuringSchedulingIgnoredDuringExecution"]["nodeSelectorTerms"]
    assert term["matchExpressions"][0]["values"] == ["arm64"]
    nodes = {"new": {"address": "10.0.0.1"}, "old": {**ARM["nodes"]["pi3"], "kernelModules": {"rbd": False}}}
    quiet = make_cluster(outside(V4), net="IPv4", nodes=nodes)
    assert "mounter" not in quiet.find("StorageClass", "ceph-rbd")["parameters"]


def test_monitoring_needs_to_know_the_managers() -> None:
    """Rook lists what Prometheus reads from addresses that the settings name; without them it is told nothing."""
    spec = make_cluster(outside(managers=["2001:db8:9::1"]), brought=BROUGHT).spec("CephCluster")
    assert spec["monitoring"] == {"enabled": True, "externalMgrEndpoints": [{"ip": "2001:db8:9::1"}]}
    assert spec["labels"] == {"monitoring": {"release": "kps"}}
    made = make_cluster(outside(), brought=BROUGHT)
    assert "monitoring" not in made.spec("CephCluster")
    assert made.value("rook-operator", "monitoring") is None


def test_snapshots_and_toolbox_work_outside_too() -> None:
    """Snapshot classes follow the volumes; the toolbox signs in as the user that the Secret names."""
    made = make_cluster({**outside(), "snapshots": {}, "toolbox": {}}, hosts=[1])
    assert made.find("VolumeSnapshotClass", "rook-ceph-block")["parameters"]["clusterID"] == "rook-ceph"
    assert made.value("rook-csi", "drivers.cephfs.snapshotPolicy") == "volumeSnapshot"
    [container] = made.spec("Deployment")["template"]["spec"]["containers"]
    assert container["env"][1] == {"name": "CEPH_ARGS", "value": "--name $(CEPH_USER)"}


TWO_KINDS = [
    ({"blockPools": {"p": {}}}, "blockPools"),
    ({"devices": {"deviceFilter": "^sdb$"}}, "devices"),
    ({"dashboard": {}}, "dashboard"),
    ({"dataDirHostPath": "/d"}, "dataDirHostPath"),
    ({"network": {"ipFamily": "IPv6"}}, "network"),
    ({"resources": {"osd": {"limits": {"memory": "4Gi"}}}}, "resources.osd"),
]


@pytest.mark.parametrize(("own", "place"), TWO_KINDS)
def test_ceph_of_two_kinds_is_refused(own: dict[str, Any], place: str) -> None:
    """What belongs to a Ceph that Rook runs is told at its setting, beside one outside."""
    [problem] = make_cluster({**outside(), **own}, hosts=[1]).problems("ceph-of-two-kinds")
    assert render_path(problem.path) == f"components.rook.{place}"
    assert problem.on_key


def test_ceph_of_two_kinds_leaves_the_rest_alone() -> None:
    """What holds for both kinds, and what says no more than the default, is no second kind."""
    rest = {
        "devices": "fromNodes",
        "blockPools": {},
        "toolbox": {},
        "resources": {"operator": {}, "toolbox": {}},
        "values": {"rook-operator": {"logLevel": "DEBUG"}},
    }
    assert make_cluster({**outside(), **rest}, hosts=[1]).problems("ceph-of-two-kinds") == []


@pytest.mark.parametrize(
    ("rook", "place"),
    [
        ({**outside(), "monitoring": True}, "monitoring"),
        (outside(managers=["2001:db8::1", "10.0.0.1"]), "external.managers"),
    ],
)
def test_monitoring_without_manager_is_told(rook: dict[str, Any], place: str) -> None:
    """Metrics that nobody can find, or of one family only, are a warning."""
    [problem] = make_cluster(rook).problems("monitoring-without-manager")
    assert render_path(problem.path) == f"components.rook.{place}"


@pytest.mark.parametrize(("net", "monitors"), [("IPv4", V4), ("IPv6", V6), ("dual", V4), ("dual", V6)])
def test_good_settings_have_no_problem(net: str, monitors: dict[str, str]) -> None:
    """No rule on disks, monitors or pools of our own speaks of a Ceph outside."""
    made = make_cluster(outside(monitors), hosts=[0, 0], net=net, nodeDefaults={"root": "tmpfs"})
    assert [problem.message for rule in RULES for problem in made.problems(rule.code)] == []
    assert made.problems("monitor-of-other-family") == []


@pytest.mark.skipif(find_upstream() is None, reason=MISSING)
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("shape", [{"net": "IPv6", "hosts": [1]}, {"net": "dual", "hosts": [1, 1]}, ARM])
def test_every_object_is_valid(version: str, shape: dict[str, Any]) -> None:
    """Each release's API server takes the CephCluster, and each chart reads every value."""
    settings = {**outside(managers=["2001:db8::1"]), "snapshots": {}, "toolbox": {}, "version": version}
    made = make_cluster(settings, brought=BROUGHT, **shape)
    crds = release_crds("rook", version)
    judged = [built.manifest for built in made.built if crds.covers(built.manifest)]
    assert [manifest["kind"] for manifest in judged] == ["CephCluster"]
    assert [problem for manifest in judged for problem in validate(manifest, crds)] == []
    for found in made.charts.values():
        assert value_errors(found.values, found.pin.chart, found.pin.version) == []
