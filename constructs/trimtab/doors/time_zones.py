"""The tz database: which time zones there are."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def read_time_zone(name: str) -> ZoneInfo | None:
    """Read a time zone from the tz database; nothing where it has none of that name.

    To list them all, as advice does, opens every file of the database.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
