"""Everything that decides what becomes of a cluster, as one key: equal keys mean equal results."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from trimtab.doors.disk import FileKind, list_folder, read_bytes
from trimtab.doors.errors import OutsideError
from trimtab.doors.program import read_program_digest
from trimtab.pipeline.state import Options
from trimtab.settings.folders import PLATFORM_FILE, Platform, find_platform, list_manifests
from trimtab.settings.schema_files import schema_folder

_RENDERS = (b"delivery", b"releases")
_CHART = re.compile(rb"chart\b")
"""The keys of settings with which the lock, helm and archives count; a file without these words has no such key."""

_FORMAT = 2
"""Raised when what is kept under a key changes its form or its meaning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The files of a run, unread by any parser, and the key of each cluster."""

    platform: Platform
    keys: Mapping[str, str]
    """The clusters that were asked for, in order, and their keys."""
    contents: Mapping[str, bytes]
    """Every settings file and extra manifest, relative to the top."""

    @property
    def texts(self) -> Mapping[str, str]:
        """The text of every file, to show lines of."""
        return {file: content.decode("utf-8", "replace") for file, content in self.contents.items()}


def read_inputs(command: str, options: Options) -> Inputs | None:
    """Read what decides the result of a run.

    A key covers the command, the day (allowances end), this program and what is installed with it, the schemas, the
    cluster's own file, the platform's, every profile, the cluster's extra manifests with their names, the tree of
    the base revision that it is compared with, and where charts may be rendered, by us or to learn what they hold, the
    lock, helm and the archives.

    Returns:
        Nothing where a file cannot be read, or there is something to say about the files themselves.
    """
    try:
        platform = find_platform(options.root)
        names = options.clusters or tuple(platform.clusters)
        if platform.misnamed or not set(names) <= platform.clusters.keys():
            return None
        shared = [*([PLATFORM_FILE] if platform.has_platform_file else ()), *sorted(platform.profiles.values())]
        contents = _read_all(options.root, shared)
        all_render = options.with_charts or any(map(_may_render, contents.values()))
        program = read_program_digest(_schemas())
        start = _digest([str(_FORMAT), command, options.today.isoformat(), program.hex()], shared, contents)
        keys = {}
        renders = ""
        for name in dict.fromkeys(names):
            own = [platform.clusters[name], *(file for _, file in list_manifests(options.root, name))]
            contents |= _read_all(options.root, own)
            words = [start, name, _base(options, name)]
            if all_render or _may_render(contents[own[0]]):
                renders = renders or _read_renders(options)
                words.append(renders)
            keys[name] = _digest(words, own, contents)
    except OutsideError:
        return None
    return Inputs(platform=platform, keys=keys, contents=contents)


def _may_render(content: bytes) -> bool:
    return any(word in content for word in _RENDERS) or _CHART.search(content) is not None


def _read_renders(options: Options) -> str:
    """Read what decides what charts render, and whether those that Argo CD renders are looked at."""
    from trimtab.pipeline.render_inputs import read_render_inputs  # most runs render nothing

    return f"{options.with_charts}\n{read_render_inputs(options.root, os.environ)}"


def _base(options: Options, cluster: str) -> str:
    """Give the hash of all that the base revision has of a cluster."""
    return options.base.trees.get(cluster, "new") if options.base else "none"


def _schemas() -> list[Path]:
    folder = schema_folder()
    return [folder / name for name, kind in list_folder(folder).items() if kind is FileKind.FILE]


def _read_all(root: Path, files: Iterable[str]) -> dict[str, bytes]:
    return {file: read_bytes(root / file) for file in files}


def _digest(words: Sequence[str], files: Iterable[str], contents: Mapping[str, bytes]) -> str:
    """Digest words and files so that no two different lists look alike: each part is preceded by its length."""
    digest = hashlib.sha256()
    parts = [word.encode() for word in words]
    parts += [part for file in files for part in (file.encode("utf-8", "surrogateescape"), contents[file])]
    for part in parts:
        digest.update(f"{len(part)}:".encode())
        digest.update(part)
    return digest.hexdigest()
