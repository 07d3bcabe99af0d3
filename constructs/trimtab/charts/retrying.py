"""When to ask again, and how long to wait before."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

TRIES = 4
"""How often one thing is asked for."""
AGAIN = frozenset({408, 429, 500, 502, 503, 504})
"""Answers that another try may change. Source: RFC 9110 15.5.9, 15.6; RFC 6585 4."""
LONGEST_S = 30.0
"""The longest wait between two tries, in seconds, whatever the server asks for: somebody waits for us."""
_FIRST_S = 0.5


def delay(tries: int, retry_after: str | None, now: datetime | None = None) -> float:
    """Say how long to wait, in seconds.

    Args:
        tries: How often it was tried so far, from 1.
        retry_after: The server's `Retry-After`: seconds or a date (RFC 9110 10.2.3).
        now: The time it is.

    Returns:
        What the server asks for, or half a second, doubled at each try; at most `LONGEST_S`.
    """
    asked = _asked_for(retry_after, now or datetime.now(UTC)) if retry_after else None
    return min(LONGEST_S, _FIRST_S * 2.0 ** (tries - 1) if asked is None else asked)


def _asked_for(text: str, now: datetime) -> float | None:
    text = text.strip()
    if text.isascii() and text.isdigit():
        return float(text[:6])
    try:
        date = parsedate_to_datetime(text)
        aware = date if date.tzinfo else date.replace(tzinfo=UTC)
        return max(0.0, (aware - now).total_seconds())
    except (ValueError, OverflowError):  # a zone some years away
        return None
