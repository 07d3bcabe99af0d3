"""What is printed to a stream that is closed or full: a word and a code, and never into a file of somebody."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from trimtab.cli import boundary

CLOSED = """
import os, sys
from trimtab.cli.start import open_closed_streams
open_closed_streams()
file = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT)
print("printed"); print("said", file=sys.stderr); sys.stdout.flush()
sys.exit(file < 3 or sys.stdin.read() != "")
"""


class FullStream(io.StringIO):
    """A stream of a file on a disk that is full."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def fileno(self) -> int:
        """Give the file's number."""
        return self._number

    def flush(self) -> None:
        """Refuse as the system does."""
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_closed_stream_is_no_place_for_a_file(tmp_path: Path) -> None:
    """The next file would be the stream, and what is printed would stand in it."""
    line = ["sh", "-c", 'exec "$0" -c "$1" "$2" <&- >&- 2>&-', sys.executable, CLOSED, str(tmp_path / "file")]
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    assert subprocess.run(line, check=False, env=unmeasured).returncode == 0
    assert (tmp_path / "file").read_bytes() == b""


def test_a_full_disk_behind_stdout_is_no_bug_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 3 and one line; leaving does not try to write once more."""
    with (tmp_path / "full").open("w") as file:
        monkeypatch.setattr(sys, "stdout", FullStream(file.fileno()))
        assert boundary.run_guarded(lambda **_: 0) == 3
        assert Path(f"/dev/fd/{file.fileno()}").readlink() == Path(os.devnull)
    assert capsys.readouterr().err == "error: cannot print: no space left on device\n"


def test_an_error_of_a_file_is_still_a_bug(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever opens a file says what is wrong with it."""

    def fail(**_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "somewhere")

    assert boundary.run_guarded(fail) == 70
    assert "this is a bug" in capsys.readouterr().err
