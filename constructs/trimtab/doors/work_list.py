"""The door to a list of works that processes share: each takes the next one when it has done the last."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_BYTES = 2
MOST = 1 << 14
"""The most works of a list: all their numbers lie in a pipe at once, and fit into its 64 KiB (Linux, pipe(7))."""

Take = Callable[[], int | None]
"""Gives the number of the next work; nothing when there is none left."""


@contextmanager
def open_work_list(length: int) -> Iterator[Take]:
    """Lay out the numbers of works, from 0 on, before processes are started that take them.

    Args:
        length: How many works there are, `MOST` at most.
    """
    read_from, write_to = os.pipe()
    os.write(write_to, b"".join(number.to_bytes(_BYTES) for number in range(length)))
    os.close(write_to)
    try:
        yield lambda: _take(read_from)
    finally:
        os.close(read_from)


def _take(read_from: int) -> int | None:
    content = os.read(read_from, _BYTES)
    return int.from_bytes(content) if content else None
