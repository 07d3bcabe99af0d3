"""Copies of this process share a work, agree on the way, and never outlive it."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest

from trimtab.doors.errors import OutsideError
from trimtab.doors.workers import Agree, can_copy, count_cores, run_together

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot copy a process"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]


def is_gone(pid: int) -> bool:
    """Tell whether there is no such process, not even one that waits to be asked how it ended."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_results_come_in_order() -> None:
    """The slower of two comes first when it was named first."""

    def slow(_: Agree) -> bytes:
        time.sleep(0.2)
        return b"slow"

    assert run_together(lambda _: "own", [slow, lambda _: b"quick"]) == ("own", [b"slow", b"quick"])


def test_a_large_result_comes_whole() -> None:
    """A pipe takes 64 KiB at a time."""
    assert run_together(lambda _: None, [lambda _: b"ab" * 3_000_000])[1] == [b"ab" * 3_000_000]


@pytest.mark.parametrize("who", [0, 1, 2, None])
def test_all_learn_what_one_knows(who: int | None) -> None:
    """Each asks, and each hears yes where any said so."""

    def ask(at: int, agree: Agree) -> bytes:
        return b"%d%d%d" % (agree(who == at), agree(False), agree(who is None))

    own, others = run_together(lambda agree: ask(0, agree), [partial(ask, 1), partial(ask, 2)])
    assert {own, *others} == {b"001" if who is None else b"100"}


def test_a_copy_that_is_killed_is_told_with_its_signal() -> None:
    """The system's memory killer does that."""

    def die(_: Agree) -> bytes:
        os.kill(os.getpid(), signal.SIGKILL)
        return b""

    with pytest.raises(OutsideError, match="a worker process was ended by signal 9"):
        run_together(lambda _: None, [die])


def test_what_the_world_refused_a_copy_is_told_as_it_was() -> None:
    """Message and advice."""

    def refuse(_: Agree) -> bytes:
        raise OutsideError("cannot read it", "look")

    with pytest.raises(OutsideError, match=r"^cannot read it$") as caught:
        run_together(lambda agree: agree(False), [refuse])
    assert caught.value.help == "look"


def test_a_bug_in_a_copy_keeps_its_traceback() -> None:
    """It is a bug here too."""

    def break_(_: Agree) -> bytes:
        return b"%d" % (1 // 0)

    with pytest.raises(RuntimeError, match=r"(?s)in break_.*ZeroDivisionError"):
        run_together(lambda _: None, [break_])


@pytest.mark.parametrize("ending", [KeyboardInterrupt, ValueError])
def test_copies_end_with_this_process_work(tmp_path: Path, ending: type[BaseException]) -> None:
    """Ctrl-C and a bug alike."""
    told = tmp_path / "pid"

    def wait(_: Agree) -> bytes:
        told.write_text(str(os.getpid()))
        time.sleep(60)
        return b""

    def stop(_: Agree) -> None:
        while not told.exists() or not told.read_text():
            time.sleep(0.01)
        raise ending

    with pytest.raises(ending):
        run_together(stop, [wait])
    assert is_gone(int(told.read_text()))


def test_ctrl_c_is_left_to_the_first_process() -> None:
    """The terminal sends it to all of them."""

    def press(_: Agree) -> bytes:
        os.kill(os.getpid(), signal.SIGINT)
        return b"went on"

    assert run_together(lambda _: None, [press])[1] == [b"went on"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="counted in /proc")
def test_no_descriptor_stays_open() -> None:
    """Neither after work nor after a failure."""
    before = sorted(Path("/proc/self/fd").iterdir())
    run_together(lambda _: None, [lambda _: b"", lambda _: b""])
    with pytest.raises(OutsideError):
        run_together(lambda _: None, [lambda _: b"", lambda _: os._exit(3)])
    assert sorted(Path("/proc/self/fd").iterdir()) == before


@pytest.mark.parametrize(("threads", "can"), [(1, True), (2, False)])
def test_a_process_with_threads_is_not_copied(monkeypatch: pytest.MonkeyPatch, threads: int, can: bool) -> None:
    """A lock that such a thread holds would be held in the copy for ever."""
    monkeypatch.setattr(threading, "active_count", lambda: threads)
    assert can_copy() is can


def test_other_systems_than_linux_are_not_asked_to_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless somebody says how many."""
    monkeypatch.setattr(sys, "platform", "darwin")
    assert count_cores() == 1
