"""Ctrl-C ends a run even where Python drops what it becomes."""

from __future__ import annotations

import os
import signal
import sys
import weakref
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from trimtab.doors import interrupts
from trimtab.doors.interrupts import raise_if_interrupted, remember_interrupts
from trimtab.pipeline.state import Options, Stage, State, run_stages


@pytest.fixture
def heeding(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Heed Ctrl-C as a run of the command does, and as before afterwards."""
    monkeypatch.setattr(interrupts, "_is_pressed", False)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have had us ignore it
    remember_interrupts()
    yield
    signal.signal(signal.SIGINT, before)


class Thing:
    """What somebody waits for the end of."""


def press_where_it_is_dropped() -> None:
    """Send Ctrl-C while Python runs a weak reference's callback, as it does at the end of each import."""
    thing = Thing()
    watcher = weakref.ref(thing, lambda _: os.kill(os.getpid(), signal.SIGINT))
    del thing
    assert watcher() is None


@pytest.mark.usefixtures("heeding")
def test_what_was_dropped_comes_up_again(capfd: pytest.CaptureFixture[str]) -> None:
    """And nothing is printed of it where it was dropped."""
    raise_if_interrupted()
    press_where_it_is_dropped()
    with pytest.raises(KeyboardInterrupt):
        raise_if_interrupted()
    assert capfd.readouterr().err == ""


@pytest.mark.usefixtures("heeding")
def test_no_stage_begins_after_it() -> None:
    """The one that writes least of all."""
    begun: list[str] = []

    def press(state: State) -> State:
        press_where_it_is_dropped()
        return replace(state, notes=("went on",))

    def write(state: State) -> State:
        begun.append("write")
        return state

    stages = (Stage(name="check", run=press), Stage(name="write", run=write, writes=True))
    with pytest.raises(KeyboardInterrupt):
        run_stages(stages, Options(root=Path()))
    assert begun == []


@pytest.mark.usefixtures("heeding")
def test_other_faults_that_are_dropped_are_told_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are bugs, and whoever looks for one wants to see them."""
    told: list[object] = []
    monkeypatch.setattr(sys, "__unraisablehook__", told.append)
    thing = Thing()
    watcher = weakref.ref(thing, lambda _: 1 // 0)
    del thing
    assert (watcher(), len(told)) == (None, 1)


def test_a_process_that_is_to_ignore_it_does() -> None:
    """As one that a shell's script started with `&`."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        remember_interrupts()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
