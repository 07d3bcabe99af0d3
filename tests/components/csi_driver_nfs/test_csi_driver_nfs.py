"""The NFS driver in every shape of cluster: values, StorageClasses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from platform_support.made import NETWORK, SHAPES, Made, make_cluster
from trimtab.catalogue.components import releases
from trimtab.components.csi_driver_nfs import charts
from trimtab.plan.offers import ApiGroup, StorageClass
from trimtab.rules.nfs import RULES
from upstream_support.chart_values import value_errors
from upstream_support.folder import MISSING, find_upstream

VERSIONS = [release.version for release in releases("csi-driver-nfs")]
NAME = "csi-driver-nfs"
PLAIN = {"server": "nfs.example.org", "share": "/export"}
FULL = {
    "server": "2001:db8::99",
    "share": "/export",
    "subDir": "${pvc.metadata.namespace}/${pvc.metadata.name}",
    "default": True,
    "reclaimPolicy": "Retain",
    "onDelete": "archive",
    "mountOptions": ["nfsvers=4.1", "hard"],
    "mountPermissions": "0770",
}


def make(classes: dict[str, Any] | None = None, settings: dict[str, Any] | None = None, **rest: Any) -> Made:
    """Give a cluster with the driver and these classes."""
    rest.setdefault("brought", (NETWORK,))
    others = rest.pop("others", {})
    return make_cluster({NAME: {"storageClasses": classes or {}, **(settings or {})}, **others}, **rest)


@pytest.mark.skipif(find_upstream() is None, reason=MISSING)
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(("net", "nodes"), SHAPES)
def test_every_value_is_read(version: str, net: str, nodes: str) -> None:
    """The chart of each release reads every key that is written, whatever the cluster looks like."""
    resources = {name: {"limits": {"memory": "500Mi"}} for name in ("controller", "node")}
    made = make(settings={"version": version, "resources": resources}, net=net, nodes=nodes)
    assert value_errors(made.release(NAME).values, NAME, version) == []


@pytest.mark.parametrize(
    ("kubernetes", "expected"),
    [
        ({"distribution": "kubeadm"}, "/var/lib/kubelet"),
        ({"distribution": "k0s"}, "/var/lib/k0s/kubelet"),
        ({"distribution": "microk8s"}, "/var/snap/microk8s/common/var/lib/kubelet"),
        ({"distribution": "other", "kubeletDir": "/data/kubelet"}, "/data/kubelet"),
        ({"distribution": "other"}, None),
    ],
)
def test_nfs_kubelet_dir_mismatch(kubernetes: dict[str, str], expected: str | None) -> None:
    """The driver mounts where the distribution's kubelet looks; where nobody knows, a rule refuses."""
    made = make(kubernetes={"version": "1.34", **kubernetes})
    assert made.value(NAME, "kubeletDir") == expected


def test_a_class_says_what_is_set_and_nothing_else() -> None:
    """Parameters cannot be changed later, so none is written that upstream would fill in by itself."""
    [built] = make({"nfs": PLAIN}).built
    assert built.manifest["parameters"] == PLAIN
    assert "annotations" not in built.manifest["metadata"]
    assert "mountOptions" not in built.manifest


def test_a_class_says_all_that_is_set() -> None:
    """Every setting of a class arrives in its object."""
    [built] = make({"nfs": FULL}).built
    made = built.manifest
    assert made["parameters"] == {
        "server": "2001:db8::99",
        "share": "/export",
        "subDir": FULL["subDir"],
        "onDelete": "archive",
        "mountPermissions": "0770",
    }
    assert (made["reclaimPolicy"], made["mountOptions"]) == ("Retain", FULL["mountOptions"])
    assert made["metadata"]["annotations"] == {"storageclass.kubernetes.io/is-default-class": "true"}
    assert built.origin == ("components.csi-driver-nfs.storageClasses.nfs",)


