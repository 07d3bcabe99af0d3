"""Archives lie in the repository or in the cache, and their bytes are checked at each use."""

from __future__ import annotations

from pathlib import Path

import pytest

from chart_support.made import digest, make_archive
from chart_support.repository import cache_in
from trimtab.catalogue.chart import ChartPin
from trimtab.charts.errors import ChartError, ChartNotAtHand
from trimtab.charts.folders import ArchiveFolders, find_archive, find_archives
from trimtab.charts.lockfile import Lock, LockEntry, make_lock
from trimtab.charts.reference import ChartKey
from trimtab.charts.vendoring import VENDOR, vendor_archives, vendor_name

ARCHIVE = make_archive()
PIN = ChartPin(component="made", chart="made", version="1.0.0", app_version="", repo_url="https://a.org", oci=False)


def entry_of(content: bytes, repo_url: str = "https://a.org", version: str = "1.0.0") -> LockEntry:
    """Lock bytes."""
    key = ChartKey(repo_url=repo_url, chart="made", version=version)
    return LockEntry(key=key, url=f"{repo_url}/made.tgz", digest=digest(content))


ENTRY = entry_of(ARCHIVE)
LOCK = make_lock([ENTRY])


def vendored(root: Path) -> list[str]:
    """List what lies in the repository."""
    return sorted(path.name for path in (root / VENDOR).iterdir())


def test_archive_is_given_from_the_cache(tmp_path: Path) -> None:
    """What was kept is found, with no network at all."""
    folders = ArchiveFolders(root=tmp_path, cache=cache_in(tmp_path / "cache"))
    folders.keep(ARCHIVE)
    assert find_archive(LOCK, PIN, folders) == ARCHIVE
    assert find_archives(LOCK, folders) == {ENTRY.key: ARCHIVE}


@pytest.mark.parametrize(("lock", "word"), [(Lock(), "does not name"), (LOCK, "is not at hand")])
def test_missing_archive_names_the_command(tmp_path: Path, lock: Lock, word: str) -> None:
    """A chart that is not locked, or not at hand, names what brings it; an empty cache or none makes no difference."""
    with pytest.raises(ChartNotAtHand, match=word) as caught:
        find_archive(lock, PIN, ArchiveFolders(root=tmp_path))
    assert "trimtab lock" in (caught.value.help or "")
    assert caught.value.code == "chart-not-at-hand"


def test_repository_comes_before_the_cache(tmp_path: Path) -> None:
    """Vendored archives need no cache."""
    vendor_archives(tmp_path, LOCK, {ENTRY.key: ARCHIVE})
    assert vendored(tmp_path) == ["made-1.0.0.tgz"]
    assert find_archive(LOCK, PIN, ArchiveFolders(root=tmp_path)) == ARCHIVE


def test_changed_byte_in_the_repository_is_refused(tmp_path: Path) -> None:
    """A vendored archive that is not the locked one is an error, never passed over for the cache."""
    folders = ArchiveFolders(root=tmp_path, cache=cache_in(tmp_path / "cache"))
    folders.keep(ARCHIVE)
    vendor_archives(tmp_path, LOCK, {ENTRY.key: ARCHIVE[:-1] + b"\1"})
    with pytest.raises(ChartError) as caught:
        find_archive(LOCK, PIN, folders)
    assert caught.value.code == "chart-digest-mismatch"


def test_vendoring_takes_the_unused_away_and_nothing_else(tmp_path: Path) -> None:
    """Archives that the lock names no more go; a README stays, and so does an archive that somebody put there."""
    before = make_lock([ENTRY, entry_of(ARCHIVE, version="0.9.0")])
    vendor_archives(tmp_path, before, dict.fromkeys(before.entries, ARCHIVE))
    (tmp_path / VENDOR / "mine-1.0.0.tgz").write_bytes(b"mine")
    (tmp_path / VENDOR / "README.md").write_text("ours")
    vendor_archives(tmp_path, LOCK, {}, before)
    assert vendored(tmp_path) == ["README.md", "made-1.0.0.tgz", "mine-1.0.0.tgz"]
    vendor_archives(tmp_path, LOCK, {}, before)


def test_same_archive_is_not_written_again(tmp_path: Path) -> None:
    """A file that is right keeps its time, so that nothing looks new."""
    vendor_archives(tmp_path, LOCK, {ENTRY.key: ARCHIVE})
    before = (tmp_path / VENDOR / "made-1.0.0.tgz").stat().st_mtime_ns
    vendor_archives(tmp_path, LOCK, {ENTRY.key: ARCHIVE})
    assert (tmp_path / VENDOR / "made-1.0.0.tgz").stat().st_mtime_ns == before


def test_two_charts_of_one_name_lie_side_by_side(tmp_path: Path) -> None:
    """Two repositories may publish one name and version; each archive has a file of its own."""
    other = make_archive(extra=b"x")
    lock = make_lock([ENTRY, entry_of(other, "https://b.org"), entry_of(ARCHIVE, version="2.0.0")])
    names = {vendor_name(lock, entry) for entry in lock.entries.values()}
    assert names == {f"made-1.0.0-{d.removeprefix('sha256:')[:12]}.tgz" for d in (digest(ARCHIVE), digest(other))} | {
        "made-2.0.0.tgz"
    }


def test_link_in_the_repository_is_not_followed(tmp_path: Path) -> None:
    """A vendored archive is a file, never a way elsewhere."""
    from trimtab.doors.errors import OutsideError

    (tmp_path / VENDOR).mkdir(parents=True)
    (tmp_path / "elsewhere").write_bytes(ARCHIVE)
    (tmp_path / VENDOR / "made-1.0.0.tgz").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutsideError):
        find_archive(LOCK, PIN, ArchiveFolders(root=tmp_path))
