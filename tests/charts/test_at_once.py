"""Works done at once: in order, the first error raised, and nobody waits for what nobody wants."""

from __future__ import annotations

import threading
import time

import pytest

from trimtab.charts.at_once import map_at_once


def test_results_come_in_the_items_order() -> None:
    """The first work ends last."""
    second = threading.Event()

    def work(item: int) -> int:
        if item == 0:
            second.wait(5)
        second.set()
        return item * 2

    assert map_at_once(work, [0, 1], 2) == [0, 2]
    assert map_at_once(work, [], 2) == []


def test_no_more_threads_than_asked_for() -> None:
    """Hosts mind."""
    at_work: set[str] = set()

    def work(_: int) -> None:
        at_work.add(threading.current_thread().name)
        time.sleep(0.001)

    map_at_once(work, range(20), 3)
    assert 1 <= len(at_work) <= 3


def test_an_error_waits_for_nobody_and_begins_nothing() -> None:
    """A server that keeps silent does not hold it up, and the works that are left are not done."""
    silent, begun = threading.Event(), []

    def work(item: int) -> None:
        begun.append(item)
        if item == 1:
            raise KeyboardInterrupt
        silent.wait(30)

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        map_at_once(work, [0, 1, 2, 3], 2)
    assert time.monotonic() - began < 10
    assert sorted(begun)[:2] == [0, 1]
    assert len(begun) <= 3
    silent.set()
