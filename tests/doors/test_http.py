"""The door to HTTP asks once, trusts whom it was told to, and ends at its limits."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from chart_support.certificates import make_certificates
from chart_support.proxy import run_proxy
from chart_support.servers import Reply, Server, serve, table
from trimtab.doors.http import HttpDoor, Request, Timeouts, Trust
from trimtab.doors.http_trouble import HttpError, Trouble

HELLO = {"/": Reply(b"hello", headers={"X-Some": "thing"})}
QUICK = Timeouts(connect=2, read=0.3, whole=0.5)
"""Only for a server that never answers: one that does may be as slow as the machine is."""


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """Make an authority of our own, and a certificate for this machine and a made-up host."""
    return make_certificates(tmp_path_factory.mktemp("certificates"), "charts.example.test")


@pytest.fixture(scope="module")
def secure(certificates: tuple[Path, Path, Path]) -> Iterator[Server]:
    """Serve over TLS with it."""
    _, certificate, key = certificates
    with serve(table(HELLO), certificate=certificate, key=key) as server:
        yield server


def trusting(server: Server, trust: Trust) -> HttpDoor:
    """Give a door that trusts something for one server."""
    return HttpDoor(agent="test", trust={("127.0.0.1", int(server.netloc.rpartition(":")[2])): trust})


def trouble(door: HttpDoor, url: str, limit: int = 1000) -> HttpError:
    """Give what went wrong."""
    with pytest.raises(HttpError) as caught:
        door.fetch(Request(url=url, limit=limit))
    return caught.value


def test_answer_is_given_as_it_is() -> None:
    """Status, headers in lower case, body; and we say who we are."""
    with serve(table(HELLO)) as server:
        answer = HttpDoor(agent="trimtab/1").fetch(Request(url=f"{server.url}/"))
    assert (answer.status, answer.headers["x-some"], answer.body) == (200, "thing", b"hello")
    assert server.asked[0].headers["user-agent"] == "trimtab/1"


@pytest.mark.parametrize("status", [302, 404, 503])
def test_no_status_is_acted_upon(status: int) -> None:
    """Whether to follow or ask again is for others to decide."""
    with serve(table({"/": Reply(b"", status, {"location": "/x"})})) as server:
        assert HttpDoor(agent="test").fetch(Request(url=f"{server.url}/")).status == status
    assert len(server.asked) == 1


def test_own_authority_is_trusted(certificates: tuple[Path, Path, Path], secure: Server) -> None:
    """A host may be signed by an authority that the settings name."""
    door = trusting(secure, Trust(authorities=(certificates[0].read_text(),)))
    assert door.fetch(Request(url=f"{secure.url}/")).body == b"hello"


def test_authority_of_one_host_is_not_that_of_another(certificates: tuple[Path, Path, Path], secure: Server) -> None:
    """What is trusted for one host and port counts for no other."""
    door = HttpDoor(agent="test", trust={("127.0.0.1", 1): Trust(authorities=(certificates[0].read_text(),))})
    assert trouble(door, f"{secure.url}/").trouble is Trouble.CERTIFICATE


def test_unknown_authority_is_refused(secure: Server) -> None:
    """The reason says what is wrong with the certificate."""
    error = trouble(HttpDoor(agent="test"), f"{secure.url}/")
    assert error.trouble is Trouble.CERTIFICATE
    assert "certificate is not trusted: unable to get local issuer certificate" in error.reason


def test_authorities_of_the_environment_are_trusted(
    certificates: tuple[Path, Path, Path], secure: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`SSL_CERT_FILE` names the authorities that the whole system trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates[0]))
    assert HttpDoor(agent="test").fetch(Request(url=f"{secure.url}/")).status == 200


def test_any_certificate_is_taken_where_that_is_wanted(secure: Server) -> None:
    """`insecure` asks for no authority at all."""
    assert trusting(secure, Trust(insecure=True)).fetch(Request(url=f"{secure.url}/")).status == 200


def test_name_must_be_in_the_certificate(certificates: tuple[Path, Path, Path], secure: Server) -> None:
    """A good certificate for another name is refused."""
    port = int(secure.netloc.rpartition(":")[2])
    door = HttpDoor(agent="test", trust={("localhost", port): Trust(authorities=(certificates[0].read_text(),))})
    assert "not valid for 'localhost'" in trouble(door, f"https://localhost:{port}/").reason


def test_file_without_certificates_is_said(secure: Server) -> None:
    """A private key in the place of a certificate is no authority."""
    error = trouble(trusting(secure, Trust(authorities=("nothing",))), f"{secure.url}/")
    assert "none that can be read" in error.reason


@pytest.mark.parametrize("headers", [{}, {"content-encoding": "gzip"}])
def test_long_answers_end_at_the_limit(headers: dict[str, str]) -> None:
    """Neither a long body nor one that inflates gets past the limit."""
    body = b"\0" * 3_000_000
    with serve(table({"/": Reply(gzip.compress(body) if headers else body, headers=headers)})) as server:
        assert trouble(HttpDoor(agent="test"), f"{server.url}/", limit=2_000_000).trouble is Trouble.SIZE


def test_cut_off_body_is_seen_and_kept() -> None:
    """Less than was promised is an error, and what came can be used to resume."""
    with serve(table({"/": Reply(b"0123456789", headers={"etag": '"1"'}, cut=4)})) as server:
        error = trouble(HttpDoor(agent="test"), f"{server.url}/")
    assert (error.trouble, error.partial, error.headers["etag"]) == (Trouble.CUT, b"0123", '"1"')


def test_silence_ends_with_the_time_out() -> None:
    """A server that says nothing is left."""
    stall = threading.Event()
    with serve(table({"/": Reply(b"", stall=stall)})) as server:
        assert trouble(HttpDoor(agent="test", timeouts=QUICK), f"{server.url}/").trouble is Trouble.TIME
        stall.set()


@pytest.mark.parametrize("url", ["http://[::1", "nothing", "ftp://example.org/", "http:///x"])
def test_what_is_no_address_is_said(url: str) -> None:
    """Bad addresses are no traceback."""
    assert trouble(HttpDoor(agent="test"), url).trouble in {Trouble.ADDRESS, Trouble.CONNECT}


def test_unknown_name_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that nobody knows is called that."""

    def resolve(*_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    error = trouble(HttpDoor(agent="test"), "https://charts.invalid/")
    assert (error.trouble, error.reason) == (Trouble.CONNECT, "its name is not known")


def test_plain_http_goes_through_the_proxy() -> None:
    """The proxy is asked for the whole address, with its own credentials, which the server never sees."""
    with serve(table(HELLO)) as server, run_proxy(server.netloc) as proxy:
        door = HttpDoor(agent="test", choose_proxy=lambda _: f"http://me:s3c%40ret@{proxy.netloc}")
        assert door.fetch(Request(url="http://charts.example.test/")).body == b"hello"
    assert proxy.heads[0].startswith("GET http://charts.example.test/ ")
    assert "proxy-authorization: Basic bWU6czNjQHJldA==" in proxy.heads[0]


def test_https_goes_through_a_tunnel(certificates: tuple[Path, Path, Path], secure: Server) -> None:
    """The proxy sees host and port, and nothing of what is said."""
    with run_proxy(secure.netloc) as proxy:
        door = HttpDoor(
            agent="test",
            choose_proxy=lambda _: f"http://me:s3cret@{proxy.netloc}",
            trust={("charts.example.test", 443): Trust(authorities=(certificates[0].read_text(),))},
        )
        answer = door.fetch(Request(url="https://charts.example.test/", headers={"authorization": "Basic x"}))
    assert answer.body == b"hello"
    assert proxy.heads[0].startswith("CONNECT charts.example.test:443 ")
    assert "proxy-authorization" in proxy.heads[0].lower()
    assert "\nauthorization" not in proxy.heads[0].lower()


def test_proxy_that_refuses_is_named_without_its_password() -> None:
    """The status is said; the proxy's address, which may hold a password, is not."""
    with run_proxy("127.0.0.1:1", refuse=407) as proxy:
        door = HttpDoor(agent="test", choose_proxy=lambda _: f"http://me:s3cret@{proxy.netloc}")
        error = trouble(door, "https://charts.example.test/")
    assert "proxy" in error.reason
    assert "407" in error.reason
    assert "s3cret" not in str(vars(error))


def test_proxy_of_another_kind_is_said() -> None:
    """It cannot be used, and is not passed over either."""
    door = HttpDoor(agent="test", choose_proxy=lambda _: "socks4://me:s3cret@127.0.0.1:1")
    assert "the proxy is none of" in trouble(door, "https://charts.example.test/").reason


def test_request_is_shown_without_secrets() -> None:
    """Headers and body are in no log."""
    assert "s3cret" not in repr(Request(url="https://x", headers={"authorization": "s3cret"}, body=b"s3cret"))
