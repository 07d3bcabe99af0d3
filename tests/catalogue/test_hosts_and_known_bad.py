"""Hosts that cannot be reached over IPv6, and versions that must not be used."""

from __future__ import annotations

import pytest

from trimtab.catalogue.hosts import HOSTS, has_ipv6
from trimtab.catalogue.known_bad import KNOWN_BAD, find_known_bad
from trimtab.catalogue.versions import parse_version

PI = frozenset({"arm64"})
PC = frozenset({"amd64"})


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("ghcr.io", False),
        ("GitHub.com:443", False),
        ("argoproj.github.io", False),
        ("quay.io", True),
        ("example.org", None),
    ],
)
def test_has_ipv6(host: str, expected: bool | None) -> None:
    """A host that nobody looked at is neither good nor bad."""
    assert has_ipv6(host) is expected


def test_an_index_is_no_better_than_the_host_of_its_archives() -> None:
    """An index that answers is of no use when its archives lie where nothing does."""
    indexes = [fact for fact in HOSTS if fact.archives_at]
    assert indexes
    assert all(fact.ipv6 is has_ipv6(fact.archives_at or "") for fact in indexes)


@pytest.mark.parametrize(
    ("what", "version", "architectures", "bad"),
    [
        ("ceph", "v20.2.0", PC, True),
        ("ceph", "v20.2.4", PC, False),
        ("rook", "v1.6.7", PC, True),
        ("rook", "v1.6.8", PC, False),
        ("logging", "3.3.1", PC, True),
        ("kubespray", "2.18.2", PI, True),
        ("kubespray", "2.18.2", PC, False),
        ("calico", "20.2.0", PC, False),
    ],
)
def test_known_bad(what: str, version: str, architectures: frozenset[str], bad: bool) -> None:
    """Only the versions named are bad, and some only where they hurt."""
    assert (find_known_bad(what, version, architectures) is not None) is bad


def test_the_fix_is_not_itself_bad() -> None:
    """Every entry ends below the version that mends it."""
    for entry in KNOWN_BAD:
        assert parse_version(entry.first) <= parse_version(entry.last) < parse_version(entry.fixed_in)
        assert find_known_bad(entry.what, entry.fixed_in, PI | PC) is None
