"""What decides what charts render beside settings and this program: the lock, helm, and which archives are at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from trimtab.charts.errors import ChartError
from trimtab.charts.folders import CACHE_NAME, ArchiveFolders
from trimtab.charts.lockfile import Lock, parse_lock
from trimtab.doors.cache import open_cache
from trimtab.doors.helm import read_helm
from trimtab.pipeline.locking import load_lock_text


def read_render_inputs(root: Path, environment: Mapping[str, str]) -> str:
    """Read all that decides what charts render, as one text: equal texts mean equal renders of equal settings.

    Args:
        root: The top of the repository.
        environment: Says where helm and the user's caches are.

    Raises:
        OutsideError: The disk refuses, or helm cannot be run.
    """
    text = load_lock_text(root) or ""
    helm = read_helm(environment)
    folders = ArchiveFolders(root=root, cache=open_cache(environment, CACHE_NAME))
    try:
        missing = list(_iter_missing(parse_lock(text) if text else Lock(), folders))
    except ChartError as error:
        missing = [error.message]
    return "\n".join((helm.version if helm else "no helm", *missing, text))


def _iter_missing(lock: Lock, folders: ArchiveFolders) -> Iterator[str]:
    yield from (str(key) for key, entry in lock.entries.items() if folders.find(lock, entry) is None)