@pytest.mark.parametrize("server", ["2001:db8::99", "[2001:db8::99]"])
def test_an_ipv6_server_has_no_brackets(server: str) -> None:
    """The driver sets them; a second pair would be part of the name."""
    [built] = make({"nfs": {**PLAIN, "server": server}}).built
    assert built.manifest["parameters"]["server"] == "2001:db8::99"


@pytest.mark.parametrize("wrong", [{"server": "nfs.example.org:/export"}, {"share": "export"}, {"subDir": "/abs"}])
def test_a_server_is_no_mount_command(wrong: dict[str, str]) -> None:
    """Server, share and directory are three things."""
    with pytest.raises(ValidationError):
        make({"nfs": {**PLAIN, **wrong}})


def test_many_pods_may_write_to_a_volume() -> None:
    """The offer says so, and that the files lie on a server outside."""
    offered = make({"a": PLAIN, "b": FULL}).facts.find(StorageClass, "b")
    assert offered is not None
    assert "ReadWriteMany" in offered.access_modes
    assert offered.default
    assert offered.file_server
    assert offered.path == ("components", NAME, "storageClasses", "b")


def test_snapshots_are_left_to_who_brings_their_kinds() -> None:
    """The sidecar runs only where the kinds are; the chart's own controller and kinds never do."""
    assert make().value(NAME, "controller.enableSnapshotter") is False
    kinds = ApiGroup(by="snapshots", name="snapshot.storage.k8s.io")
    assert make(brought=(NETWORK, kinds)).value(NAME, "controller") is None
    assert make().value(NAME, "externalSnapshotter") == {"enabled": False}


@pytest.mark.parametrize(("nodes", "held"), [("one", False), ("arm64", False), ("mixed", True)])
def test_nfs_mixed_architectures(nodes: str, held: bool) -> None:
    """Both workloads stay off nodes whose architecture the images lack."""
    made = make(nodes=nodes)
    for name in ("controller", "node"):
        assert (made.value(NAME, f"{name}.affinity") is not None) is held


def test_the_affinity_follows_the_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the images exist for is a fact of the release, not of this component."""
    release = replace(releases(NAME)[0], architectures=("arm64",))
    monkeypatch.setattr(charts, "wanted_release", lambda *_: release)
    assert make(nodes="one").value(NAME, "node.affinity") is not None


def test_it_lives_where_the_control_plane_does() -> None:
    """kube-system is Kubernetes' own; another namespace is made, with the level that mounting needs."""
    usual = make().applications[NAME]
    assert (usual.namespace, usual.creates_namespace, usual.pod_security) == ("kube-system", False, None)
    other = make(settings={"namespace": "nfs"}).applications[NAME]
    assert (other.namespace, other.creates_namespace, other.pod_security) == ("nfs", True, "privileged")


def test_every_reason_speaks_of_a_value_that_is_written() -> None:
    """A reason for a value that is not there would forbid the user to set it."""
    made = make()
    reasons = made.release(NAME).reasons
    assert reasons
    assert [path for path in reasons if made.value(NAME, ".".join(path)) is None] == []


BLOCK = StorageClass(by="rook-cluster", name="block", access_modes=frozenset({"ReadWriteOnce"}))


@pytest.mark.parametrize(
    ("harbor", "found"),
    [
        ({}, [("components", "harbor")]),
        ({"storageClass": "nfs"}, [("components", "harbor", "storageClass")]),
        ({"databaseStorageClass": "block"}, []),
        ({"databaseStorageClass": "nfs", "storageClass": "block"}, [("components", "harbor", "databaseStorageClass")]),
        ({"externalDatabase": {"host": "db"}}, []),
    ],
)
def test_database_on_nfs(harbor: dict[str, Any], found: list[Any]) -> None:
    """Only the database's class counts, and a class of disks is named instead."""
    made = make({"nfs": {**PLAIN, "default": True}}, others={"harbor": harbor}, brought=(NETWORK, BLOCK))
    problems = made.problems(RULES, "database-on-nfs")
    assert [problem.path for problem in problems] == found
    assert all("block" in (problem.help or "") for problem in problems)
