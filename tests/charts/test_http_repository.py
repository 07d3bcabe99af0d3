"""Charts of a web server with an index: found, verified, or refused with the reason."""

from __future__ import annotations

import gzip
import tarfile
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chart_support.made import compress, digest, make_archive, make_files, pack, special
from chart_support.repository import make_door, publish, render_index, resolver_of, wanted
from chart_support.servers import Reply, serve, table
from trimtab.charts.credentials import Credentials, HelmRepository, Login
from trimtab.charts.errors import ChartError
from trimtab.doors.http import Timeouts

QUICK = Timeouts(connect=2, read=0.3, whole=0.5)
GOOD = {f"made/{path}": body for path, body in make_files().items()}
LOGIN = Login(user="me", password="s3cret")
Table = Mapping[str, Reply | bytes | list[Reply]]


def refusal(replies: Table, **more: Any) -> ChartError:
    """Give what is said when the chart `made` 1.0.0 is wanted of a server with these answers."""
    with serve(table(replies)) as server, pytest.raises(ChartError) as caught:
        resolver_of(**more).resolve(wanted(server.url))
    assert caught.value.help
    return caught.value


def test_chart_is_found_and_verified() -> None:
    """The index gives address and digest, and both are noted."""
    archive = make_archive("made", "1.0.0")
    with serve(table(publish(("made", "1.1.0"), ("made", "1.0.0")))) as server:
        found = resolver_of().resolve(wanted(server.url))
    assert found.content == archive
    assert found.entry.url == f"{server.url}/made-1.0.0.tgz"
    assert found.entry.digest == digest(archive)
    assert found.entry.manifest_digest is None


@pytest.mark.parametrize("place", ["made.tgz", "./made.tgz", "/charts/made.tgz", "../charts/made.tgz"])
def test_relative_addresses_start_at_the_repository(place: str) -> None:
    """An index may name its archives from where it lies."""
    replies = {
        "/charts/index.yaml": render_index({"made": [{"version": "1.0.0", "urls": [place]}]}),
        "/charts/made.tgz": make_archive(),
    }
    with serve(table(replies)) as server:
        assert resolver_of().resolve(wanted(f"{server.url}/charts")).entry.url == f"{server.url}/charts/made.tgz"


def test_archive_may_lie_on_another_server() -> None:
    """An absolute address in the index is followed, without the credentials of the repository."""
    with serve(table({"/made.tgz": make_archive()})) as other:
        row = {"version": "1.0.0", "urls": [f"{other.url}/made.tgz"]}
        with serve(table({"/index.yaml": render_index({"made": [row]})})) as server:
            mine = Credentials(repositories=[HelmRepository(url=server.url, login=LOGIN)])
            resolver_of(credentials=mine).resolve(wanted(server.url))
    assert "authorization" in server.asked[0].headers
    assert "authorization" not in other.asked[0].headers


def test_index_is_fetched_once_for_many_charts() -> None:
    """Forty charts of one repository, at the same time, ask for its index once."""
    charts = [("made", f"1.0.{n}") for n in range(40)]
    with serve(table(publish(*charts))) as server, ThreadPoolExecutor(8) as pool:
        resolver = resolver_of()
        found = list(pool.map(lambda chart: resolver.resolve(wanted(server.url, *chart)), charts))
    assert len({one.entry.digest for one in found}) == 40
    assert server.paths().count("/index.yaml") == 1


def test_index_may_come_compressed() -> None:
    """Servers may send the index gzipped; archives are asked for as they are."""
    replies = publish(("made", "1.0.0"))
    packed = Reply(gzip.compress(bytes(replies["/index.yaml"])), headers={"content-encoding": "gzip"})  # type: ignore[arg-type]
    with serve(table({**replies, "/index.yaml": packed})) as server:
        assert resolver_of().resolve(wanted(server.url)).content == make_archive()
    assert [one.headers["accept-encoding"] for one in server.asked] == ["gzip", "identity"]


def test_wrong_digest_is_refused() -> None:
    """An archive that is not the one the index promises is refused, with both digests."""
    replies = {**publish(("made", "1.0.0")), "/made-1.0.0.tgz": make_archive(extra=b"x")}
    error = refusal(replies)
    assert error.code == "chart-digest-mismatch"
    assert digest(make_archive()) in error.message


@pytest.mark.parametrize(
    ("archive", "code"),
    [
        (make_archive()[:-20], "archive-broken"),
        (pack({**GOOD, "made/../../evil": b"x"}), "archive-not-safe"),
        (pack(GOOD, special("made/x", tarfile.SYMTYPE, "/etc/passwd")), "archive-not-safe"),
        (compress(b"\0" * 200_000_000), "archive-not-safe"),
        (b"<html>sign in</html>", "archive-broken"),
        (make_archive("made", "2.0.0"), "other-chart-in-archive"),
        (make_archive("evil", "1.0.0"), "other-chart-in-archive"),
    ],
)
def test_bad_archives_are_refused(archive: bytes, code: str) -> None:
    """What the index promises may still be no chart, another chart, or dangerous."""
    assert refusal(publish(("made", "1.0.0"), made=archive)).code == code


