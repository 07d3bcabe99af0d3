"""The door to HTTP: one request, one answer, with limits; whom to ask again or to follow is decided above it."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import unquote, urlsplit

import urllib3
import urllib3.exceptions as problems

from trimtab.doors.http_trouble import HttpError, Trouble, translate_problem
from trimtab.doors.socks import SCHEMES, make_socks_manager, parse_socks

CONNECT_TIMEOUT_S = 10.0
READ_TIMEOUT_S = 30.0
WHOLE_TIMEOUT_S = 300.0
"""A chart has a few hundred kilobytes and an index a few megabytes: minutes are for a bad line, not for a long file."""

_STEP = 64 * 1024
_POOLS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked. Headers and body may hold secrets and are never shown."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)
    limit: int = 64 * 1024 * 1024
    """The most bytes of the body, decompressed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back, whatever its status."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""
    body: bytes = b""


class Door(Protocol):
    """Asks the network: `HttpDoor`, or a fake."""

    def fetch(self, request: Request) -> Answer:
        """Ask once."""

    def pause(self, seconds: float) -> None:
        """Wait before asking again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Which certificates of a host are taken, beside those the system trusts."""

    authorities: tuple[str, ...] = ()
    """Certificates, as PEM."""
    insecure: bool = False
    """Take any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """How long is waited, in seconds."""

    connect: float = CONNECT_TIMEOUT_S
    read: float = READ_TIMEOUT_S
    whole: float = WHOLE_TIMEOUT_S


DEFAULT_TIMEOUTS = Timeouts()


class HttpDoor:
    """Asks through urllib3: keeps connections, follows nothing, repeats nothing. Threads may share it."""

    def __init__(
        self,
        *,
        agent: str,
        choose_proxy: Callable[[str], str | None] = lambda _: None,
        trust: Mapping[tuple[str, int], Trust] | None = None,
        timeouts: Timeouts = DEFAULT_TIMEOUTS,
    ) -> None:
        """Keep how to ask.

        Args:
            agent: What the program calls itself.
            choose_proxy: The proxy for a URL, where there is one.
            trust: Host and port to what is trusted there.
            timeouts: How long is waited.
        """
        self._agent = agent
        self._choose_proxy = choose_proxy
        self._trust = trust or {}
        self._timeouts = timeouts
        self._managers: dict[tuple[str | None, Trust | None], urllib3.PoolManager] = {}
        self._lock = threading.Lock()

    def fetch(self, request: Request) -> Answer:
        """Ask once.

        Raises:
            HttpError: No whole answer came.
        """
        until = time.monotonic() + self._timeouts.whole
        if not request.url.startswith(("https://", "http://")):
            raise HttpError(Trouble.ADDRESS, "the address is neither https:// nor http://")
        try:
            response = self._open(request)
        except problems.HTTPError as error:
            raise translate_problem(error) from None  # its words may hold a proxy's password
        except (ValueError, OSError) as error:
            raise HttpError(Trouble.ADDRESS, "the address cannot be used") from error
        headers = {name.lower(): value for name, value in response.headers.items()}
        body = bytearray()
        try:
            while part := response.read1(_STEP):
                body += part
                _check_body(body, request.limit, until)
        except problems.HTTPError as error:
            found = translate_problem(error, at_body=True)
            raise HttpError(found.trouble, found.reason, bytes(body), headers) from None
        finally:
            response.close()
            response.release_conn()
        return Answer(status=response.status, headers=headers, body=bytes(body))

    def pause(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)

    def _open(self, request: Request) -> urllib3.BaseHTTPResponse:
        manager = self._manager(request.url)
        return manager.request(
            request.method,
            request.url,
            headers={"user-agent": self._agent, **request.headers},
            body=request.body,
            redirect=False,
            retries=False,
            preload_content=False,
            timeout=urllib3.Timeout(connect=self._timeouts.connect, read=self._timeouts.read),
        )

    def _manager(self, url: str) -> urllib3.PoolManager:
        parts = urlsplit(url)
        where = (parts.hostname or "", parts.port or 443)
        key = (self._choose_proxy(url), self._trust.get(where, Trust()) if parts.scheme == "https" else None)
        with self._lock:
            if key not in self._managers:
                self._managers[key] = _make_manager(*key)
            return self._managers[key]


def _check_body(body: bytearray, limit: int, until: float) -> None:
    if len(body) > limit:
        raise HttpError(Trouble.SIZE, f"the answer has more than {limit} bytes")
    if time.monotonic() > until:
        raise HttpError(Trouble.TIME, "the whole answer took too long")


def _make_manager(proxy: str | None, trust: Trust | None) -> urllib3.PoolManager:
    context = None if trust is None else _make_context(trust)
    if proxy is None:
        return urllib3.PoolManager(_POOLS, maxsize=_POOLS, ssl_context=context)
    parts = urlsplit(proxy)
    if parts.scheme in SCHEMES:
        return make_socks_manager(parse_socks(proxy), _POOLS, context)
    if parts.scheme not in ("http", "https"):
        raise HttpError(Trouble.ADDRESS, "the proxy is none of http://, https:// and socks5://")
    where = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    given = f"{unquote(parts.username)}:{unquote(parts.password or '')}" if parts.username else None
    headers = urllib3.make_headers(proxy_basic_auth=given) if given else None
    return urllib3.ProxyManager(where, _POOLS, proxy_headers=headers, maxsize=_POOLS, ssl_context=context)


def _make_context(trust: Trust) -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        for authority in trust.authorities:
            context.load_verify_locations(cadata=authority)
    except ssl.SSLError as error:
        raise HttpError(Trouble.CERTIFICATE, "a file of certificates holds none that can be read") from error
    if trust.insecure:
        urllib3.disable_warnings(problems.InsecureRequestWarning)  # the settings ask for it
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
