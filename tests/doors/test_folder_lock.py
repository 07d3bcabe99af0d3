"""The lock on a folder."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from trimtab.doors.errors import OutsideError
from trimtab.doors.folder_lock import locked_folder


def test_one_run_at_a_time(tmp_path: Path) -> None:
    """Who comes second is told so after its wait, and no file is left behind."""
    with locked_folder(tmp_path), pytest.raises(OutsideError, match="another run"), locked_folder(tmp_path, wait_s=0.1):
        pass
    assert not list(tmp_path.iterdir())


def test_the_second_run_goes_on_when_the_first_has_ended(tmp_path: Path) -> None:
    """Who waits gets the lock as soon as it is free."""
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        with locked_folder(tmp_path):
            holding.set()
            done.wait(0.2)

    first = threading.Thread(target=hold)
    first.start()
    holding.wait()
    with locked_folder(tmp_path, wait_s=30):
        pass
    first.join()


def test_an_error_inside_frees_the_lock(tmp_path: Path) -> None:
    """A run that fails does not keep others waiting."""
    with pytest.raises(RuntimeError), locked_folder(tmp_path):
        raise RuntimeError
    with locked_folder(tmp_path, wait_s=0):
        pass


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    """Without the right to read a folder there is no lock on it, and one sentence."""
    tmp_path.chmod(0)
    with pytest.raises(OutsideError, match="permission denied"), locked_folder(tmp_path):
        pass
