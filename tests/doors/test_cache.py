"""The cache of the user's own: private, whole or absent, bounded, and never in the way."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from trimtab.doors.cache import Cache, open_cache

KEY = "a" * 64


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """A cache with nothing in it."""
    found = open_cache({"XDG_CACHE_HOME": str(tmp_path / "cache")})
    assert found is not None
    return found


def test_what_was_written_is_read(cache: Cache) -> None:
    """Under its key, byte for byte; nothing under another key."""
    cache.write(KEY, b"content")
    assert (cache.read(KEY), cache.read("b" * 64)) == (b"content", None)


def test_nobody_else_can_read_or_write_it(cache: Cache) -> None:
    """Folder and entries belong to the user alone, whatever the umask."""
    before = os.umask(0)
    try:
        cache.write(KEY, b"content")
        assert open_cache({"XDG_CACHE_HOME": str(cache.folder.parents[1] / "other")}) is not None
    finally:
        os.umask(before)
    modes = [path.stat().st_mode & 0o077 for path in (cache.folder, cache.folder / KEY)]
    assert modes == [0, 0]


def test_folder_that_others_may_write_to_is_not_used(cache: Cache) -> None:
    """What somebody else can put there must not become a cluster's manifests."""
    cache.folder.chmod(0o777)
    assert open_cache({"XDG_CACHE_HOME": str(cache.folder.parents[1])}) is None


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 100])
def test_damaged_entry_was_never_there(cache: Cache, damage: bytes) -> None:
    """A disk that lies, or a run that was killed, costs time and nothing else."""
    (cache.folder / KEY).write_bytes(damage)
    assert cache.read(KEY) is None


def test_entry_cut_short_was_never_there(cache: Cache) -> None:
    """One byte less is enough."""
    cache.write(KEY, b"content")
    (cache.folder / KEY).write_bytes((cache.folder / KEY).read_bytes()[:-1])
    assert cache.read(KEY) is None


def test_link_is_not_followed(cache: Cache, tmp_path: Path) -> None:
    """An entry is a plain file."""
    cache.write(KEY, b"content")
    (cache.folder / KEY).rename(tmp_path / "elsewhere")
    (cache.folder / KEY).symlink_to(tmp_path / "elsewhere")
    assert cache.read(KEY) is None


def test_folder_that_vanished_costs_nothing(cache: Cache) -> None:
    """Somebody may clear `~/.cache` at any time."""
    cache.folder.rmdir()
    cache.write(KEY, b"content")
    cache.clear_up()
    assert cache.read(KEY) is None


@pytest.mark.parametrize(
    "environment", [{}, {"HOME": "/nonexistent"}, {"HOME": "/" + "x" * 300}, {"XDG_CACHE_HOME": "/dev/null/x"}]
)
def test_without_a_folder_there_is_no_cache(environment: dict[str, str]) -> None:
    """A service account has no home."""
    assert open_cache(environment) is None


def test_least_used_entries_go_first(cache: Cache) -> None:
    """Past the limit the entries leave that nobody has asked for the longest, until three quarters are left."""
    for name in "abcd":
        cache.write(name * 64, b"x" * 68)  # 100 bytes with the digest
        os.utime(cache.folder / (name * 64), (ord(name), ord(name)))
    assert cache.read("a" * 64)
    cache.clear_up(limit=300)
    assert [name for name in "abcd" if cache.read(name * 64)] == ["a", "d"]


def test_below_the_limit_all_stay(cache: Cache) -> None:
    """Clearing up is for a full cache."""
    cache.write(KEY, b"content")
    cache.clear_up()
    assert cache.read(KEY) == b"content"
