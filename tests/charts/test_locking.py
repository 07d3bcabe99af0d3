"""The lock keeps what it has, adds what is missing, and takes no other content unasked."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from chart_support.made import digest, make_archive
from chart_support.registry import Registry
from chart_support.repository import cache_in, publish, render_index, resolver_of, wanted
from chart_support.servers import Answerer, Asked, Reply, Server, serve, table
from trimtab.catalogue.chart import ChartPin
from trimtab.charts.errors import ChartNotAtHand
from trimtab.charts.folders import ArchiveFolders, find_archive
from trimtab.charts.lockfile import Lock
from trimtab.charts.locking import Became, Locked, lock_charts
from trimtab.charts.reference import WantedChart
from trimtab.charts.wish import Wish

UPSTREAM = "https://upstream.example.org"
Table = Mapping[str, Reply | bytes | list[Reply]]


def at(server: Server, chart: str = "made", version: str = "1.0.0") -> WantedChart:
    """Want a chart of upstream, from a mirror that is a server of the test."""
    return wanted(UPSTREAM, chart, version, places=(server.url,))


def run(
    charts: list[WantedChart], lock: Lock, folders: ArchiveFolders, wish: Wish | None = None, *, keeps: bool = False
) -> Locked:
    """Bring a lock up to what is wanted."""
    return lock_charts(charts, lock, resolver=resolver_of(), folders=folders, wish=wish or Wish(), keeps_others=keeps)


def changing(replies: Table) -> Answerer:
    """Answer by a table that may change."""
    return lambda asked: table(replies)(asked)  # noqa: PLW0108 - the table as it is by then


def became(locked: Locked) -> dict[str, str]:
    """Give what became of each chart, an error by its code."""
    return {one.wanted.key.chart: one.error.code if one.error else one.became.value for one in locked.outcomes}


@pytest.fixture
def folders(tmp_path: Path) -> ArchiveFolders:
    """Give a repository without archives, and an empty cache."""
    return ArchiveFolders(root=tmp_path / "repository", cache=cache_in(tmp_path / "cache"))


@pytest.fixture
def other(tmp_path: Path) -> ArchiveFolders:
    """Give another machine: the same repository, and a cache of its own."""
    return ArchiveFolders(root=tmp_path / "repository", cache=cache_in(tmp_path / "other"))


def test_missing_charts_are_added_and_the_rest_is_kept(folders: ArchiveFolders) -> None:
    """A second run asks nobody about what is locked and at hand."""
    with serve(table(publish(("made", "1.0.0"), ("more", "2.0.0")))) as server:
        first = run([at(server)], Lock(), folders)
        server.asked.clear()
        second = run([at(server), at(server, "more", "2.0.0")], first.lock, folders)
    assert became(first) == {"made": "added"}
    assert became(second) == {"made": "kept", "more": "added"}
    assert server.paths() == ["/index.yaml", "/more-2.0.0.tgz"]


def test_what_nobody_needs_is_dropped(folders: ArchiveFolders) -> None:
    """A chart that no cluster has any more leaves the lock; where only some clusters were asked, it stays."""
    with serve(table(publish(("made", "1.0.0"), ("more", "2.0.0")))) as server:
        lock = run([at(server), at(server, "more", "2.0.0")], Lock(), folders).lock
    some = run([at(server)], lock, folders, keeps=True)
    all_ = run([at(server)], lock, folders)
    assert (some.lock, some.dropped) == (lock, ())
    assert [key.chart for key in all_.dropped] == ["more"]
    assert [key.chart for key in all_.lock.entries] == ["made"]


def test_other_machine_fetches_what_is_locked(folders: ArchiveFolders, other: ArchiveFolders) -> None:
    """Without the archive, its locked address is asked, not the index; and the lock stays as it is."""
    with serve(table(publish(("made", "1.0.0")))) as server:
        lock = run([at(server)], Lock(), folders).lock
        server.asked.clear()
        again = run([at(server)], lock, other)
    assert became(again) == {"made": "fetched"}
    assert again.lock == lock
    assert server.paths() == ["/made-1.0.0.tgz"]


def test_changed_content_is_refused(folders: ArchiveFolders, other: ArchiveFolders) -> None:
    """Whoever publishes a version again is found out, whether we look again or only lack the archive."""
    replies = dict(publish(("made", "1.0.0")))
    with serve(changing(replies)) as server:
        lock = run([at(server)], Lock(), folders).lock
        replies.update(publish(("made", "1.0.0"), made=make_archive(extra=b"new")))
        looked = run([at(server)], lock, folders, Wish(update=True))
        lacked = run([at(server)], lock, other)
        named = run([at(server)], lock, folders, Wish(update=True, accept=frozenset({"made@1.0.0"})))
    assert became(looked) == became(lacked) == {"made": "chart-content-changed"}
    assert looked.lock == lacked.lock == lock
    assert became(named) == {"made": "changed"}
    assert named.lock.entries[at(server).key].digest == digest(make_archive(extra=b"new"))
    error = looked.outcomes[0].error
    assert error is not None
    assert "trimtab lock --update --accept made" in (error.help or "")


def test_other_charts_are_not_accepted_along(folders: ArchiveFolders) -> None:
    """What is accepted is accepted for one chart, or one version of it."""
    replies = dict(publish(("made", "1.0.0")))
    with serve(changing(replies)) as server:
        lock = run([at(server)], Lock(), folders).lock
        replies.update(publish(("made", "1.0.0"), made=make_archive(extra=b"new")))
        wish = Wish(update=True, accept=frozenset({"more", "made@1.0.1"}))
        assert became(run([at(server)], lock, folders, wish)) == {"made": "chart-content-changed"}


def test_looking_again_at_the_same_changes_nothing(folders: ArchiveFolders) -> None:
    """`--update` of what is as it was gives the same lock."""
    with serve(table(publish(("made", "1.0.0")))) as server:
        lock = run([at(server)], Lock(), folders).lock
        again = run([at(server)], lock, folders, Wish(update=True))
    assert (became(again), again.lock) == ({"made": "kept"}, lock)


def test_one_failure_does_not_lose_the_others(folders: ArchiveFolders) -> None:
    """What could be had is in the lock, though another chart is not there."""
    with serve(table(publish(("made", "1.0.0")))) as server:
        locked = run([at(server), at(server, "nothing")], Lock(), folders)
    assert became(locked) == {"made": "added", "nothing": "chart-not-found"}
    assert [key.chart for key in locked.lock.entries] == ["made"]


def test_moved_archive_is_found_again(folders: ArchiveFolders, other: ArchiveFolders) -> None:
    """Where the locked address gives nothing any more, the index says where it is now."""
    archive = make_archive()
    replies: dict[str, Reply | bytes | list[Reply]] = dict(publish(("made", "1.0.0")))
    with serve(changing(replies)) as server:
        lock = run([at(server)], Lock(), folders).lock
        replies.clear()
        replies["/index.yaml"] = render_index({"made": [{"version": "1.0.0", "urls": ["new/made.tgz"]}]})
        replies["/new/made.tgz"] = archive
        moved = run([at(server)], lock, other)
    assert became(moved) == {"made": "fetched"}
    assert moved.lock.entries[at(server).key].url == f"{server.url}/new/made.tgz"


def test_offline_takes_from_the_cache_only(folders: ArchiveFolders, other: ArchiveFolders) -> None:
    """Nobody is asked: what is at hand is kept, the rest is said."""
    with serve(table(publish(("made", "1.0.0"), ("more", "2.0.0")))) as server:
        lock = run([at(server)], Lock(), folders).lock
        server.asked.clear()
        wish = Wish(offline=True)
        assert became(run([at(server), at(server, "more", "2.0.0")], lock, folders, wish)) == {
            "made": "kept",
            "more": "chart-needs-network",
        }
        assert became(run([at(server)], lock, other, wish)) == {"made": "chart-needs-network"}
        assert server.asked == []


def test_changed_byte_in_the_cache_is_refused(folders: ArchiveFolders) -> None:
    """An archive that was touched in the cache is not at hand, and is fetched again."""
    with serve(table(publish(("made", "1.0.0")))) as server:
        lock = run([at(server)], Lock(), folders).lock
        assert folders.cache is not None
        [kept] = folders.cache.folder.iterdir()
        evil = make_archive(extra=b"evil")
        folders.cache.write(kept.name, evil)  # a sound entry, under another archive's name
        with pytest.raises(ChartNotAtHand):
            find_archive(lock, pin_of(at(server)), folders)
        assert became(run([at(server)], lock, folders)) == {"made": "fetched"}
        assert find_archive(lock, pin_of(at(server)), folders) == make_archive()


def test_locked_registry_chart_is_fetched_by_digest(folders: ArchiveFolders, other: ArchiveFolders) -> None:
    """A tag that was moved to other content does not matter to who has a lock."""
    registry = Registry()
    registry.push("charts/made", "1.0.0", make_archive())
    with serve(registry.answer) as server:
        chart = wanted("quay.example.org/charts", places=(f"{server.netloc}/charts",))
        lock = run([chart], Lock(), folders).lock
        registry.push("charts/made", "1.0.0", make_archive(extra=b"new"))
        assert became(run([chart], lock, other)) == {"made": "fetched"}
        assert became(run([chart], lock, folders, Wish(update=True))) == {"made": "chart-content-changed"}


def test_charts_are_fetched_side_by_side(folders: ArchiveFolders) -> None:
    """A server that answers only where two ask at once is content with us."""
    replies = table(publish(*[("made", f"1.0.{n}") for n in range(40)]))
    pair = threading.Barrier(2, timeout=30)

    def answer(asked: Asked) -> Reply:
        if asked.path.endswith(".tgz"):
            pair.wait()
        return replies(asked)

    with serve(answer) as server:
        locked = run([at(server, "made", f"1.0.{n}") for n in range(40)], Lock(), folders)
    assert {one.became for one in locked.outcomes} == {Became.ADDED}


def pin_of(chart: WantedChart) -> ChartPin:
    """Give the pin that a plan would have of a chart."""
    key = chart.key
    return ChartPin(
        component="made", chart=key.chart, version=key.version, app_version="", repo_url=key.repo_url, oci=False
    )
