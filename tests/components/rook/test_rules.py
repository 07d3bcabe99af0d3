"""Each rule finds the bad thing, at its place, and leaves the good thing alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rook_support.made import make_cluster
from trimtab.findings.path import render_path
from trimtab.rules.device_filter import find_fault, is_match_for_all
from trimtab.rules.rook import RULES

EC: dict[str, Any] = {"dataChunks": 2, "codingChunks": 1}
THREE = [1, 1, 1]
TMPFS: dict[str, Any] = {"nodeDefaults": {"root": "tmpfs"}}
NETBOOT: dict[str, Any] = {"nodeDefaults": {"root": "tmpfs", "data": "/data"}}
ARM: dict[str, Any] = {"nodeDefaults": {"arch": "arm"}}
PI: dict[str, Any] = {"nodeDefaults": {"kernelModules": {"rbd": False, "nbd": False}}}
CLASS: dict[str, Any] = {"storageClass": {"name": "s"}}

BAD: list[tuple[str, dict[str, Any], list[int], dict[str, Any], str]] = [
    (
        "pool-of-two-kinds",
        {"blockPools": {"p": {"replicas": 3, "erasureCoded": EC}}},
        THREE,
        {},
        "blockPools.p.erasureCoded",
    ),
    ("pool-wider-than-cluster", {"blockPools": {"p": {"replicas": 3}}}, [3, 3], {}, "blockPools.p.replicas"),
    ("pool-wider-than-cluster", {"blockPools": {"p": {"replicas": 3}}}, [2], {}, "blockPools.p.replicas"),
    ("pool-wider-than-cluster", {"blockPools": {"p": {"erasureCoded": EC}}}, [1, 1], {}, "blockPools.p.erasureCoded"),
    ("pool-wider-than-cluster", {"filesystems": {"f": {"replicas": 4}}}, THREE, {}, "filesystems.f.replicas"),
    (
        "pool-wider-than-cluster",
        {"blockPools": {"p": {"replicas": 2, "failureDomain": "zone"}}},
        THREE,
        {},
        "blockPools.p.replicas",
    ),
    ("single-copy", {"blockPools": {"p": {}}}, [1], {}, "blockPools.p"),
    ("single-copy", {"objectStores": {"o": {"replicas": 1}}}, THREE, {}, "objectStores.o.replicas"),
    (
        "unknown-data-pool",
        {"filesystems": {"f": {"storageClass": {"name": "s", "pool": "data1"}}}},
        THREE,
        {},
        "filesystems.f.storageClass.pool",
    ),
    (
        "storage-name-taken",
        {"blockPools": {"p": {"erasureCoded": EC}, "p-metadata": {}}},
        THREE,
        {},
        "blockPools.p-metadata",
    ),
    (
        "storage-name-taken",
        {"filesystems": {"f": {"dataPools": {"data0": {}}}}},
        THREE,
        {},
        "filesystems.f.dataPools.data0",
    ),
    ("ceph-on-arm-without-nbd", {"blockPools": {"p": CLASS}}, THREE, PI, "blockPools.p.storageClass"),
    ("every-disk-taken", {"devices": {"useAllDevices": True}}, THREE, {}, "devices.useAllDevices"),
    ("every-disk-taken", {"devices": {"deviceFilter": ".*"}}, THREE, {}, "devices.deviceFilter"),
    ("bad-device-filter", {"devices": {"deviceFilter": "^sd[b"}}, THREE, {}, "devices.deviceFilter"),
    ("bad-device-filter", {"devices": {"devicePathFilter": "(?!sda)"}}, THREE, {}, "devices.devicePathFilter"),
    ("no-disk-for-storage", {}, [0, 0], {}, "devices"),
    ("no-disk-for-storage", {"devices": {}}, THREE, {}, "devices"),
    ("too-many-monitors", {"monitors": 3}, [1], {}, "monitors"),
    ("too-many-monitors", {"managers": 2}, [1], {}, "managers"),
    ("even-monitors", {"monitors": 2}, THREE, {}, "monitors"),
    ("state-on-tmpfs", {"dataDirHostPath": "/var/lib/rook"}, THREE[:1], NETBOOT, "dataDirHostPath"),
    ("rook-without-ip-family", {"network": {"ipFamily": "IPv4"}}, THREE, {}, "network.ipFamily"),
    ("rook-without-ip-family", {"network": {"dualStack": True}}, THREE, {}, "network.dualStack"),
    ("ceph-does-not-fit-rook", {"cephVersion": "v18.2.7"}, THREE, {}, "cephVersion"),
    ("ceph-does-not-fit-rook", {"cephVersion": "v20.2.0"}, THREE, {}, "cephVersion"),
    ("ceph-does-not-fit-rook", {"version": "v1.19.10", "cephVersion": "v20.2.4"}, THREE, {}, "cephVersion"),
    ("dashboard-unreachable", {"dashboard": {"host": "a.example.org", "ssl": True}}, THREE, {}, "dashboard.ssl"),
    ("snapshots-without-controller", {"snapshots": {}}, THREE, {}, "snapshots"),
]


@pytest.mark.parametrize(("code", "rook", "hosts", "root", "place"), BAD)
def test_bad_settings_are_found_at_their_place(
    code: str, rook: dict[str, Any], hosts: list[int], root: dict[str, Any], place: str
) -> None:
    """One problem, at the setting that must change, with a cure."""
    problems = make_cluster(rook, hosts=hosts, **root).problems(code)
    assert {render_path(problem.path) for problem in problems} == {f"components.rook.{place}"}
    assert all(problem.help for problem in problems)


@pytest.mark.parametrize(("code", "root"), [("state-on-tmpfs", TMPFS), ("disk-on-unsupported-architecture", ARM)])
def test_bad_nodes_are_found_at_the_node(code: str, root: dict[str, Any]) -> None:
    """What a node lacks is said at the node."""
    assert [p.path for p in make_cluster(hosts=[1, 1], **root).problems(code)] == [("nodes", "n0"), ("nodes", "n1")]


GOOD: list[tuple[dict[str, Any], list[int] | None, dict[str, Any]]] = [
    ({"blockPools": {"p": {"replicas": 3, **CLASS}}, "filesystems": {"f": {"replicas": 3}}}, THREE, {}),
    ({"blockPools": {"p": {"erasureCoded": EC}}, "monitors": 3, "managers": 2}, THREE, {}),
    ({"blockPools": {"p": {"replicas": 2}}}, [2], {}),
    ({"blockPools": {"p": {}}}, [2], {}),
    ({"devices": {"deviceFilter": "^sd[b-d]$"}, "blockPools": {"p": {"replicas": 3}}}, None, {}),
    ({"blockPools": {"p": CLASS}}, THREE, NETBOOT),
    ({"blockPools": {"p": CLASS}}, THREE, {"nodeDefaults": {"kernelModules": {"rbd": False}}}),
    ({"cephVersion": "v19.2.6", "network": {"ipFamily": "IPv6"}, "dashboard": {"ssl": False}}, THREE, {}),
]


@pytest.mark.parametrize(("rook", "hosts", "root"), GOOD)
def test_good_settings_have_no_problem(rook: dict[str, Any], hosts: list[int] | None, root: dict[str, Any]) -> None:
    """No rule speaks of what is right."""
    made = make_cluster(rook, hosts=hosts, **root)
    assert [problem.message for rule in RULES for problem in made.problems(rule.code)] == []


def test_every_rule_has_a_bad_example_here() -> None:
    """A rule that nothing breaks may be one that cannot be broken."""
    at_nodes = {"disk-on-unsupported-architecture"}
    assert {rule.code for rule in RULES} == {code for code, *_ in BAD} | at_nodes


def test_message_counts_what_is_there() -> None:
    """The words carry the counts; the cure depends on whether disks would do."""
    pool = {"blockPools": {"p": {"replicas": 3}}}
    [on_two] = make_cluster(pool, hosts=[3, 3]).problems("pool-wider-than-cluster")
    [on_one] = make_cluster(pool, hosts=[2]).problems("pool-wider-than-cluster")
    assert on_two.message == "3 copies need 3 hosts with disks, and there are 2"
    assert "failureDomain: osd" in (on_two.help or "")
    assert on_one.message == "3 copies need 3 disks, and there are 2"


@pytest.mark.parametrize(
    "text",
    ["(?=a)", "(?<!a)b", r"(a)\1", "(?P=x)", "a++", "(?>a)", "[", "*", r"a\Z", "(?#a)", "a{99999999999999999999}"],
)
def test_go_refuses(text: str) -> None:
    """What Go's regexp does not read is a fault, also where Python reads it."""
    assert find_fault(text)


@pytest.mark.parametrize(
    "text", ["^sd[b-z]$", r"^nvme\d+n1$", r"\.", "^(sda|sdb)$", r"^/dev/disk/by-id/ata-.*\z", "[[:alpha:]]"]
)
def test_go_reads(text: str) -> None:
    """What Go reads is no fault, its named classes and ends included."""
    assert find_fault(text) is None


@pytest.mark.parametrize(("text", "whole"), [(".*", True), ("", True), ("^sd", False), ("a", False), ("[a-z]", True)])
def test_filters_that_keep_nothing_out(text: str, whole: bool) -> None:
    """A filter is one that takes everything when it takes disks of every kind."""
    assert is_match_for_all(text) is whole


@given(st.text(max_size=20) | st.text(alphabet="[]{}()*+?\\\\^$|.:aZz<>=!P#09", max_size=12))
@example("[[")
def test_no_filter_breaks_the_check(text: str) -> None:
    """Any text is either a fault or a filter; the check itself never fails."""
    assert find_fault(text) is not None or is_match_for_all(text) in (True, False)
