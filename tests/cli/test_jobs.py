"""`--jobs`, seen from outside: the same bytes, and a clean end whatever ends it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from bench_support.fleet import write_fleet
from repository_support.repository import Repository

pytestmark = [
    # coverage takes a lock at every new function, and a signal that comes meanwhile leaves it taken for good
    pytest.mark.unmeasured,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are found in /proc"),
]

CLUSTERS = 8

PROGRAM = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # whatever the shell had the tests do with it
from trimtab.cli.start import run; run()
"""


@pytest.fixture
def fleet(tmp_path: Path) -> Repository:
    """A repository with enough clusters for two processes."""
    write_fleet(tmp_path / "fleet", CLUSTERS)
    return Repository(root=tmp_path / "fleet")


@contextmanager
def started(fleet: Repository, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Start the command as a terminal would: at the head of a group of processes that Ctrl-C goes to.

    Give `--base none` with it, so that no process but a copy is started.
    """
    line = [sys.executable, "-c", PROGRAM, *arguments]
    with subprocess.Popen(
        line, cwd=fleet.root, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def wait_for_copy(pid: int) -> int:
    """Wait until a process has a copy of itself, and give that one's number."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            with suppress(OSError):
                if b"start import run" in Path(f"/proc/{word}/cmdline").read_bytes():
                    return int(word)
        time.sleep(0.005)
    raise AssertionError("no copy was started")


def is_group_gone(group: int) -> bool:
    """Tell whether no process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def test_bytes_do_not_depend_on_jobs(fleet: Repository) -> None:
    """Nor does what is said, but for the folder's name."""
    alone = fleet.run("synth", "-o", "one", "--jobs", "1")
    shared = fleet.run("synth", "-o", "two", "--jobs", "2")
    assert (alone.returncode, shared.returncode) == (0, 0)
    assert fleet.tree("one") == fleet.tree("two")
    assert shared.stderr.replace("two/", "one/") == alone.stderr


def test_ctrl_c_ends_all_of_them(fleet: Repository) -> None:
    """One word, exit code 130, no process left, nothing written."""
    with started(fleet, "synth", "-j", "2", "--base", "none") as process:
        wait_for_copy(process.pid)
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=30)
        assert (process.returncode, told.splitlines()[-1]) == (130, "interrupted")
        assert "Traceback" not in told
        assert is_group_gone(process.pid)
    assert not (fleet.root / "dist").exists()


def test_a_copy_that_is_killed_ends_the_run(fleet: Repository) -> None:
    """It is the outside world that failed, and nothing is written."""
    with started(fleet, "synth", "-j", "2", "--base", "none") as process:
        os.kill(wait_for_copy(process.pid), signal.SIGKILL)
        _, told = process.communicate(timeout=60)
        assert process.returncode == 3
        assert "error: a worker process was ended by signal 9" in told
        assert "--jobs 1" in told
    assert not (fleet.root / "dist").exists()


def test_a_copy_does_not_outlive_a_killed_run(fleet: Repository) -> None:
    """At its next stage it finds that nobody waits."""
    with started(fleet, "synth", "-j", "2", "--base", "none") as process:
        wait_for_copy(process.pid)
        process.kill()
        process.wait()
        until = time.monotonic() + 30
        while not is_group_gone(process.pid) and time.monotonic() < until:
            time.sleep(0.05)
        assert is_group_gone(process.pid)
