"""`charts.lock`: refused by name, or the same after it is written and read again."""

from __future__ import annotations

from trimtab.charts.errors import ChartError
from trimtab.charts.lockfile import locate_entries, parse_lock, render_lock


def fuzz(data: bytes) -> None:
    """Read bytes as a lock."""
    try:
        lock = parse_lock(data)
    except ChartError as error:
        if error.code != "chart-lock-unreadable":
            raise
        return
    assert parse_lock(render_lock(lock)) == lock
    assert locate_entries(data).keys() == lock.entries.keys()
