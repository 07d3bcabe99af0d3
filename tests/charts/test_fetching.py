"""Asking again, following and resuming: what is done, and where it ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from chart_support.repository import make_door
from chart_support.servers import Reply, Server, serve, table
from trimtab.charts.errors import ChartError, UnreachableError
from trimtab.charts.fetching import Fetcher
from trimtab.doors.http import Answer, Request
from trimtab.doors.http_trouble import HttpError, Trouble


@dataclass
class FakeDoor:
    """Gives answers in order, and notes what was asked and how long one would have waited."""

    answers: Iterator[Answer | HttpError]
    asked: list[Request] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)

    def fetch(self, request: Request) -> Answer:
        """Ask."""
        self.asked.append(request)
        answer = next(self.answers)
        if isinstance(answer, HttpError):
            raise answer
        return answer

    def pause(self, seconds: float) -> None:
        """Wait for nothing."""
        self.waited.append(seconds)


def fetcher_with(*answers: Answer | HttpError) -> tuple[Fetcher, FakeDoor]:
    """Give a fetcher whose door gives these answers."""
    door = FakeDoor(iter(answers))
    return Fetcher(door), door


def lead(where: str, status: int = 302) -> Answer:
    """Lead elsewhere."""
    return Answer(status=status, headers={"location": where})


OK = Answer(status=200, body=b"whole")
AUTH = {"authorization": "Basic c2VjcmV0", "accept": "x"}


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_busy_server_is_asked_again(status: int) -> None:
    """What another try may change is tried again, after half a second, then a whole one."""
    fetcher, door = fetcher_with(Answer(status=status), Answer(status=status), OK)
    assert fetcher.ask(Request(url="https://a/x")) == OK
    assert door.waited == [0.5, 1.0]


def test_server_says_how_long_to_wait() -> None:
    """`Retry-After` is obeyed, up to half a minute."""
    busy = [Answer(status=429, headers={"retry-after": text}) for text in ("7", "9999", "nonsense")]
    fetcher, door = fetcher_with(*busy, OK)
    assert fetcher.ask(Request(url="https://a/x")) == OK
    assert door.waited == [7.0, 30.0, 2.0]


def test_there_is_an_end_to_asking() -> None:
    """After four tries it is said what the server answered."""
    fetcher, door = fetcher_with(*[Answer(status=503)] * 9)
    with pytest.raises(UnreachableError, match="answered 503, 4 times"):
        fetcher.ask(Request(url="https://a/x?sig=secret"))
    assert len(door.asked) == 4


@pytest.mark.parametrize("status", [200, 206, 400, 401, 403, 404])
def test_answers_that_stay_are_given_at_once(status: int) -> None:
    """No second try would change them."""
    fetcher, door = fetcher_with(Answer(status=status))
    assert fetcher.ask(Request(url="https://a/x")).status == status
    assert door.waited == []


@pytest.mark.parametrize(
    ("target", "is_sent"),
    [
        ("/other", True),
        ("https://a/other", True),
        ("https://a:443/other", True),
        ("https://a:8443/other", False),
        ("https://b/other", False),
        ("https://sub.a/other", False),
        ("//b/other", False),
    ],
)
def test_credentials_stay_with_their_host(target: str, is_sent: bool) -> None:
    """A redirect to another host or port takes no credentials along; everything else goes along."""
    fetcher, door = fetcher_with(lead(target), OK)
    fetcher.ask(Request(url="https://a/x", headers=AUTH))
    assert ("authorization" in door.asked[1].headers) is is_sent
    assert door.asked[1].headers["accept"] == "x"


def test_credentials_do_not_come_back() -> None:
    """Once led elsewhere, they are gone for good: the other host may lead back to anything."""
    fetcher, door = fetcher_with(lead("https://b/x"), lead("https://a/y"), OK)
    fetcher.ask(Request(url="https://a/x", headers=AUTH))
    assert "authorization" not in door.asked[2].headers


@pytest.mark.parametrize(
    ("answers", "word"),
    [
        ([lead("/y"), lead("/x")], "leads in a ring"),
        ([lead(f"/{n}") for n in range(9)], "more than 5 times"),
        ([lead("http://a/x")], "from HTTPS to HTTP"),
        ([lead("file:///etc/passwd")], "no address to be led to"),
        ([lead("https://user:secret@b/")], "no address to be led to"),
        ([lead("https://[::1")], "no address to be led to"),
        ([lead("https://b:port/")], "no address to be led to"),
    ],
)
def test_redirects_that_lead_astray_are_refused(answers: list[Answer], word: str) -> None:
    """A ring, a long way, plain HTTP and other schemes end it."""
    fetcher, _ = fetcher_with(*answers)
    with pytest.raises(ChartError, match=word) as caught:
        fetcher.ask(Request(url="https://a/x"))
    assert caught.value.code == "redirect-refused"
    assert "secret" not in caught.value.message


def test_broken_download_is_resumed() -> None:
    """What came is kept, and only the rest is asked for, if the file is still the same."""
    cut = HttpError(Trouble.CUT, "broke", b"who", {"etag": '"1"'})
    fetcher, door = fetcher_with(cut, Answer(status=206, body=b"le"))
    assert fetcher.ask(Request(url="https://a/x", limit=5)).body == b"whole"
    assert door.asked[1].headers == {"range": "bytes=3-", "if-range": '"1"'}
    assert door.asked[1].limit == 2


@pytest.mark.parametrize("headers", [{}, {"etag": 'W/"1"'}, {"etag": '"1"', "content-encoding": "gzip"}])
def test_what_cannot_be_resumed_is_asked_for_whole(headers: dict[str, str]) -> None:
    """Without a strong tag nobody knows whether two halves belong together (RFC 9110 13.1.5)."""
    fetcher, door = fetcher_with(HttpError(Trouble.CUT, "broke", b"who", headers), OK)
    assert fetcher.ask(Request(url="https://a/x")) == OK
    assert "range" not in door.asked[1].headers


def test_changed_file_replaces_the_half() -> None:
    """A server that sends the whole again has another file by now."""
    fetcher, _ = fetcher_with(HttpError(Trouble.CUT, "broke", b"old", {"etag": '"1"'}), OK)
    assert fetcher.ask(Request(url="https://a/x")).body == b"whole"


def test_dead_host_is_asked_once_for_all() -> None:
    """Forty charts of a host that is not there wait for it once."""
    fetcher, door = fetcher_with(*[HttpError(Trouble.CONNECT, "no connection")] * 2)
    for path in ("x", "y", "z"):
        with pytest.raises(UnreachableError):
            fetcher.ask(Request(url=f"https://a/{path}"))
    assert len(door.asked) == 2


def test_untrusted_certificate_names_the_setting() -> None:
    """The advice is the setting for exactly this host, and no second try is made."""
    fetcher, door = fetcher_with(HttpError(Trouble.CERTIFICATE, "not trusted"))
    with pytest.raises(UnreachableError) as caught:
        fetcher.ask(Request(url="https://charts.example.org:8443/x"))
    assert "registries: {charts.example.org:8443: {caFile" in (caught.value.help or "")
    assert len(door.asked) == 1


def half_then_rest(whole: bytes) -> dict[str, list[Reply]]:
    """Give half a body, and after that whatever was asked for."""
    tag = {"etag": '"1"'}
    rest = Reply(whole[5:], 206, {"content-range": f"bytes 5-{len(whole) - 1}/{len(whole)}", **tag})
    return {"/x": [Reply(whole, headers=tag, cut=5), rest]}


def test_half_a_body_is_seen_and_resumed() -> None:
    """A server that breaks off after half of what it promised is asked for the other half."""
    whole = b"0123456789"
    with serve(table({**half_then_rest(whole)})) as server:
        answer = Fetcher(make_door()).ask(Request(url=f"{server.url}/x"))
        assert answer.body == whole
        assert server.asked[1].headers["range"] == "bytes=5-"


def test_nobody_there_is_said(unused: str) -> None:
    """A port where nobody listens is no traceback."""
    with pytest.raises(UnreachableError, match="connection refused") as caught:
        Fetcher(make_door()).ask(Request(url=f"{unused}/x"))
    assert "--offline" in (caught.value.help or "")


@pytest.fixture
def unused() -> str:
    """Give an address where nobody listens any more."""
    with serve(table({})) as server:
        gone: Server = server
    return gone.url
