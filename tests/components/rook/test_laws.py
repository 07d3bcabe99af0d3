"""What holds for every cluster: derived settings never break the rules."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rook_support.made import make_cluster

HOSTS = st.lists(st.integers(0, 4), min_size=1, max_size=7)
EVERYTHING: dict[str, Any] = {
    "blockPools": {"p": {"storageClass": {"name": "s"}}},
    "filesystems": {"f": {"dataPools": {"more": {}}}},
    "objectStores": {"o": {}},
}
ERRORS = ("pool-wider-than-cluster", "too-many-monitors", "rook-without-ip-family", "pool-of-two-kinds")


@settings(max_examples=60, deadline=None)
@given(hosts=HOSTS, net=st.sampled_from(["IPv4", "IPv6", "dual"]), size=st.sampled_from(["small", "medium"]))
def test_what_is_derived_is_never_refused(hosts: list[int], net: str, size: str) -> None:
    """Whatever the nodes, counts that nobody wrote fit them."""
    made = make_cluster(EVERYTHING, hosts=hosts, net=net, size=size)
    assert [problem.message for code in ERRORS for problem in made.problems(code)] == []


@settings(max_examples=60, deadline=None)
@given(hosts=HOSTS)
def test_copies_never_exceed_domains(hosts: list[int]) -> None:
    """A derived pool has at least one copy and at most as many as hosts or disks."""
    spec = make_cluster(EVERYTHING, hosts=hosts).spec("CephBlockPool", "p")
    disks, with_disks = sum(hosts), sum(1 for count in hosts if count)
    there = disks if spec["failureDomain"] == "osd" else with_disks
    assert 1 <= spec["replicated"]["size"] <= max(3 if not disks else there, 1)


@settings(max_examples=60, deadline=None)
@given(hosts=HOSTS)
def test_monitors_are_odd_and_at_most_nodes(hosts: list[int]) -> None:
    """A derived count of monitors is odd and never above the number of nodes."""
    count = make_cluster(hosts=hosts).spec("CephCluster")["mon"]["count"]
    assert count % 2 == 1
    assert count <= len(hosts)
