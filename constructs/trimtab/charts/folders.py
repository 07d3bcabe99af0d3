"""Where archives are at hand: the repository's own folder of them, and the user's cache; both checked at each use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from trimtab.catalogue.chart import ChartPin
from trimtab.charts.digests import check_digest, digest_of
from trimtab.charts.errors import ChartNotAtHand
from trimtab.charts.lockfile import LOCK_FILE, Lock, LockEntry
from trimtab.charts.reference import ChartKey
from trimtab.charts.vendoring import VENDOR, vendor_name
from trimtab.doors.cache import Cache
from trimtab.doors.disk import FileKind, read_bytes, read_kind

CACHE_NAME = "charts"
"""What the user's cache calls them; an entry's key is the archive's SHA-256."""
CACHE_LIMIT = 1024 * 1024 * 1024
"""The most bytes kept there: some ten thousand charts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveFolders:
    """Where to look, first the repository, then the cache."""

    root: Path
    """The top of the repository."""
    cache: Cache | None = None

    @property
    def has_vendor(self) -> bool:
        """Whether archives lie in the repository."""
        return read_kind(self.root / VENDOR) is FileKind.FOLDER

    def find(self, lock: Lock, entry: LockEntry) -> bytes | None:
        """Find the archive of a lock's entry, in the repository or the cache; nothing where it is not at hand.

        Raises:
            ChartError: `chart-digest-mismatch` where the one in the repository is another.
            OutsideError: It cannot be read.
        """
        found = self.find_vendored(lock, entry)
        return self.find_cached(entry) if found is None else found

    def find_vendored(self, lock: Lock, entry: LockEntry) -> bytes | None:
        """Find an archive in the repository; nothing where it is not there.

        Raises:
            ChartError: `chart-digest-mismatch` where it is another.
            OutsideError: It cannot be read.
        """
        path = self.root / VENDOR / vendor_name(lock, entry)
        if read_kind(path) is FileKind.NOTHING:
            return None
        content = read_bytes(path, follow=False)
        check_digest(content, entry.digest, f"{VENDOR}/{path.name}", LOCK_FILE)
        return content

    def find_cached(self, entry: LockEntry) -> bytes | None:
        """Find an archive in the cache; nothing where it is not there, or not as it was written."""
        content = self.cache.read(entry.sha256) if self.cache else None
        return content if content is not None and digest_of(content) == entry.digest else None

    def keep(self, content: bytes) -> None:
        """Keep an archive in the cache, whole or not at all."""
        if self.cache is not None:
            self.cache.write(digest_of(content).removeprefix("sha256:"), content)


def find_archive(lock: Lock, pin: ChartPin, folders: ArchiveFolders) -> bytes:
    """Give the archive of a chart, without the network; its digest is checked each time.

    Args:
        lock: What `charts.lock` says.
        pin: The chart.
        folders: Where to look.

    Raises:
        ChartNotAtHand: No lock names it, or its archive is not at hand; `trimtab lock` mends both.
        ChartError: `chart-digest-mismatch` where the one in the repository is another.
        OutsideError: It cannot be read.
    """
    key = ChartKey(repo_url=pin.repo_url, chart=pin.chart, version=pin.version)
    entry = lock.entries.get(key)
    if entry is None:
        raise ChartNotAtHand(f"{LOCK_FILE} does not name {key}")
    content = folders.find(lock, entry)
    if content is None:
        raise ChartNotAtHand(f"the archive of {key} is not at hand")
    return content


def find_archives(lock: Lock, folders: ArchiveFolders) -> Mapping[ChartKey, bytes]:
    """Give every archive of a lock that is at hand.

    Raises:
        ChartError: `chart-digest-mismatch` where one in the repository is another.
        OutsideError: One cannot be read.
    """
    found = {key: folders.find(lock, entry) for key, entry in lock.entries.items()}
    return {key: content for key, content in found.items() if content is not None}
