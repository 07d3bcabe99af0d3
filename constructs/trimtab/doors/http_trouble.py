"""What can keep an answer from coming, in words that hold no secret."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from enum import StrEnum

import urllib3.exceptions as problems


class Trouble(StrEnum):
    """What kept an answer from coming whole."""

    CONNECT = "connect"
    CERTIFICATE = "certificate"
    TIME = "time"
    CUT = "cut"
    SIZE = "size"
    ADDRESS = "address"


class HttpError(Exception):
    """No whole answer came.

    Attributes:
        trouble: Why not.
        reason: The same in a few words, without addresses, which may hold secrets.
        partial: What came of the body.
        headers: What came of the headers, names in lower case.
    """

    def __init__(
        self, trouble: Trouble, reason: str, partial: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(reason)
        self.trouble = trouble
        self.reason = reason
        self.partial = partial
        self.headers = headers or {}


def translate_problem(error: Exception, *, at_body: bool = False) -> HttpError:
    """Say what a problem of the library means.

    Args:
        error: The problem; its own words may hold the address and password of a proxy, and are never given on.
        at_body: Whether it came in the middle of a body.
    """
    found = _certificate_problem(error)
    if found is not None:
        return HttpError(Trouble.CERTIFICATE, f"its certificate is not trusted: {found}")
    if isinstance(error, problems.NameResolutionError):
        return HttpError(Trouble.CONNECT, "its name is not known")
    if isinstance(error, problems.ProxyError):
        return HttpError(Trouble.CONNECT, f"the proxy cannot be used: {_plain_words(error.original_error)}")
    if isinstance(error, problems.NewConnectionError):  # which the library counts among the time-outs
        return HttpError(Trouble.CONNECT, f"no connection: {_plain_words(error)}")
    if isinstance(error, problems.TimeoutError):
        return HttpError(Trouble.TIME, "it did not answer in time")
    if at_body or isinstance(error, problems.ProtocolError):
        return HttpError(Trouble.CUT, "the connection broke off")
    if isinstance(error, problems.LocationValueError):
        return HttpError(Trouble.ADDRESS, "the address cannot be used")
    return HttpError(Trouble.CONNECT, f"no connection: {_plain_words(error)}")


def _certificate_problem(error: BaseException | None) -> str | None:
    seen = 0
    while error is not None and seen < 10:
        if isinstance(error, ssl.SSLCertVerificationError):
            return error.verify_message
        inner = error.args[0] if error.args and isinstance(error.args[0], BaseException) else None
        error, seen = inner or error.__cause__ or error.__context__, seen + 1
    return None


def _plain_words(error: BaseException | None) -> str:
    """Say what the system said, in its own words alone: a library's text may hold the address of a proxy."""
    seen = 0
    while error is not None and seen < 10:
        if isinstance(error, OSError) and error.strerror:
            return error.strerror.lower()
        if isinstance(error, OSError) and str(error).startswith("Tunnel connection failed"):
            return str(error).lower()
        error, seen = error.__cause__ or error.__context__, seen + 1
    return "it cannot be reached"
