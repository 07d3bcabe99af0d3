"""Clusters whose folder in dist/ nobody touched since it was found to be right: nothing there need be read."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from trimtab.doors.cache import Cache
from trimtab.doors.errors import OutsideError
from trimtab.doors.signatures import list_all, read_now_ns, read_signature
from trimtab.doors.workers import Agree, can_copy, run_together
from trimtab.pipeline.outcome import Outcome, parse_outcome, render_outcome
from trimtab.pipeline.state import State

_LEAST = 25
"""The fewest clusters that a process is started for to look at: it takes as long as looking at ten."""


@dataclass(frozen=True, slots=True)
class Folder:
    """How a cluster's folder looked, without a file of it being read; paths are inside the folder."""

    folders: tuple[str, ...]
    files: tuple[str, ...]
    """All that is no folder, sorted."""
    signature: bytes


@dataclass(frozen=True, slots=True)
class Untouched:
    """A cluster's folder that is as it should be."""

    key: str
    """What decided what it should be."""
    outcome: Outcome
    """The findings that came with it; no files."""
    folder: Folder


def read_folders(state: State) -> dict[str, Folder]:
    """Look at the folders that are about to be compared with what they should be, file by file.

    To be called before they are: what is touched afterwards then looks another way than what is kept of it.

    Returns:
        By cluster, and only where every later touch would be seen.
    """
    top, now = os.path.realpath(state.options.output), read_now_ns()
    found = {name: _read_folder(f"{top}/{name}", now) for name in state.keys if name not in state.untouched}
    return {name: folder for name, folder in found.items() if folder is not None}


def _read_folder(path: str, now_ns: int) -> Folder | None:
    top = read_signature(path, [""])
    if top is None or not top.is_settled(now_ns):
        return None
    try:
        folders, files = list_all(path)
    except OutsideError:
        return None
    files.sort()
    seen = read_signature(path, [*folders, *files])
    return Folder(tuple(folders), tuple(files), seen.content) if seen and seen.is_settled(now_ns) else None


def keep_untouched(state: State, folders: Mapping[str, Folder], cache: Cache) -> None:
    """Keep how those folders looked that were found to be right and to hold nothing else.

    Args:
        state: The state after writing.
        folders: What `read_folders` gave before.
        cache: Where to keep it.
    """
    top = os.path.realpath(state.options.output)
    for name, folder in folders.items():
        written = state.written.get(name)
        if written is None or written.changed or written.removed or written.foreign:
            continue
        if written.unchanged == folder.files:
            findings = tuple(finding for finding in state.all_findings if finding.cluster == name)
            outcome = Outcome(cluster=name, findings=findings)
            cache.write(_place(top, name), _render(Untouched(state.keys[name], outcome, folder)))


def recall_untouched(output: Path, keys: Mapping[str, str], cache: Cache, *, jobs: int = 1) -> dict[str, Untouched]:
    """Find the clusters whose folders are known to be right.

    Each is right at the moment it is looked at; what another run writes afterwards came later than this one.

    Args:
        output: The output folder.
        keys: What decides each cluster's result, by name.
        cache: Where it was kept how the folders looked.
        jobs: How many processes may look at once.
    """
    top = os.path.realpath(output)
    known = {name: _parse(cache.read(_place(top, name))) for name in keys}
    kept = {name: one for name, one in known.items() if one and (one.key, one.outcome.cluster) == (keys[name], name)}
    right = _choose_right(top, kept, jobs)
    for name in right:
        cache.touch(keys[name])
    return {name: kept[name] for name in kept if name in right}


def _choose_right(top: str, kept: Mapping[str, Untouched], jobs: int) -> set[str]:
    names = [*kept]
    count = max(1, min(jobs, len(names) // _LEAST)) if can_copy() else 1

    def look(at: int) -> list[str]:
        return [name for name in names[at::count] if _is_as_it_was(f"{top}/{name}", kept[name].folder)]

    def tell(at: int, _: Agree) -> bytes:
        return json.dumps(look(at)).encode()

    own, rest = run_together(lambda _: look(0), [partial(tell, at) for at in range(1, count)])
    return {*own, *(name for part in rest for name in json.loads(part))}


def _is_as_it_was(path: str, folder: Folder) -> bool:
    seen = read_signature(path, [*folder.folders, *folder.files])
    return seen is not None and seen.content == folder.signature


def _place(top: str, name: str) -> str:
    """Give the key under which is kept how a folder looked: which folder it is, and no more."""
    return hashlib.sha256(f"untouched\0{top}\0{name}".encode("utf-8", "surrogateescape")).hexdigest()


def _render(one: Untouched) -> bytes:
    folder, outcome = one.folder, render_outcome(one.outcome)
    paths = "\0".join((*folder.folders, *folder.files)).encode("utf-8", "surrogateescape")
    parts = [outcome, folder.signature, paths]
    head = {"key": one.key, "folders": len(folder.folders), "parts": [len(part) for part in parts]}
    return b"".join([json.dumps(head).encode(), b"\n", *parts])


def _parse(content: bytes | None) -> Untouched | None:
    """Read what `_render` writes; nothing where it is something else."""
    line, _, rest = (content or b"").partition(b"\n")
    try:
        head = json.loads(line)
        outcome, signature, paths = _cut(rest, head["parts"])
        found, count = parse_outcome(outcome), head["folders"]
        names = paths.decode("utf-8", "surrogateescape").split("\0")
        folder = Folder(tuple(names[:count]), tuple(names[count:]), signature)
        return Untouched(head["key"], found, folder) if found is not None else None
    except (ValueError, TypeError, LookupError):
        return None


def _cut(content: bytes, lengths: Sequence[int]) -> list[bytes]:
    parts, at = [], 0
    for length in lengths:
        parts.append(content[at : at + length])
        at += length
    return parts
