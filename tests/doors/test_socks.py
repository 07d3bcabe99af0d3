"""Through a SOCKS proxy: the name goes to it, its password to nobody else, and its refusals are told in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from chart_support.certificates import make_certificates
from chart_support.servers import Reply, serve, table
from chart_support.socks import run_socks
from trimtab.doors.http import HttpDoor, Request, Timeouts, Trust
from trimtab.doors.http_trouble import HttpError, Trouble
from trimtab.doors.socks import parse_socks

HELLO = {"/": Reply(b"hello")}
PATIENT = Timeouts(connect=30, read=30, whole=60)


def door_to(proxy: str, **more: object) -> HttpDoor:
    """Give a door that asks everything through a proxy."""
    return HttpDoor(agent="test", choose_proxy=lambda _: proxy, timeouts=PATIENT, **more)  # type: ignore[arg-type]


def trouble(proxy: str, url: str = "http://charts.example.test/") -> HttpError:
    """Give what goes wrong."""
    with pytest.raises(HttpError) as caught:
        door_to(proxy).fetch(Request(url=url))
    return caught.value


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
@pytest.mark.parametrize(
    ("host", "asked"),
    [("charts.example.test", "charts.example.test"), ("192.0.2.9", "192.0.2.9"), ("[2001:db8::9]", "2001:db8::9")],
)
def test_the_proxy_is_given_the_name_and_looks_it_up(scheme: str, host: str, asked: str) -> None:
    """Nobody here asks a name server: behind such a proxy there often is none."""
    with serve(table(HELLO)) as server, run_socks(server.netloc) as proxy:
        answer = door_to(f"{scheme}://{proxy.netloc}").fetch(Request(url=f"http://{host}:8080/"))
    assert (answer.status, answer.body) == (200, b"hello")
    assert proxy.asked == [(asked, 8080)]
    assert proxy.users == []


def test_https_is_spoken_with_the_host_behind_it(tmp_path: Path) -> None:
    """Its certificate is the host's, and the port is 443 unless the address says another."""
    authority, certificate, key = make_certificates(tmp_path, "charts.example.test")
    trust = {("charts.example.test", 443): Trust(authorities=(authority.read_text(),))}
    with serve(table(HELLO), certificate=certificate, key=key) as server, run_socks(server.netloc) as proxy:
        url = "https://charts.example.test/"
        assert door_to(f"socks5://{proxy.netloc}", trust=trust).fetch(Request(url=url)).body == b"hello"
        assert trouble(f"socks5://{proxy.netloc}", url).trouble is Trouble.CERTIFICATE
    assert proxy.asked[0] == ("charts.example.test", 443)


def test_user_and_password_go_to_the_proxy_alone() -> None:
    """As RFC 1929 has them, without what stands for them in an address."""
    with serve(table(HELLO)) as server, run_socks(server.netloc, user="me:s3c@ret") as proxy:
        answer = door_to(f"socks5://me:s3c%40ret@{proxy.netloc}").fetch(Request(url="http://charts.example.test/"))
        assert answer.body == b"hello"
        assert "it wants a user and a password" in trouble(f"socks5://{proxy.netloc}").reason
        wrong = trouble(f"socks5://me:wr0ng@{proxy.netloc}")
    assert "the proxy cannot be used: it refuses this user and password" in wrong.reason
    assert "wr0ng" not in str(vars(wrong))
    assert "authorization" not in " ".join(server.asked[0].headers)


@pytest.mark.parametrize(("reply", "words"), [(2, "may not connect there"), (4, "cannot reach it"), (99, "failed")])
def test_what_the_proxy_refuses_is_said(reply: int, words: str) -> None:
    """In words, not in a number."""
    with run_socks("127.0.0.1:1", reply=reply) as proxy:
        error = trouble(f"socks5://{proxy.netloc}")
    assert error.trouble is Trouble.CONNECT
    assert error.reason == f"no connection: the proxy {words}"


@pytest.mark.parametrize(
    ("answer", "words"),
    [(b"HTTP/1.1 400 Bad Request", "does not speak socks 5"), (b"", "broke off"), (b"\5", "broke off")],
)
def test_what_is_no_socks_proxy_is_said(answer: bytes, words: str) -> None:
    """Such as an HTTP proxy at that port, or one that hangs up."""
    with run_socks("127.0.0.1:1", answer=answer) as proxy:
        error = trouble(f"socks5://{proxy.netloc}")
    assert error.trouble is Trouble.CONNECT
    assert f"the proxy cannot be used: it {words}" in error.reason


def test_a_proxy_that_is_not_there_is_said() -> None:
    """And its password is not."""
    error = trouble("socks5://me:s3cret@127.0.0.1:1")
    assert error.reason == "the proxy cannot be used: connection refused"
    assert "s3cret" not in str(vars(error))


def test_the_port_is_1080_unless_another_is_named() -> None:
    """As Go's programs read it."""
    assert (parse_socks("socks5://p").port, parse_socks("socks5://[::1]:9").port) == (1080, 9)
    assert "s3cret" not in repr(parse_socks("socks5://me:s3cret@p"))
    with pytest.raises(ValueError, match="no host"):
        parse_socks("socks5://:9")
