"""The door to Git: reads revisions, and nothing else; whatever a repository's own configuration says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from trimtab.doors.errors import OutsideError
from trimtab.doors.git_program import read_output, run_git


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """A work tree of Git."""

    folder: Path
    """A folder in it: the one that was asked for."""
    prefix: str
    """Where that folder lies below the top, with `/` at its end; empty at the top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A branch, ours or a remote's."""

    name: str
    """The whole name: `refs/heads/main`, `refs/remotes/origin/main`."""
    commit: str
    points_at: str
    """For a remote's `HEAD`: the branch it stands for; empty for all others."""


def find_repository(folder: Path) -> Repository | None:
    """Find the work tree that a folder lies in; nothing where there is none.

    Raises:
        OutsideError: Git is not there, or refuses the repository.
    """
    ended = run_git(folder, ["rev-parse", "--show-prefix"])
    if ended.code == 0:
        return Repository(folder=folder, prefix=ended.output.removesuffix("\n"))
    if "not a git repository" in ended.complaint or "must be run in a work tree" in ended.complaint:
        return None
    raise OutsideError(f"git failed: {ended.last_words}")


def read_commit(repository: Repository, revision: str) -> str | None:
    """Give the whole hash of the commit that a revision means; nothing where it means none.

    Args:
        repository: Where.
        revision: Anything that Git understands: a branch, a tag, a hash, `HEAD~2`; never taken for an option.

    Raises:
        OutsideError: Git failed.
    """
    if not revision or "\0" in revision or "\n" in revision:
        return None
    ended = run_git(
        repository.folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
    )
    return ended.output.strip() if ended.code == 0 else None


def read_branches(repository: Repository) -> tuple[Branch, ...]:
    """List the branches of the repository and of its remotes.

    Raises:
        OutsideError: Git failed.
    """
    form = "--format=%(refname) %(objectname) %(symref)"
    text = read_output(repository.folder, ["for-each-ref", form, "refs/heads", "refs/remotes"]).decode(
        "utf-8", "replace"
    )
    rows = (_words(line.split(" "), 3) for line in text.splitlines())
    return tuple(Branch(name=name, commit=commit, points_at=points_at) for name, commit, points_at in rows)


def read_remotes(repository: Repository) -> tuple[str, ...]:
    """List the addresses of the repository's remotes; they may hold a password, so nobody must print them.

    Raises:
        OutsideError: Git is not there.
    """
    ended = run_git(repository.folder, ["config", "--null", "--get-regexp", r"^remote\..*\.url$"])
    rows = (row.partition("\n")[2] for row in ended.output.split("\0"))
    return tuple(sorted({row for row in rows if row})) if ended.code == 0 else ()


def find_merge_base(repository: Repository, one: str, other: str) -> str | None:
    """Find the newest commit that two commits have in common; nothing where they have none, or it was not cloned.

    Raises:
        OutsideError: Git is not there.
    """
    ended = run_git(repository.folder, ["merge-base", one, other])
    return ended.output.split()[0] if ended.code == 0 and ended.output.strip() else None


def read_trees(repository: Repository, commit: str, folder: str) -> dict[str, str]:
    """Give the hash of each folder directly below a folder of a commit, by its name: equal hashes, equal contents.

    Args:
        repository: Where.
        commit: The hash of a commit.
        folder: Relative to the repository's folder, without `/` at its end; one that is not there holds nothing.

    Raises:
        OutsideError: Git failed.
    """
    rows = _list_tree(repository, commit, folder, "-d")
    return {name: _words(meta.split(" "), 3)[2] for meta, name in rows}


def read_sizes(repository: Repository, commit: str, folder: str) -> dict[str, int]:
    """Give the size in bytes of every plain file below a folder of a commit, by its path relative to that folder.

    Args:
        repository: Where.
        commit: The hash of a commit.
        folder: Relative to the repository's folder, without `/` at its end; one that is not there holds nothing.

    Raises:
        OutsideError: Git failed.
    """
    rows = _list_tree(repository, commit, folder, "-r", "-l")
    facts = ((_words(meta.split(), 4), name) for meta, name in rows)
    return {name: _size(words[3]) for words, name in facts if words[0].startswith("100")}


def _list_tree(repository: Repository, commit: str, folder: str, *flags: str) -> Iterator[tuple[str, str]]:
    """Give what Git says of each entry of a tree, and its name; nothing where there is no such tree."""
    where = f"{commit}:{repository.prefix}{folder}".removesuffix("/")
    ended = run_git(repository.folder, ["ls-tree", "--full-tree", *flags, "-z", "--end-of-options", where])
    for row in ended.output.split("\0") if ended.code == 0 else ():
        if row:
            meta, _, name = row.partition("\t")
            yield meta, name


def read_files(repository: Repository, commit: str, paths: Iterable[str]) -> dict[str, bytes]:
    """Read files of a commit, all by one process.

    Args:
        repository: Where.
        commit: The hash of a commit.
        paths: Relative to the repository's folder.

    Returns:
        Bytes by path, for those that the commit has as plain files.

    Raises:
        OutsideError: Git failed.
    """
    wanted = [path for path in paths if "\n" not in path]
    if not wanted:
        return {}
    asked = "".join(f"{commit}:{repository.prefix}{path}\n" for path in wanted)
    answer = read_output(repository.folder, ["cat-file", "--batch"], asked.encode("utf-8", "surrogateescape"))
    return _cut(wanted, answer)


def _cut(wanted: Sequence[str], answer: bytes) -> dict[str, bytes]:
    """Cut what `cat-file --batch` writes: `<hash> <type> <size>`, the bytes, a line feed (gitformat, git-cat-file)."""
    found: dict[str, bytes] = {}
    at = 0
    for path in wanted:
        end = answer.find(b"\n", at)
        if end < 0:
            raise OutsideError("git gave fewer files than it was asked for")
        words = answer[at:end].split(b" ")
        at = end + 1
        if len(words) == 3 and words[2].isdigit() and words[1] in (b"blob", b"tree", b"commit", b"tag"):
            size = _size(words[2].decode("ascii"))
            if words[1] == b"blob":
                found[path] = answer[at : at + size]
            at += size + 1
    return found


def _words(words: list[str], count: int) -> list[str]:
    """Hold a line to its number of words."""
    if len(words) != count:
        raise OutsideError(f"git gave a line of {len(words)} words where there should be {count}")
    return words


def _size(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise OutsideError("git gave a size that is no number")
    return int(text)
