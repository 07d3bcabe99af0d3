"""How an address is asked: again where that may help, on to where it leads, and never with secrets for another host."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from trimtab.charts.errors import ChartError, UnreachableError
from trimtab.charts.reference import join_url, origin, shown_url
from trimtab.charts.retrying import AGAIN, TRIES, delay
from trimtab.doors.http import Answer, Door, Request
from trimtab.doors.http_trouble import HttpError, Trouble

REDIRECTS = 5
"""How often an answer may lead elsewhere; a registry's blob leads to its storage once."""

_LEADS = frozenset({301, 302, 303, 307, 308})
_TRIES = {Trouble.CUT: TRIES, Trouble.CONNECT: 2, Trouble.TIME: 2}
"""How often to ask after each trouble; the others stay what they are."""
_HELP = {
    Trouble.CERTIFICATE: "name the certificate that signs it, registries: {HOST: {caFile: …}}, or set SSL_CERT_FILE",
    Trouble.SIZE: "check the address: no chart and no index is that long",
    Trouble.ADDRESS: "check the address",
}
_CHECK_NETWORK = "check the network, HTTPS_PROXY and NO_PROXY; from the cache alone: trimtab lock --offline"


@dataclass(frozen=True, slots=True)
class _Part:
    """What came before the connection broke off, and what marks the file it belongs to."""

    body: bytes
    tag: str


class Fetcher:
    """Asks through a door; threads may share it."""

    def __init__(self, door: Door) -> None:
        """Keep the door."""
        self._door = door
        self._dead: dict[tuple[str, str, int], UnreachableError] = {}
        self._lock = threading.Lock()

    def ask(self, request: Request) -> Answer:
        """Ask, again where that may help, and follow where it leads.

        `Authorization` goes to the first scheme, host and port alone.

        Returns:
            The answer, whatever its status, except one that leads elsewhere or asks to come back later.

        Raises:
            ChartError: `repository-unreachable` where nobody answered, `redirect-refused` where it leads in a ring, too
                far, or from HTTPS to HTTP.
        """
        seen = {request.url}
        for _ in range(REDIRECTS + 1):
            answer = self._ask_again(request)
            if answer.status not in _LEADS or "location" not in answer.headers:
                return answer
            request = _follow(request, answer.headers["location"])
            if request.url in seen:
                raise _refuse_redirect(request.url, "leads in a ring")
            seen.add(request.url)
        raise _refuse_redirect(request.url, f"leads on more than {REDIRECTS} times")

    def _ask_again(self, request: Request) -> Answer:
        where = origin(request.url)
        with self._lock:
            if where in self._dead:
                raise self._dead[where]
        part: _Part | None = None
        for tries in range(1, TRIES + 1):
            wait_for = None
            try:
                answer = self._door.fetch(_resume(request, part))
            except HttpError as error:
                if tries >= _TRIES.get(error.trouble, 1):
                    raise self._give_up(request, error) from None
                part = _keep_part(request, error, part)
            else:
                if part is not None and answer.status == 206:
                    answer = replace(answer, status=200, body=part.body + answer.body)
                part = None
                if answer.status not in AGAIN:
                    return answer
                if tries == TRIES:
                    break
                wait_for = answer.headers.get("retry-after")
            self._door.pause(delay(tries, wait_for))
        raise UnreachableError(
            f"{shown_url(request.url)} answered {answer.status}, {TRIES} times", "wait a while, then run again"
        )

    def _give_up(self, request: Request, error: HttpError) -> UnreachableError:
        advice = _HELP.get(error.trouble, _CHECK_NETWORK).replace("HOST", urlsplit(request.url).netloc)
        found = UnreachableError(f"{shown_url(request.url)} cannot be had: {error.reason}", advice)
        if error.trouble in (Trouble.CONNECT, Trouble.CERTIFICATE):
            with self._lock:
                self._dead[origin(request.url)] = found
        return found


def _follow(request: Request, location: str) -> Request:
    target = join_url(request.url, location)
    before, after = origin(request.url), origin(target)
    if after[0] not in ("https", "http") or not after[1] or "@" in urlsplit(target).netloc:
        raise _refuse_redirect(location, "is no address to be led to")
    if before[0] == "https" and after[0] == "http":
        raise _refuse_redirect(target, "leads from HTTPS to HTTP")
    kept = {k: v for k, v in request.headers.items() if before == after or k.lower() != "authorization"}
    return replace(request, url=target, headers=kept, method="GET", body=None)


def _resume(request: Request, part: _Part | None) -> Request:
    """Ask for the rest alone, if the file is still the same. Source: RFC 9110 13.1.5, 14.2."""
    if part is None:
        return request
    headers = {**request.headers, "range": f"bytes={len(part.body)}-", "if-range": part.tag}
    return replace(request, headers=headers, limit=request.limit - len(part.body))


def _keep_part(request: Request, error: HttpError, before: _Part | None) -> _Part | None:
    tag = error.headers.get("etag", "")
    is_whole_file = "content-encoding" not in error.headers and "content-range" not in error.headers
    if request.method == "GET" and error.partial and is_whole_file and tag.startswith('"'):
        return _Part(error.partial, tag)
    if before is not None and "content-range" in error.headers:
        return _Part(before.body + error.partial, before.tag)
    return before if not error.headers else None


def _refuse_redirect(url: str, why: str) -> ChartError:
    return ChartError("redirect-refused", f"{shown_url(url)} {why}", "check the repository's address with its owner")
