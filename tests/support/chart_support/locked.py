"""Charts that a repository has locked, with their archives beside the lock."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from chart_support.made import digest
from trimtab.charts.lockfile import LOCK_FILE, LockEntry, make_lock, render_lock
from trimtab.charts.reference import ChartKey
from trimtab.charts.vendoring import vendor_archives


def lock_charts(root: Path, archives: Mapping[ChartKey, bytes]) -> None:
    """Leave what `trimtab lock --vendor` leaves of charts.

    Args:
        root: The top of the repository.
        archives: What the lock is to name, and what it holds.
    """
    lock = make_lock(
        LockEntry(key=key, url=f"https://charts.example.org/{key.chart}.tgz", digest=digest(content))
        for key, content in archives.items()
    )
    (root / LOCK_FILE).write_text(render_lock(lock))
    vendor_archives(root, lock, archives)
