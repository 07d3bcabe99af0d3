"""Charts of a web server with an index."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from trimtab.charts.credentials import Credentials
from trimtab.charts.errors import ChartError, UnreachableError
from trimtab.charts.fetching import Fetcher
from trimtab.charts.index import LIMIT as INDEX_LIMIT
from trimtab.charts.index import Index, Listed, parse_index
from trimtab.charts.missing import chart_not_found, version_not_found
from trimtab.charts.once import Once
from trimtab.charts.reference import HttpRepository, is_private, join_url, shown_url, split_url
from trimtab.doors.http import Answer, Request

ARCHIVE_LIMIT = 32 * 1024 * 1024
"""The most bytes of an archive; the largest chart of the catalogue has half a megabyte."""


@dataclass(frozen=True, slots=True)
class HttpRepositories:
    """Asks web servers; an index is fetched once, however many charts it is asked for."""

    fetcher: Fetcher
    credentials: Credentials
    _indexes: Once[str, Index] = field(default_factory=Once)

    def find(self, repository: HttpRepository, chart: str, version: str) -> tuple[str, str | None]:
        """Find a release in the repository's index.

        Returns:
            The address of its archive, and the digest that the index gives.

        Raises:
            ChartError: It is not there, or the index cannot be had or read.
        """
        index = self._indexes.get(repository.index_url, lambda: self._fetch_index(repository))
        listed = index.find(chart, version)
        if listed is None:
            there = index.versions(chart)
            if there:
                raise version_not_found(chart, version, repository.url, there)
            raise chart_not_found(chart, repository.url, index.charts())
        return self._address(repository, listed), listed.digest

    def fetch_archive(self, url: str) -> bytes:
        """Fetch an archive by its address.

        Raises:
            ChartError: It is not there, or nobody answers.
        """
        answer = self._ask(url, ARCHIVE_LIMIT, {"accept-encoding": "identity"})
        if answer.status != 200:
            raise _refusal(url, answer.status, self.credentials)
        return answer.body

    def _fetch_index(self, repository: HttpRepository) -> Index:
        url = repository.index_url
        answer = self._ask(url, INDEX_LIMIT, {"accept-encoding": "gzip"})
        if answer.status in (404, 410):
            raise ChartError(
                "chart-index-unreadable",
                f"there is no index {shown_url(url)}",
                "check the repository's address: it is the one that `helm repo add` takes",
            )
        if answer.status != 200:
            raise _refusal(url, answer.status, self.credentials)
        return parse_index(answer.body, url)

    def _ask(self, url: str, limit: int, headers: dict[str, str]) -> Answer:
        login = self.credentials.for_url(url)
        if login is not None:
            headers = {**headers, "authorization": login.basic}
        return self.fetcher.ask(Request(url=url, headers=headers, limit=limit))

    @staticmethod
    def _address(repository: HttpRepository, listed: Listed) -> str:
        url = join_url(repository.url, listed.urls[0])
        if url.startswith("oci://"):
            return url
        parts = split_url(url)
        if parts.scheme not in ("https", "http"):
            raise ChartError("chart-index-unreadable", f"its index leads to {shown_url(url)}", "ask who publishes it")
        if repository.url.startswith("https:") and not is_private(url) and listed.digest is None:
            raise ChartError(
                "redirect-refused",
                f"the index {shown_url(repository.index_url)} leads from HTTPS to {shown_url(url)} and gives no digest",
                "ask who publishes it for HTTPS addresses, or for digests",
            )
        return url


def _refusal(url: str, status: int, credentials: Credentials) -> ChartError:
    if status in (404, 410):
        return ChartError(
            "chart-not-found", f"{shown_url(url)} is not there", "the index names it: run `trimtab lock --update`"
        )
    if status in (401, 403):
        return access_refused(url, status, has_login=credentials.for_url(url) is not None)
    return UnreachableError(f"{shown_url(url)} answered {status}", "ask who runs it")


def access_refused(url: str, status: int, *, has_login: bool) -> UnreachableError:
    """Say that a server does not let us in; what it was told is not said."""
    host = urlsplit(url).netloc
    if not is_private(url):
        advice = "credentials are not sent over plain HTTP: use an https:// address"
    elif has_login:
        advice = "the credentials for it are not, or no longer, good: log in again"
    else:
        advice = f"name credentials for {host} in .netrc, by `helm repo add --username`, or by `helm registry login`"
    return UnreachableError(f"{shown_url(url)} refuses access ({status})", advice, code="chart-access-refused")
