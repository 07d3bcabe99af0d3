"""Ranges of addresses, in CIDR form or from a first to a last address."""

from __future__ import annotations

from ipaddress import IPv4Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.plan.ranges import (
    is_address,
    is_overlapping,
    is_private,
    is_range,
    range_bounds,
    range_family,
    range_size,
)

numbers = st.integers(0, 300)
BASE = int(IPv4Address("10.0.0.0"))
spans = st.tuples(numbers, numbers).map(sorted)


def text_of(span: list[int]) -> str:
    """Write a span of numbers as a range of IPv4 addresses."""
    return f"{IPv4Address(BASE + span[0])}-{IPv4Address(BASE + span[1])}"


@given(spans, spans)
def test_ranges_overlap_exactly_where_they_share_an_address(one: list[int], other: list[int]) -> None:
    """Overlap is what comparing all addresses one by one would find, whichever comes first."""
    shared = set(range(one[0], one[1] + 1)) & set(range(other[0], other[1] + 1))
    assert is_overlapping(text_of(one), text_of(other)) == is_overlapping(text_of(other), text_of(one)) == bool(shared)


@given(spans)
def test_size_counts_both_ends(span: list[int]) -> None:
    """A range from an address to itself holds one."""
    assert range_size(text_of(span)) == span[1] - span[0] + 1


@given(st.ip_addresses(), st.integers(0, 32))
def test_a_cidr_is_the_range_from_its_first_to_its_last_address(address: object, length: int) -> None:
    """The two ways of writing a range mean the same."""
    network = ip_network(f"{address}/{length}", strict=False)
    assert range_bounds(str(network)) == range_bounds(f"{network[0]}-{network[-1]}")


def test_families_never_overlap() -> None:
    """An IPv4 and an IPv6 range share nothing, whatever their numbers."""
    assert not is_overlapping("0.0.0.0/0", "::/0")
    families = [range_family(text) for text in ("10.0.0.0/8", "10.0.0.1-10.0.0.9", "fd00::/64")]
    assert families == ["IPv4", "IPv4", "IPv6"]


@pytest.mark.parametrize("text", ["10.0.0.0/33", "10.0.0.9-10.0.0.1", "10.0.0.1-fd00::1", "10.0.0.256/24", "here", ""])
def test_what_is_no_range_is_told(text: str) -> None:
    """Wrong lengths, backward ranges and mixed families are no ranges."""
    assert not is_range(text)


@pytest.mark.parametrize(("text", "answer"), [("fd00::1", True), ("10.0.0.256", False), ("10.0.0.0/8", False)])
def test_an_address_is_one_address(text: str, answer: bool) -> None:
    """A range or a number too large is no address."""
    assert is_address(text) is answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("10.233.64.0/18", True),
        ("100.64.0.0/10", True),
        ("fd12:3456::/48", True),
        ("2001:db8::/32", False),
        ("203.0.113.0/24", False),
        ("10.0.0.0/7", False),
    ],
)
def test_private_is_what_no_router_outside_knows(text: str, answer: bool) -> None:
    """RFC 1918, RFC 4193 and RFC 6598; a range that only begins there is not private as a whole."""
    assert is_private(text) is answer
