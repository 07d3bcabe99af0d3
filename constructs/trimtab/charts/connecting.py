"""What asks the outside world for charts, put together for this user and these settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from trimtab import __version__
from trimtab.charts.credential_files import load_credentials
from trimtab.charts.credentials import Credentials
from trimtab.charts.fetching import Fetcher
from trimtab.charts.http_repository import HttpRepositories
from trimtab.charts.oci_registry import Registries
from trimtab.charts.proxies import choose_proxy
from trimtab.charts.resolving import Resolver
from trimtab.doors.http import DEFAULT_TIMEOUTS, Door, HttpDoor, Timeouts, Trust

AGENT = f"trimtab/{__version__}"
Where = tuple[str, int]
"""A host and a port."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostTrust:
    """What settings say of one host: its name, maybe with a port, or an address; and what is trusted there."""

    host: str
    authority: str | None = None
    """A file of certificates, its text."""
    insecure: bool = False


def connect(
    environment: Mapping[str, str], hosts: Iterable[HostTrust] = (), *, timeouts: Timeouts = DEFAULT_TIMEOUTS
) -> Resolver:
    """Make what asks for charts: with this user's proxies and credentials, and the certificates of the settings."""
    trust = merge_trust(hosts)
    door = HttpDoor(
        agent=AGENT, choose_proxy=lambda url: choose_proxy(url, environment), trust=trust, timeouts=timeouts
    )
    return make_resolver(door, load_credentials(environment), trust)


def make_resolver(door: Door, credentials: Credentials, trust: Mapping[Where, Trust]) -> Resolver:
    """Make what asks for charts through a door."""
    fetcher = Fetcher(door)
    return Resolver(
        HttpRepositories(fetcher, credentials),
        Registries(fetcher, credentials, speaks_tls=lambda registry: _where(registry) in trust),
    )


def merge_trust(hosts: Iterable[HostTrust]) -> dict[Where, Trust]:
    """Put together what several settings say of each host."""
    found: dict[Where, Trust] = {}
    for one in hosts:
        if one.authority is None and not one.insecure:
            continue
        where = _where(one.host)
        before = found.get(where, Trust())
        added = () if one.authority is None or one.authority in before.authorities else (one.authority,)
        found[where] = Trust(authorities=(*before.authorities, *added), insecure=before.insecure or one.insecure)
    return found


def _where(host: str) -> Where:
    parts = urlsplit(host if "://" in host else f"//{host}")
    try:
        port = parts.port
    except ValueError:
        port = None
    return parts.hostname or "", port or (80 if parts.scheme == "http" else 443)
