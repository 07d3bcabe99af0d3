"""Where a chart lies: an address as settings write it, taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from trimtab.charts.errors import ChartError

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_PATH = re.compile(r"[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*")
"""What a repository may be called in a registry (opencontainers/distribution-spec, spec.md, Pulling manifests)."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ChartKey:
    """What names one chart release: the repository as upstream publishes it, the chart, the version."""

    repo_url: str
    chart: str
    version: str

    def __str__(self) -> str:
        return f"{self.chart} {self.version} of {shown_url(self.repo_url)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedChart:
    """A chart that some cluster needs."""

    key: ChartKey
    places: tuple[str, ...] = ()
    """Addresses that hold it, tried in order: mirrors first. Default: the key's own repository."""
    users: tuple[str, ...] = ()
    """Who needs it, as `cluster/application`."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses to try, in order."""
        return self.places or (self.key.repo_url,)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRepository:
    """A folder on a web server with an `index.yaml`."""

    url: str
    """With one slash at its end."""

    @property
    def index_url(self) -> str:
        """The address of its index."""
        return f"{self.url}index.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class OciRepository:
    """A path in a registry, below which each chart is a repository and each version a tag."""

    registry: str
    """Host, and port where there is one."""
    path: str


def parse_address(address: str) -> HttpRepository | OciRepository:
    """Take an address apart as Argo CD reads it: with `http(s)://` an index, with `oci://` or no scheme a registry.

    Raises:
        ChartError: `chart-address-refused` where it is neither, or holds a user or password.
    """
    parts = split_url(address if "://" in address else f"oci://{address}")
    if parts.scheme in ("https", "http"):
        if parts.query or parts.fragment:
            raise _refused(address, "has a query, which an index has not")
        return HttpRepository(url=f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/")
    if parts.scheme != "oci":
        raise _refused(address, f"begins with {parts.scheme}://")
    path = parts.path.strip("/")
    if path and not _PATH.fullmatch(path):
        raise _refused(address, "is no path of a registry")
    return OciRepository(registry=parts.netloc, path=path)


def check_key(key: ChartKey) -> None:
    """Refuse a name or version that would be something else in an address or a file's name.

    Raises:
        ChartError: `chart-address-refused`.
    """
    if not _NAME.fullmatch(key.chart) or not _VERSION.fullmatch(key.version) or ".." in key.chart + key.version:
        raise _refused(f"{key.chart} {key.version}", "is no chart and version")


def split_url(url: str) -> SplitResult:
    """Split an address that must have a host and no password.

    Raises:
        ChartError: `chart-address-refused`.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise _refused(url, "cannot be read") from error
    if not host or re.search(r"[\s\\\x00-\x1f]", url):
        raise _refused(url, "names no host")
    if "@" in parts.netloc:
        raise _refused(url, "holds a user or password")
    return parts


def origin(url: str) -> tuple[str, str, int]:
    """Give what decides whom one speaks to: scheme, host, port; nothing of it for what is no address (RFC 6454 4)."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "", "", 0
    return parts.scheme, parts.hostname or "", port or (443 if parts.scheme == "https" else 80)


def join_url(base: str, target: str) -> str:
    """Give the address that a relative or absolute one stands for; empty where it cannot be read."""
    try:
        return urljoin(base, target)
    except ValueError:
        return ""


def host_of(address: str) -> str:
    """Give the host of an address, with or without a scheme, in lower case and without its port; empty where none."""
    try:
        return urlsplit(address if "://" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""


def is_private(url: str) -> bool:
    """Tell whether nobody on the way can read what is sent: it is encrypted, or stays on this machine."""
    scheme, host, _ = origin(url)
    return (scheme == "https" and bool(host)) or (scheme == "http" and host in LOOPBACK)


def tag_of(version: str) -> str:
    """Give the tag of a version: tags have no `+`, and Helm writes `_` (helm pkg/registry/tag.go)."""
    return version.replace("+", "_")


def shown_url(url: str) -> str:
    """Write an address for people: without what may be a secret (user, password, query), and on one line."""
    head, separator, rest = url.partition("://")
    bare = rest if separator else head
    host, slash, path = bare.partition("/")
    clean = f"{host.rpartition('@')[2]}{slash}{path.partition('?')[0].partition('#')[0]}"
    return re.sub(r"[^\x21-\x7e]", "?", f"{head}://{clean}" if separator else clean)


def name_list(names: Iterable[str], most: int = 5) -> str:
    """List the first few names for people."""
    given = list(names)
    return ", ".join(given[:most]) + (", …" if len(given) > most else "")


def _refused(address: str, why: str) -> ChartError:
    return ChartError(
        "chart-address-refused",
        f"the address {shown_url(address)} {why}",
        "write https://… for a repository with an index, or host/path for a registry; "
        "credentials belong into .netrc, helm's repositories.yaml or `docker login`",
    )