@pytest.mark.parametrize(
    ("index", "code"),
    [
        (Reply(b"<html>sign in</html>"), "chart-index-unreadable"),
        (Reply(b"entries: ["), "chart-index-unreadable"),
        (Reply(b"", 404), "chart-index-unreadable"),
        (Reply(b"", 418), "repository-unreachable"),
        (Reply(b"", 503), "repository-unreachable"),
        (Reply(b"", 401), "chart-access-refused"),
        (Reply(b"", 302, {"location": "/index.yaml"}), "redirect-refused"),
        (Reply(b"x" * 100, cut=50), "repository-unreachable"),
    ],
)
def test_bad_indexes_are_refused(index: Reply, code: str) -> None:
    """Whatever a server does in the place of an index, it has a name."""
    assert refusal({"/index.yaml": index}).code == code


@pytest.mark.parametrize("place", ["https://[::1", "file:///etc/passwd", "https://me:s3cret@b.org/x", "oci://[x"])
def test_odd_addresses_in_an_index_are_refused(place: str) -> None:
    """An index may hold anything; what is no address of an archive is not asked."""
    error = refusal({"/index.yaml": render_index({"made": [{"version": "1.0.0", "urls": [place]}]})})
    assert error.code in {"chart-address-refused", "chart-index-unreadable"}
    assert "s3cret" not in error.message


def test_missing_archive_is_said() -> None:
    """An index may name what is not there any more."""
    error = refusal({"/index.yaml": publish(("made", "1.0.0"))["/index.yaml"]})
    assert error.code == "chart-not-found"


def test_silent_server_is_given_up() -> None:
    """A server that takes the question and never answers is left after the time-out."""
    stall = threading.Event()
    error = refusal({"/index.yaml": Reply(b"", stall=stall)}, door=make_door(timeouts=QUICK))
    stall.set()
    assert error.code == "repository-unreachable"
    assert "did not answer in time" in error.message


def test_busy_server_is_asked_again() -> None:
    """429 and then 200 is an answer."""
    replies = publish(("made", "1.0.0"))
    busy = [Reply(b"", 429, {"retry-after": "3"}), Reply(bytes(replies["/index.yaml"]))]  # type: ignore[arg-type]
    door = make_door()
    with serve(table({**replies, "/index.yaml": busy})) as server:
        assert resolver_of(door).resolve(wanted(server.url)).content
    assert door.waited == [3.0]


def test_versions_there_are_are_named() -> None:
    """Who mistypes a version sees those of the same minor first, then the newest."""
    with serve(table(publish(("made", "1.0.1"), ("made", "2.0.0"), ("made", "3.0.0-rc.1")))) as server:
        with pytest.raises(ChartError) as caught:
            resolver_of().resolve(wanted(server.url))
        with pytest.raises(ChartError) as other:
            resolver_of().resolve(wanted(server.url, version="v2.0.0"))
    assert (caught.value.code, caught.value.help) == (
        "chart-version-not-found",
        "there are: 1.0.1, 2.0.0, 3.0.0-rc.1",
    )
    assert other.value.help == "did you mean 2.0.0?"


def test_chart_that_was_meant_is_named() -> None:
    """A mistyped chart is found in the list of those there are."""
    error = refusal(publish(("mades", "1.0.0"), ("other", "1.0.0")))
    assert (error.code, error.help) == ("chart-not-found", "did you mean mades?")


def private(server_url: str, path: str = "") -> Credentials:
    """Know one repository."""
    return Credentials(repositories=[HelmRepository(url=server_url + path, login=LOGIN)])


def test_private_repository_is_let_in() -> None:
    """With credentials the index and the archive are had."""
    with serve(table(publish(("made", "1.0.0")))) as server:
        resolver_of(credentials=private(server.url)).resolve(wanted(server.url))
    assert {one.headers.get("authorization") for one in server.asked} == {LOGIN.basic}


@pytest.mark.parametrize(
    ("known", "word"), [(False, "name credentials for 127.0.0.1"), (True, "are not, or no longer, good")]
)
def test_refused_access_says_what_to_do(known: bool, word: str) -> None:
    """Who has no credentials is told where they are looked for; who has some, that they are not good."""
    with serve(table({"/index.yaml": Reply(b"", 401)})) as server:
        resolver = resolver_of(credentials=private(server.url) if known else Credentials())
        with pytest.raises(ChartError) as caught:
            resolver.resolve(wanted(server.url))
    assert word in (caught.value.help or "")
    assert "s3cret" not in str(vars(caught.value))


def test_next_address_is_tried_where_nobody_answers() -> None:
    """A mirror that is down does not stop what upstream still has."""
    with serve(table({})) as gone:
        pass
    with serve(table(publish(("made", "1.0.0")))) as server:
        found = resolver_of().resolve(wanted("https://upstream.example.org", places=(gone.url, server.url)))
    assert found.entry.key.repo_url == "https://upstream.example.org"
    assert found.entry.url.startswith(server.url)


def test_mirror_that_lacks_a_chart_is_believed() -> None:
    """Only silence leads to the next address: a mirror that answers decides."""
    with serve(table(publish(("other", "1.0.0")))) as mirror, serve(table(publish(("made", "1.0.0")))) as upstream:
        with pytest.raises(ChartError) as caught:
            resolver_of().resolve(wanted("https://x.example.org", places=(mirror.url, upstream.url)))
        assert upstream.asked == []
    assert caught.value.code == "chart-not-found"
