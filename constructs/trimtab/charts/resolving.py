"""One chart, from what is wanted to its archive, looked up in the outside world."""

from __future__ import annotations

from dataclasses import dataclass

from trimtab.charts.archive import read_archive
from trimtab.charts.digests import check_digest, digest_of
from trimtab.charts.errors import ChartError, UnreachableError
from trimtab.charts.http_repository import HttpRepositories
from trimtab.charts.lockfile import LockEntry
from trimtab.charts.oci_registry import Registries
from trimtab.charts.reference import (
    ChartKey,
    HttpRepository,
    OciRepository,
    WantedChart,
    check_key,
    parse_address,
    shown_url,
    split_url,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A chart that was found, fetched and read."""

    entry: LockEntry
    content: bytes
    """The bytes of its archive."""


@dataclass(frozen=True, slots=True)
class Resolver:
    """Finds charts in repositories and registries; threads may share it."""

    repositories: HttpRepositories
    registries: Registries

    def resolve(self, wanted: WantedChart) -> Resolved:
        """Find a chart where it is said to lie; another address is tried only where nobody answers at one.

        Raises:
            ChartError: It cannot be had or trusted.
        """
        check_key(wanted.key)
        last: UnreachableError | None = None
        for address in wanted.addresses:
            try:
                return self._resolve_at(wanted.key, address)
            except UnreachableError as error:
                last = last or error
        raise last or UnreachableError(f"{wanted.key} has no address", "name its repository")

    def fetch_locked(self, entry: LockEntry) -> bytes:
        """Fetch the archive that a lock names, by its address.

        Raises:
            ChartError: It cannot be had; `chart-digest-mismatch` where it is another one.
        """
        split_url(entry.url)
        if entry.manifest_digest is not None:
            return self.registries.fetch_blob(entry.url, entry.digest)
        content = self.repositories.fetch_archive(entry.url)
        check_digest(content, entry.digest, f"the archive {shown_url(entry.url)}", "charts.lock")
        return content

    def _resolve_at(self, key: ChartKey, address: str) -> Resolved:
        place = parse_address(address)
        found = self._of_index(key, place) if isinstance(place, HttpRepository) else self._of_registry(key, place)
        _check_identity(key, found.content)
        return found

    def _of_index(self, key: ChartKey, repository: HttpRepository) -> Resolved:
        url, digest = self.repositories.find(repository, key.chart, key.version)
        if url.startswith("oci://"):  # some indexes only lead to a registry
            place = parse_address(url.rpartition("/")[0])
            name = url.rpartition("/")[2].partition(":")[0]
            if isinstance(place, OciRepository):
                return self._of_registry(key, place, name)
        content = self.repositories.fetch_archive(url)
        if digest is not None:
            check_digest(content, digest, f"the archive {shown_url(url)}", "the repository's index")
        return Resolved(entry=LockEntry(key=key, url=url, digest=digest_of(content)), content=content)

    def _of_registry(self, key: ChartKey, repository: OciRepository, name: str | None = None) -> Resolved:
        located = self.registries.find(repository, name or key.chart, key.version)
        content = self.registries.fetch_blob(located.url, located.layer.digest)
        entry = LockEntry(
            key=key, url=located.url, digest=located.layer.digest, manifest_digest=located.manifest_digest
        )
        return Resolved(entry=entry, content=content)


def _check_identity(key: ChartKey, content: bytes) -> None:
    archive = read_archive(content)
    if archive.name != key.chart or archive.version.removeprefix("v") != key.version.removeprefix("v"):
        raise ChartError(
            "other-chart-in-archive",
            f"what is published as {key} says it is {archive.name[:60]} {archive.version[:60]}",
            "do not use it: ask who publishes it",
        )
