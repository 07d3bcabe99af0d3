"""The clock: what day it is."""

from __future__ import annotations

from datetime import UTC, date, datetime


def read_today() -> date:
    """Read the date, in UTC, so that an allowance ends at the same moment on every machine."""
    return datetime.now(UTC).date()
