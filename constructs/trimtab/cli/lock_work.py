"""What `trimtab lock` does: plan, look up, write, tell."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from trimtab.charts.connecting import HostTrust, connect
from trimtab.charts.errors import ChartError
from trimtab.charts.folders import CACHE_LIMIT, CACHE_NAME, ArchiveFolders
from trimtab.charts.lockfile import LOCK_FILE, Lock, render_lock
from trimtab.charts.locking import Locked, lock_charts
from trimtab.charts.reference import ChartKey, host_of
from trimtab.charts.vendoring import vendor_archives
from trimtab.cli.lock_job import LockJob
from trimtab.cli.lock_telling import tell_locked
from trimtab.cli.printing import print_findings
from trimtab.doors.cache import open_cache
from trimtab.doors.disk import FileKind, read_kind, read_text
from trimtab.doors.disk_writing import write_atomically
from trimtab.doors.folder_lock import locked_folder
from trimtab.doors.terminal import show_progress
from trimtab.pipeline import plan_stages
from trimtab.pipeline.knowing import know_locked
from trimtab.pipeline.locking import list_wanted, load_lock, load_lock_text, show_lock, tell_error
from trimtab.pipeline.state import State, run_stages


def write_lock(job: LockJob) -> int:
    """Bring the lock up to what clusters need, and write it; what could be had is kept though the rest failed.

    Returns:
        The exit code: 3 where only the outside world failed, 1 where anything is wrong.

    Raises:
        OutsideError: The disk refuses, or another run holds the repository.
    """
    state = run_stages(plan_stages(), job.options)
    if state.has_errors:
        return print_findings(state, job.format_)
    with locked_folder(job.root):
        try:
            before = load_lock(job.root) or Lock()
        except ChartError as error:
            shown = show_lock(state, load_lock_text(job.root))
            return print_findings(shown.found(tell_error(error, ())), job.format_)
        folders = ArchiveFolders(root=job.root, cache=open_cache(os.environ, CACHE_NAME))
        locked = _look_up(job, state, before, folders)
        _write(job, before, locked, folders)
    return tell_locked(know_locked(state, locked.lock), locked, as_json=job.as_json)


def _look_up(job: LockJob, state: State, before: Lock, folders: ArchiveFolders) -> Locked:
    resolver = None if job.wish.offline else connect(os.environ, list(_iter_trust(job.root, state)))
    with show_progress() as tell:
        return lock_charts(
            list_wanted(state),
            before,
            resolver=resolver,
            folders=folders,
            wish=job.wish,
            keeps_others=bool(job.clusters),
            tell=tell,
        )


def _write(job: LockJob, before: Lock, locked: Locked, folders: ArchiveFolders) -> None:
    path = job.root / LOCK_FILE
    if locked.lock != before or not path.exists():
        write_atomically(path, render_lock(locked.lock).encode())
    if job.vendor or folders.has_vendor:
        vendor_archives(job.root, locked.lock, dict(_iter_archives(locked, folders)), before)
    if folders.cache is not None:
        folders.cache.clear_up(CACHE_LIMIT)


def _iter_archives(locked: Locked, folders: ArchiveFolders) -> Iterator[tuple[ChartKey, bytes]]:
    fetched = {one.wanted.key: one.content for one in locked.outcomes if one.content is not None}
    yield from fetched.items()
    for key, entry in locked.lock.entries.items():
        if key not in fetched:
            with suppress(ChartError):  # a spoilt one of a chart that could not be had: its outcome says so
                content = folders.find(locked.lock, entry)
                if content is not None:
                    yield key, content


def _iter_trust(root: Path, state: State) -> Iterator[HostTrust]:
    asked = {host_of(address) for wanted in list_wanted(state) for address in wanted.addresses}
    for cluster in state.clusters:
        for host, registry in cluster.settings.registries.items() if cluster.settings else ():
            names = [name for name in (host, registry.mirror) if name is not None]
            is_needed = any(host_of(name) in asked for name in names)
            authority = _read_authority(root, registry.ca_file, is_needed=is_needed) if registry.ca_file else None
            yield from (HostTrust(host=name, authority=authority, insecure=registry.insecure) for name in names)


def _read_authority(root: Path, file: str, *, is_needed: bool) -> str | None:
    """Read a file of certificates; one of a host that only nodes ask may be missing here."""
    path = root / file
    return read_text(path) if is_needed or read_kind(path) is not FileKind.NOTHING else None
