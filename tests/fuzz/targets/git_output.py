"""What git writes, given to those who read it in git's place."""

from __future__ import annotations

import contextlib
import subprocess
from pathlib import Path
from unittest.mock import patch

from fuzz_support.given import split
from trimtab.doors import git, git_program
from trimtab.doors.errors import OutsideError

_HERE = git.Repository(folder=Path(), prefix="a/")


def fuzz(data: bytes) -> None:
    """Let git write bytes, with and without a failure."""
    output, complaint = split(data, 2) if data[:1] == b"!" else (data, b"")
    for code in (0, 128):
        done = subprocess.CompletedProcess([], code, output, complaint)
        with patch.object(git_program, "_start", lambda *_, done=done: done):
            _read_all()


def _read_all() -> None:
    for read in (
        lambda: git.find_repository(Path()),
        lambda: git.read_commit(_HERE, "main"),
        lambda: git.read_branches(_HERE),
        lambda: git.find_merge_base(_HERE, "a", "b"),
        lambda: git.read_trees(_HERE, "a", "b"),
        lambda: git.read_sizes(_HERE, "a", "b"),
        lambda: git.read_files(_HERE, "a", ["x", "y", "z"]),
    ):
        with contextlib.suppress(OutsideError):
            read()
