"""Works done at once, by threads that nobody waits for once an interrupt or an error has come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def map_at_once(work: Callable[[Item], Result], items: Sequence[Item], threads: int) -> list[Result]:
    """Do a work for each item, and give the results in the items' order.

    Whoever presses Ctrl-C while a server keeps silent is free at once: the threads go with the process, where those of
    `concurrent.futures` would have to end first (Lib/concurrent/futures/thread.py, _python_exit).

    Args:
        work: Done in any thread; must leave nothing half done that matters.
        items: What for.
        threads: How many of them at a time.

    Raises:
        Exception: What `work` raised first; what is not begun by then is not done.
    """
    waiting: SimpleQueue[int] = SimpleQueue()
    done: SimpleQueue[tuple[int, Result] | BaseException] = SimpleQueue()
    for at in range(len(items)):
        waiting.put(at)

    def run() -> None:
        while (at := _take(waiting)) is not None:
            try:
                done.put((at, work(items[at])))
            except BaseException as error:  # noqa: BLE001 - raised by who waits
                done.put(error)

    for _ in range(min(threads, len(items))):
        Thread(target=run, daemon=True).start()
    try:
        results = dict(_unpack(done.get()) for _ in items)
    finally:
        while _take(waiting) is not None:
            pass
    return [results[at] for at in range(len(items))]


def _take(waiting: SimpleQueue[int]) -> int | None:
    try:
        return waiting.get_nowait()
    except Empty:
        return None


def _unpack(ended: tuple[int, Result] | BaseException) -> tuple[int, Result]:
    if isinstance(ended, BaseException):
        raise ended
    return ended
