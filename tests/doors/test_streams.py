"""Whether standard output is a file of a repository."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from trimtab.doors import streams
from trimtab.doors.streams import find_repository_of_output, read_value


def opened(path: Path) -> int:
    """Open a file to write to."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)


@pytest.mark.parametrize("mark", [".git", "apps/clusters"])
def test_a_file_below_a_repository_is_found(tmp_path: Path, mark: str) -> None:
    """Git's folder and our own settings both make a repository, however deep the file lies."""
    (tmp_path / mark).mkdir(parents=True)
    descriptor = opened(tmp_path / "deep" / "er" / "secrets.yaml")
    assert find_repository_of_output(descriptor) == tmp_path
    os.close(descriptor)


def test_a_file_elsewhere_is_nobodys(tmp_path: Path) -> None:
    """A file outside every repository is the user's own affair."""
    descriptor = opened(tmp_path / "secrets.yaml")
    assert find_repository_of_output(descriptor) is None
    os.close(descriptor)


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    """What is piped into kubectl never lies on a disk."""
    reading, writing = os.pipe()
    assert find_repository_of_output(writing) is None
    os.close(reading)
    os.close(writing)


def test_a_file_that_nobody_can_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system does not say which file it is, it may be one of a repository."""
    monkeypatch.setattr(streams, "_output_file", lambda _: None)
    descriptor = opened(tmp_path / "secrets.yaml")
    assert find_repository_of_output(descriptor) == Path()
    os.close(descriptor)


def test_every_byte_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A value may be anything, line breaks at its end and no text at all."""
    value = b"\xff\x00 a\n\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(value)))
    assert read_value(100) == value
