"""Proxies, waits and challenges are read as every other program reads them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.charts.challenge import Basic, Bearer, parse_challenge
from trimtab.charts.proxies import choose_proxy
from trimtab.charts.retrying import LONGEST_S, delay
from trimtab.doors.http_trouble import HttpError

BOTH = {"HTTPS_PROXY": "http://secure:3128", "http_proxy": "plain:8080"}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://charts.example.org/x", "http://secure:3128"),
        ("http://charts.example.org/x", "http://plain:8080"),
        ("https://localhost:5000/", None),
        ("https://127.8.0.1/", None),
        ("https://[::1]:5000/", None),
    ],
)
def test_scheme_names_the_proxy(url: str, expected: str | None) -> None:
    """Each scheme has its own, in capitals or not; this machine is asked directly."""
    assert choose_proxy(url, BOTH) == expected


@pytest.mark.parametrize(
    ("without", "url", "is_direct"),
    [
        ("example.org", "https://example.org/", True),
        ("example.org", "https://charts.example.org/", True),
        (".example.org", "https://charts.example.org/", True),
        (".example.org", "https://example.org/", False),
        ("*.example.org", "https://charts.example.org/", True),
        ("example.org", "https://myexample.org/", False),
        ("example.org:8443", "https://example.org:8443/", True),
        ("example.org:8443", "https://example.org/", False),
        ("other, example.org", "https://EXAMPLE.org/", True),
        ("10.0.0.0/8", "https://10.1.2.3/", True),
        ("10.0.0.0/8", "https://11.1.2.3/", False),
        ("2001:db8::/32", "https://[2001:db8::5]:5000/", True),
        ("[2001:db8::5]:5000", "https://[2001:db8::5]:5000/", True),
        ("2001:db8::5", "https://[2001:db8::6]/", False),
        ("*", "https://anything/", True),
        (" , ", "https://anything/", False),
        ("", "https://anything/", False),
    ],
)
def test_exceptions_are_asked_directly(without: str, url: str, is_direct: bool) -> None:
    """`NO_PROXY` takes names with their subdomains, ports, addresses, ranges and `*`."""
    assert (choose_proxy(url, {**BOTH, "NO_PROXY": without}) is None) is is_direct


@pytest.mark.parametrize("proxy", ["socks5://p:1080", "SOCKS5h://p", "https://p", "http://p:3128"])
def test_proxies_that_helm_can_use_can_be_used_here(proxy: str) -> None:
    """SOCKS among them."""
    assert choose_proxy("https://charts.example.org/", {"HTTPS_PROXY": proxy}) == proxy


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy"])
def test_another_kind_of_proxy_is_told_with_the_variable(name: str) -> None:
    """What would be right is said, and the address, which may hold a password, is not."""
    with pytest.raises(HttpError) as caught:
        choose_proxy("https://charts.example.org/", {name: "socks4://me:s3cret@p:1080"})
    assert caught.value.reason.startswith(f"{name} names a proxy that is none of http://, https:// and socks5://")
    assert "s3cret" not in caught.value.reason


@given(st.text(max_size=30))
def test_no_exception_breaks_the_choice(without: str) -> None:
    """Whatever the variable holds, an answer is given."""
    choose_proxy("https://[2001:db8::5]/", {**BOTH, "no_proxy": without})


def test_waits_double() -> None:
    """Half a second, one, two, four: whoever is busy gets time."""
    assert [delay(tries, None) for tries in (1, 2, 3, 4)] == [0.5, 1.0, 2.0, 4.0]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("3", 3.0),
        ("0", 0.0),
        ("99999999999999", LONGEST_S),
        ("Sun, 22 Nov 2026 10:00:05 GMT", 5.0),
        ("Sun, 22 Nov 2026 09:00:00 GMT", 0.0),
        ("soon", 0.5),
        ("-1", 0.5),
        ("Sun, 22 Nov 2026 10:00:05 +99999999999999", 0.5),
    ],
)
def test_server_says_how_long(text: str, seconds: float) -> None:
    """Seconds or a date, never longer than half a minute; anything else is passed over."""
    assert delay(1, text, datetime(2026, 11, 22, 10, tzinfo=UTC)) == seconds


@given(st.text(max_size=40))
def test_no_wait_is_endless(text: str) -> None:
    """Whatever a server says, we wait between nothing and half a minute."""
    assert 0 <= delay(1, text) <= LONGEST_S


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            'Bearer realm="https://auth.example.org/token",service="reg",scope="repository:a/b:pull,push"',
            Bearer(realm="https://auth.example.org/token", service="reg", scope="repository:a/b:pull,push"),
        ),
        ("bearer realm=https://x/t", Bearer(realm="https://x/t")),
        ('Basic realm="x", Bearer realm="https://x/t" , service = "y"', Bearer(realm="https://x/t", service="y")),
        ('Bearer realm="https://x/t",error="invalid \\"token\\"", Basic realm="x"', Bearer(realm="https://x/t")),
        ('Basic realm="x"', Basic()),
        ("Basic", Basic()),
        ("Negotiate", None),
        ("Bearer", None),
        ("", None),
    ],
)
def test_challenge_is_read(header: str, expected: object) -> None:
    """A token is taken where one is offered, a password where not."""
    assert parse_challenge(header) == expected


@given(st.text(max_size=80))
def test_no_header_breaks_the_reader(header: str) -> None:
    """Whatever a server sends, it is read or passed over."""
    parse_challenge(header)


def test_token_is_asked_for_what_is_needed() -> None:
    """Where the server names no scope, ours is asked for; a realm may have a query of its own."""
    assert Bearer(realm="https://x/t?a=b").url("repository:c:pull") == "https://x/t?a=b&scope=repository%3Ac%3Apull"
