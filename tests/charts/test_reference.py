"""Addresses are read as Argo CD reads them, and shown without what may be secret."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.charts.errors import ChartError
from trimtab.charts.reference import (
    ChartKey,
    HttpRepository,
    OciRepository,
    check_key,
    is_private,
    join_url,
    parse_address,
    shown_url,
    tag_of,
)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://charts.example.org/stable/", HttpRepository(url="https://charts.example.org/stable/")),
        ("https://charts.example.org", HttpRepository(url="https://charts.example.org/")),
        ("quay.io/jetstack/charts", OciRepository(registry="quay.io", path="jetstack/charts")),
        ("oci://[2001:db8::1]:5000/charts", OciRepository(registry="[2001:db8::1]:5000", path="charts")),
        ("localhost:5000", OciRepository(registry="localhost:5000", path="")),
    ],
)
def test_scheme_decides(address: str, expected: object) -> None:
    """With http(s):// it has an index, with oci:// or none it is a registry."""
    assert parse_address(address) == expected


@pytest.mark.parametrize(
    "address",
    [
        *("ftp://example.org/charts", "https://", "https://user:secret@example.org/", "quay.io/Upper", "quay.io/../x"),
        *("file:///etc", "https://exa mple.org", "https://example.org/?token=secret", "https://[::1", "me:secret@q/x"),
    ],
)
def test_other_addresses_are_refused(address: str) -> None:
    """What is neither, or holds a password, is refused, and the password is not said."""
    with pytest.raises(ChartError) as caught:
        parse_address(address)
    assert caught.value.code == "chart-address-refused"
    assert "secret" not in caught.value.message


@pytest.mark.parametrize(("chart", "version"), [("../x", "1"), ("a/b", "1"), ("a", "../1"), ("", "1"), ("a", "1 2")])
def test_names_that_are_paths_are_refused(chart: str, version: str) -> None:
    """A chart's name becomes a file's name and a part of an address."""
    with pytest.raises(ChartError):
        check_key(ChartKey(repo_url="https://x", chart=chart, version=version))


def test_address_is_shown_without_secrets() -> None:
    """Neither a user, nor a password, nor a signed query is ever shown."""
    assert shown_url("https://u:p@host:1/a?sig=x#y") == "https://host:1/a"
    assert shown_url("u:p@host/a\x1b[31m") == "host/a?[31m"


def test_build_metadata_is_an_underscore_in_a_tag() -> None:
    """Tags have no plus."""
    assert tag_of("1.0.0+up1") == "1.0.0_up1"


@pytest.mark.parametrize(("url", "private"), [("https://x", True), ("http://x", False), ("http://127.0.0.1:5", True)])
def test_plain_http_is_private_on_this_machine_only(url: str, private: bool) -> None:
    """Credentials go where nobody can read along."""
    assert is_private(url) is private


@given(st.text(max_size=40) | st.text("ht:/.@[]?#%\\ \n1a", max_size=20).map("https://{}".format))
def test_no_address_breaks_the_reader(address: str) -> None:
    """Whatever an index or a server names, it is read or refused, and can be shown on one line."""
    with contextlib.suppress(ChartError):
        parse_address(address)
    assert shown_url(address).isprintable()
    assert is_private(join_url("https://a.org/", address)) in {True, False}
