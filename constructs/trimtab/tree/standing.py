"""What stands on the disk where a cluster's folder is to be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from trimtab.doors.disk import FileKind, list_files, read_bytes, read_digest, read_is_same, read_kind
from trimtab.findings.finding import Finding
from trimtab.tree.index import Index, index_digests
from trimtab.tree.index_parsing import parse_index
from trimtab.tree.paths import INDEX_NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A cluster's folder as it is found, compared with the files that are to be there; paths are inside the folder."""

    kind: FileKind
    """What stands at the folder's own path."""
    kinds: Mapping[str, FileKind]
    """All that is no folder, and the folders that hold nothing, by path."""
    same: frozenset[str]
    """The paths that have their new bytes already."""
    known: Mapping[str, str]
    """The digests that the inventory on the disk lists; empty when there is none, it cannot be read, or nothing differs
    from the files that are to be there."""
    digests: Mapping[str, str]
    """The digests found at the paths that are known and not the same."""
    index: Index | Finding | None
    """The inventory, or what is wrong with it; nothing when there is none, or nothing differs."""


def read_standing(folder: Path, wanted: Mapping[str, bytes], *, shown: str) -> Standing:
    """Read what stands at a cluster's folder, following no symbolic link.

    Args:
        folder: The cluster's folder; need not be there.
        wanted: The new bytes by path inside the folder.
        shown: The folder as findings shall name it.

    Raises:
        OutsideError: something there cannot be read.
    """
    kind = read_kind(folder)
    kinds = list_files(folder, with_empty=True) if kind is FileKind.FOLDER else {}
    same = _read_same(folder, kinds, wanted)
    if INDEX_NAME in same and len(same) == len(wanted):
        # the inventory lists these very files, and none of them was edited: reading it would tell nothing new
        return Standing(kind=kind, kinds=kinds, same=same, known={}, digests={}, index=None)
    index = _read_index(folder, kinds, f"{shown}/{INDEX_NAME}")
    known = index_digests(index) if isinstance(index, Index) else {}
    differing = [path for path in known if path not in same and kinds.get(path) is FileKind.FILE]
    digests = {path: read_digest(folder / path) for path in differing}
    return Standing(kind=kind, kinds=kinds, same=same, known=known, digests=digests, index=index)


def _read_same(folder: Path, kinds: Mapping[str, FileKind], wanted: Mapping[str, bytes]) -> frozenset[str]:
    prefix = f"{folder}/"
    return frozenset(
        path
        for path, content in wanted.items()
        if kinds.get(path) is FileKind.FILE and read_is_same(prefix + path, content)
    )


def _read_index(folder: Path, kinds: Mapping[str, FileKind], shown: str) -> Index | Finding | None:
    if kinds.get(INDEX_NAME) is not FileKind.FILE:
        return None
    content = read_bytes(folder / INDEX_NAME, follow=False)
    return parse_index(content.decode("utf-8", "replace"), file=shown)
