"""Each rule on drivers and monitors finds the bad thing, at its place, and leaves the good thing alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from ceph_csi_support.made import BLOCK, RULES, SHARED, make_csi
from trimtab.components.ceph_csi.settings import Settings
from trimtab.findings.path import render_path
from trimtab.kube.ceph_monitors import parse_monitor, suggest_monitor

FORMS = [
    ("2001:db8::1:6789", "has an IPv6 address without brackets", "[2001:db8::1]:6789"),
    ("2001:db8::1", "has an IPv6 address without brackets", "[2001:db8::1]:6789"),
    ("[2001:db8::1]", "has no port", "[2001:db8::1]:6789"),
    ("10.42.2.1", "has no port", "10.42.2.1:6789"),
    ("10.42.2.1:0", "has no port, for 0 is none", None),
    ("10.42.2.1:65536", "has no port, for 65536 is none", None),
    ("ceph.example.org:6789", "begins with no IP address", None),
    ("[10.42.2.1]:6789", "begins with no IP address", None),
    ("[fe80::1%eth0]:6789", "begins with no IP address", None),
]


@pytest.mark.parametrize(("text", "fault", "cure"), FORMS)
def test_external_ceph_monitor_form_is_found(text: str, fault: str, cure: str | None) -> None:
    """What no client reads is told at the monitor, with what was probably meant."""
    [problem] = make_csi({**BLOCK, "monitors": {"a": text}}).problems("external-ceph-monitor-form")
    assert render_path(problem.path) == "components.ceph-csi.monitors.a"
    assert problem.message == f"monitor a {fault}: {text}"
    assert cure is None or problem.help == f"write {cure}"


def test_external_ceph_monitor_form_twice() -> None:
    """Two names for one address hide that a monitor is missing."""
    monitors = {"a": "[2001:db8::1]:6789", "b": "[2001:0db8::1]:6789", "c": "[2001:db8::1]:3300"}
    [problem] = make_csi({**BLOCK, "monitors": monitors}).problems("external-ceph-monitor-form")
    assert problem.path[-1] == "b"


def test_same_address_is_written_the_same_way() -> None:
    """Whatever way an address was spelt, one spelling reaches the cluster."""
    made = make_csi({**BLOCK, "monitors": {"a": "[2001:0DB8::0001]:6789"}})
    assert made.find("CephConnection")["spec"]["monitors"] == ["[2001:db8::1]:6789"]


@given(st.ip_addresses(), st.integers(1, 65535))
def test_what_is_written_is_read_again(address: Any, port: int) -> None:
    """Every address has one form with a port, and that form is read back."""
    text = f"[{address}]:{port}" if address.version == 6 else f"{address}:{port}"
    assert str(parse_monitor(text)) == text


@given(st.text(max_size=20) | st.text(alphabet="0123456789abcdef:.[]%", max_size=24))
@example(":")
@example("[]:1")
def test_no_text_breaks_the_check(text: str) -> None:
    """Any text is a monitor, or a fault in words with a suggestion; nothing else is raised."""
    assert suggest_monitor(text)
    fault = ""
    try:
        parse_monitor(text)
    except ValueError as raised:
        fault = str(raised)
    assert fault.startswith(("has ", "begins ")) or not fault


@pytest.mark.parametrize(
    ("net", "monitor", "bad"),
    [
        ("IPv6", "10.42.2.1:6789", True),
        ("IPv4", "[2001:db8::1]:6789", True),
        ("IPv6", "[2001:db8::1]:6789", False),
        ("dual", "10.42.2.1:6789", False),
        ("dual", "[2001:db8::1]:6789", False),
    ],
)
def test_monitor_of_other_family(net: str, monitor: str, bad: bool) -> None:
    """Pods of one family do not reach monitors of the other."""
    problems = make_csi({**BLOCK, "monitors": {"a": monitor}}, net=net).problems("monitor-of-other-family")
    assert bool(problems) is bad


@pytest.mark.parametrize(
    "fsid", ["", "4F4A7A1E-5B0C-4D6E-9C2A-0D3B8A1F7E55", "4f4a7a1e5b0c4d6e9c2a0d3b8a1f7e55", "ceph", "{fsid}"]
)
def test_an_fsid_is_a_uuid_as_ceph_prints_it(fsid: str) -> None:
    """Anything else is refused by the schema."""
    with pytest.raises(ValidationError):
        Settings.model_validate({"monitors": {"a": "10.0.0.1:6789"}, "fsid": fsid})


ROOK: dict[str, Any] = {"rook": {"devices": {"deviceFilter": "^sdb$"}}}


def test_two_csi_operators_are_refused() -> None:
    """Rook brings the operator and its CRDs as well."""
    [problem] = make_csi(BLOCK, components=ROOK).problems("two-csi-operators")
    assert problem.path == ("components", "ceph-csi")
    assert make_csi(BLOCK).problems("two-csi-operators") == []


@pytest.mark.parametrize(
    ("csi", "rook", "names"),
    [
        ({"driverPrefix": "rook-ceph"}, {}, ["rook-ceph.rbd.csi.ceph.com", "rook-ceph.cephfs.csi.ceph.com"]),
        ({"driverPrefix": "store"}, {"namespace": "store"}, ["store.rbd.csi.ceph.com", "store.cephfs.csi.ceph.com"]),
        ({"driverPrefix": "rook-ceph"}, {"namespace": "store"}, []),
        ({}, {}, []),
    ],
)
def test_csi_driver_twice(csi: dict[str, Any], rook: dict[str, Any], names: list[str]) -> None:
    """The prefix of Rook's drivers is its namespace; the same prefix here makes the same names."""
    made = make_csi({**BLOCK, **SHARED, **csi}, components={"rook": {**ROOK["rook"], **rook}})
    problems = made.problems("csi-driver-twice")
    assert [problem.message for problem in problems] == [f"the driver {name} is Rook's too" for name in names]


def test_storage_name_taken_by_snapshots() -> None:
    """Two snapshot classes have two names."""
    snapshots = {"block": {"name": "s"}, "filesystem": {"name": "s"}}
    [problem] = make_csi({**BLOCK, **SHARED, "snapshots": snapshots}).problems("storage-name-taken")
    assert render_path(problem.path) == "components.ceph-csi.snapshots.filesystem.name"


@pytest.mark.parametrize("net", ["IPv4", "IPv6", "dual"])
def test_good_settings_have_no_problem(net: str) -> None:
    """No rule speaks of what is right."""
    made = make_csi({**BLOCK, **SHARED}, net=net)
    assert [problem.message for rule in RULES for problem in made.problems(rule.code)] == []
