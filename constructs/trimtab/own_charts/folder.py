"""A folder of charts on the disk: what stands there, what forbids to write it, and writing it in one step."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from trimtab.doors.disk import FileKind, list_files, read_bytes, read_digest, read_kind
from trimtab.doors.disk_errors import shown_path
from trimtab.doors.disk_writing import write_folder
from trimtab.doors.folder_exchange import exchange_folders
from trimtab.doors.folder_lock import locked_folder
from trimtab.findings.finding import Finding, Severity
from trimtab.own_charts.inventory import INVENTORY, Inventory, parse_inventory, render_inventory
from trimtab.tree.complaints import edited_output, first_line
from trimtab.tree.file import content_digest
from trimtab.tree.plan import ClusterPlan
from trimtab.tree.staging import staged_path, write_recovered, write_staged, write_swapped


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What became of a folder of charts: how many files, or the findings that forbade it."""

    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """What stands in the folder, its own inventory left out."""

    digests: Mapping[str, str]
    """Path to digest of each file; empty text for what is no file."""
    known: Inventory | None


def write_charts(
    folder: Path, files: Mapping[str, bytes], fetched: Collection[str], *, shown: str, discard_edits: bool = False
) -> Written:
    """Bring a folder of charts up to date, whole or not at all.

    Args:
        folder: The folder; need not be there, nor those above it.
        files: What it is to hold, by path inside it.
        fetched: Where `helm dependency build` puts archives; those that are there stay.
        shown: The folder as findings shall name it.
        discard_edits: Write over what was edited by hand.

    Returns:
        What was written; or findings, and then nothing was.

    Raises:
        OutsideError: The disk refuses, or another run holds the folder above.
    """
    write_folder(folder.parent)
    with locked_folder(folder.parent):
        write_recovered(folder.parent, [folder.name])
        standing = _read_standing(folder)
        if findings := tuple(_iter_refusals(folder, standing, files, shown, discard_edits=discard_edits)):
            return Written(findings=findings)
        return _write(folder, standing, files, frozenset(fetched))


def _read_standing(folder: Path) -> _Standing:
    if read_kind(folder) is not FileKind.FOLDER:
        return _Standing(digests={}, known=None)
    kinds = list_files(folder)
    is_listed = kinds.pop(INVENTORY, None) is FileKind.FILE
    known = (
        parse_inventory(read_bytes(folder / INVENTORY, follow=False).decode("utf-8", "replace")) if is_listed else None
    )
    return _Standing(
        digests={path: read_digest(folder / path) if kind is FileKind.FILE else "" for path, kind in kinds.items()},
        known=known,
    )


def _iter_refusals(
    folder: Path, standing: _Standing, files: Mapping[str, bytes], shown: str, *, discard_edits: bool
) -> Iterator[Finding]:
    kind = read_kind(folder)
    if kind not in (FileKind.FOLDER, FileKind.NOTHING):
        yield _foreign(shown, f"{shown_path(shown)} is a {kind}, where a folder of charts has to be")
        return
    if standing.known is None:
        if standing.digests:
            yield _foreign(shown, f"{shown_path(shown)} holds files, and none of them is said to be of `trimtab chart`")
        return
    for path, digest in sorted(standing.digests.items()):
        if path not in standing.known.files and path not in standing.known.fetched:
            message = f"{shown_path(shown)}/{shown_path(path)} was not generated, and helm would take it for a part"
            yield _foreign(f"{shown}/{path}", message)
        elif not discard_edits and _is_edited(path, digest, standing.known, files):
            yield edited_output(shown, path)


def _is_edited(path: str, digest: str, known: Inventory, files: Mapping[str, bytes]) -> bool:
    if path not in known.files or digest == known.files[path]:
        return False
    return path not in files or digest != content_digest(files[path])


def _foreign(file: str, message: str) -> Finding:
    return Finding(
        code="foreign-file-in-charts",
        severity=Severity.ERROR,
        message=message,
        help="move it away, or name another folder with --output",
        place=first_line(file),
    )


def _write(folder: Path, standing: _Standing, files: Mapping[str, bytes], fetched: frozenset[str]) -> Written:
    """Write all files anew beside the folder, and let both change places."""
    kept = {path for path in fetched if standing.digests.get(path) and path not in files}
    digests = {path: content_digest(content) for path, content in files.items()}
    inventory = Inventory(files=digests, fetched=fetched - files.keys())
    unchanged = sum(standing.digests.get(path) == digest for path, digest in digests.items())
    written = Written(
        changed=len(files) - unchanged,
        unchanged=unchanged,
        removed=len(standing.digests.keys() - files.keys() - kept),
    )
    if written.changed or written.removed or inventory != standing.known:
        _write_anew(folder, {**files, INVENTORY: render_inventory(inventory).encode()}, sorted(kept))
    return written


def _write_anew(folder: Path, files: Mapping[str, bytes], kept: list[str]) -> None:
    plan = ClusterPlan(
        cluster=folder.name, files=files, changed=(), unchanged=(), removed=(), foreign=tuple(kept), findings=()
    )
    try:
        write_staged(plan, folder, staged_path(folder.parent, folder.name, "new"), lambda _: None)
        write_swapped(folder.parent, folder.name, exchange_folders, lambda _: None)
    finally:
        write_recovered(folder.parent, [folder.name])
