"""Local volumes in every shape of cluster: where they lie, which class, which pods."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from platform_support.made import SHAPES, make_cluster
from trimtab.catalogue.components import releases
from trimtab.components.local_path import charts
from trimtab.findings.path import get_value, render_path
from trimtab.plan.offers import StorageClass
from trimtab.rules.local_path import RULES
from trimtab.rules.registry import RULES as ALL_RULES
from upstream_support.chart_values import value_errors
from upstream_support.folder import MISSING, find_upstream

VERSIONS = [release.version for release in releases("local-path")]
DEFAULT = {"node": "DEFAULT_PATH_FOR_NON_LISTED_NODES", "paths": ["/opt/local-path-provisioner"]}


def netboot(**more: Any) -> dict[str, Any]:
    """Give two nodes: one on a disk, one whose root is in memory."""
    return {"disk": {"address": "192.0.2.1"}, "memory": {"address": "192.0.2.2", "root": "tmpfs", **more}}


@pytest.mark.skipif(find_upstream() is None, reason=MISSING)
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(("net", "nodes"), SHAPES)
def test_every_value_is_read(version: str, net: str, nodes: str) -> None:
    """The chart of each release reads every key that is written."""
    settings = {"version": version, "path": "/data/v", "resources": {"provisioner": {"limits": {"memory": "1Gi"}}}}
    made = make_cluster({"local-path": settings}, net=net, nodes=nodes)
    assert value_errors(made.release("local-path").values, "local-path-provisioner", version) == []


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("release_name", [None, "storage"])
def test_the_provisioners_name_never_depends_on_the_release(version: str, release_name: str | None) -> None:
    """The field of a class cannot be changed, and the chart would make it from the release's name."""
    made = make_cluster({"local-path": {"version": version, "releaseName": release_name}})
    assert made.value("local-path", "storageClass.provisionerName") == "rancher.io/local-path"
    assert made.value("local-path", "helperImage.tag") != "latest"


@pytest.mark.parametrize("version", VERSIONS)
def test_local_path_state_on_tmpfs(version: str) -> None:
    """A node whose root is in memory keeps its volumes below its data directory; the others where upstream does."""
    made = make_cluster({"local-path": {"version": version}}, named=netboot(data="/data/"))
    own = {"node": "memory", "paths": ["/data/local-path"]}
    assert made.value("local-path", "nodePathMap") == [DEFAULT, own]
    assert made.problems(RULES, "local-path-on-tmpfs") == []


@pytest.mark.parametrize(
    ("settings", "more", "place"),
    [
        ({}, {}, "components.local-path"),
        ({"path": "/volumes"}, {"data": "/data"}, "components.local-path.path"),
        ({"path": "/database"}, {"data": "/data"}, "components.local-path.path"),
        ({"path": "/data/volumes"}, {}, "components.local-path.path"),
    ],
)
def test_local_path_on_tmpfs_is_refused(settings: dict[str, Any], more: dict[str, Any], place: str) -> None:
    """A folder in memory is found, where the user can say otherwise."""
    [problem] = make_cluster({"local-path": settings}, named=netboot(**more)).problems(RULES, "local-path-on-tmpfs")
    assert render_path(problem.path) == place
    assert "node memory" in problem.message


@pytest.mark.parametrize("more", [{"data": "/data"}, {"data": "/data", "taints": ["a=b:NoExecute"]}])
def test_a_path_below_the_data_directory_is_fine(more: dict[str, Any]) -> None:
    """One path that lies on a real disk everywhere holds for every node."""
    made = make_cluster({"local-path": {"path": "/data/v"}}, named=netboot(**more))
    assert made.value("local-path", "nodePathMap") == [{**DEFAULT, "paths": ["/data/v"]}]
    assert made.problems(RULES, "local-path-on-tmpfs") == []


def test_the_class_cannot_grow_and_is_for_one_pod() -> None:
    """Upstream ships no resizer, whatever its class says, and a folder is on one node."""
    made = make_cluster({"local-path": {"storageClass": {"name": "local", "default": True}}})
    offered = made.facts.find(StorageClass)
    assert offered
    assert (offered.name, offered.default, offered.expandable) == ("local", True, False)
    assert offered.access_modes == {"ReadWriteOnce", "ReadWriteOncePod"}
    assert made.value("local-path", "storageClass.name") == "local"
    assert made.value("local-path", "storageClass.defaultClass") is True


@pytest.mark.parametrize("policy", [None, "Delete", "Retain"])
def test_local_path_data_pruned(policy: str | None) -> None:
    """What becomes of a volume whose claim goes is said aloud; nothing that Argo CD owns here holds data itself."""
    settings = {"storageClass": {"reclaimPolicy": policy}} if policy else {}
    made = make_cluster({"local-path": settings})
    assert made.value("local-path", "storageClass.reclaimPolicy") == (policy or "Delete")
    assert made.built == []


def test_local_path_local_volume_pins_workload() -> None:
    """Whoever takes local volumes is told once what they mean."""
    [problem] = make_cluster({"local-path": {}}).problems(ALL_RULES, "local-volume-pins-workload")
    assert problem.path == ("components", "local-path")


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ("one", None),
        (
            "many",
            [
                {"key": "node-role.kubernetes.io/control-plane", "operator": "Exists", "effect": "NoSchedule"},
                {"key": "role", "operator": "Equal", "value": "infra", "effect": "NoSchedule"},
            ],
        ),
    ],
)
def test_local_path_nothing_schedulable(nodes: str, expected: list[dict[str, str]] | None) -> None:
    """The pod that makes a folder runs on the volume's node, whatever taints it has."""
    made = make_cluster({"local-path": {}}, nodes=nodes)
    assert made.value("local-path", "configmap.helperPod.tolerations") == expected


def test_local_path_mixed_architectures(monkeypatch: pytest.MonkeyPatch) -> None:
    """The provisioner stays off nodes whose architecture its image lacks, and may use every other."""
    release = replace(releases("local-path")[0], architectures=("amd64", "arm64"))
    monkeypatch.setattr(charts, "wanted_release", lambda *_: release)
    affinity = make_cluster({"local-path": {}}, nodes="mixed").value("local-path", "affinity.nodeAffinity")
    [term] = affinity["requiredDuringSchedulingIgnoredDuringExecution"]["nodeSelectorTerms"]
    assert term["matchExpressions"][0]["values"] == ["amd64", "arm64"]
    assert make_cluster({"local-path": {}}, nodes="many").value("local-path", "affinity") is None


def test_helper_pods_may_write_to_the_host() -> None:
    """They mount a folder of the host, which only the privileged level allows."""
    assert make_cluster({"local-path": {}}).applications["local-path"].pod_security == "privileged"


def test_every_reason_speaks_of_a_value_that_is_written() -> None:
    """A reason for a value that is not there would forbid the user to set it."""
    for nodes in ("one", "many"):
        release = make_cluster({"local-path": {}}, nodes=nodes).release("local-path")
        assert [path for path in release.reasons if get_value(release.values, path) is None] == []
