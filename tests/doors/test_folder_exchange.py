"""The exchange of two folders."""

from __future__ import annotations

import ctypes
import errno
from pathlib import Path
from typing import Any

import pytest

from trimtab.doors import folder_exchange
from trimtab.doors.errors import OutsideError
from trimtab.doors.folder_exchange import exchange_folders


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders, each with a file of its own name."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    return tmp_path / "a", tmp_path / "b"


def test_two_folders_change_names(folders: tuple[Path, Path]) -> None:
    """After the exchange each name leads to the other's files, or nothing has changed."""
    exchanged = exchange_folders(*folders)
    assert (folders[0] / "b").exists() is exchanged


def test_a_missing_folder_is_refused(folders: tuple[Path, Path], tmp_path: Path) -> None:
    """The exchange with a folder that is not there is an error, not a plain rename."""
    with pytest.raises(OutsideError, match="no such file"):
        exchange_folders(folders[0], tmp_path / "gone")


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EINVAL])
def test_systems_without_it_say_so(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """A kernel or a file system that does not know the exchange gives no error."""

    def refuse(*_: Any) -> int:
        ctypes.set_errno(number)
        return -1

    monkeypatch.setattr(folder_exchange, "_renameat2", lambda: refuse)
    assert exchange_folders(*folders) is False


def test_a_library_without_it_says_so(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """A C library without the call gives no error."""
    monkeypatch.setattr(folder_exchange, "_renameat2", lambda: None)
    assert exchange_folders(*folders) is False
