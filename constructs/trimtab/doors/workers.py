"""The door to worker processes: copies of this one that each do a share of a work, and agree on the way."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import NoReturn, TypeVar

from trimtab.doors.errors import OutsideError

T = TypeVar("T")

Agree = Callable[[bool], bool]
"""Says whether any of those at work says yes; each of them must ask equally often."""

MOST = 8
"""The most processes that are used unasked: more of them take more memory than they save time."""

_ASKS, _DONE, _REFUSED, _BROKE = b"?", b"=", b"!", b"x"
_YES, _NO = b"1", b"0"
_LENGTH_BYTES = 8


def count_cores() -> int:
    """Say how many processes may be at work at once, `MOST` at most; one where copying a process is not safe.

    macOS can copy a process, and some of its libraries do not survive it (Python's documentation of os.fork).
    """
    if not sys.platform.startswith("linux"):
        return 1
    return min(len(os.sched_getaffinity(0)), MOST)


def can_copy() -> bool:
    """Say whether this process can be copied: the system can, and no thread would be missing from the copy."""
    return hasattr(os, "fork") and threading.active_count() == 1


def run_together(own: Callable[[Agree], T], others: Sequence[Callable[[Agree], bytes]]) -> tuple[T, list[bytes]]:
    """Run works at once: one in this process, each other in a copy of it, which knows all that this one knows.

    A copy writes nothing to the terminal and leaves Ctrl-C to this process. Whatever ends this call ends the copies.

    Args:
        own: The work of this process.
        others: The work of each copy; what it gives comes back through a pipe.

    Returns:
        What `own` gave, and what each of the others did, in their order.

    Raises:
        OutsideError: A copy was ended from outside, or raised one itself.
        RuntimeError: A copy raised something else, which is a bug; its traceback is in the message.
    """
    copies: list[_Copy] = []
    try:
        for other in others:
            _start(other, copies)
        result = own(lambda asked: _agree(asked, copies))
        return result, [copy.read(_DONE) for copy in copies]
    finally:
        for copy in copies:
            copy.end()


def _agree(asked: bool, copies: Sequence[_Copy]) -> bool:
    answers = [copy.read(_ASKS) == _YES for copy in copies]
    agreed = asked or any(answers)
    for copy in copies:
        copy.tell(agreed)
    return agreed


@dataclass(slots=True)
class _Copy:
    """A copy of this process, seen from here."""

    pid: int
    read_from: int
    write_to: int
    is_open: bool = field(default=True, init=False)

    def read(self, wanted: bytes) -> bytes:
        kind, content = _read_message(self.read_from)
        if kind == wanted:
            return content
        if kind == _REFUSED:
            message, advice = json.loads(content)
            raise OutsideError(message, advice)
        if kind == _BROKE:
            raise RuntimeError(f"a worker process failed:\n{content.decode()}")
        raise OutsideError(f"a worker process {self._ending()}", "run again with --jobs 1, which takes less memory")

    def tell(self, answer: bool) -> None:
        with suppress(BrokenPipeError):  # the next reading tells
            _write_all(self.write_to, _YES if answer else _NO)

    def end(self) -> None:
        """Make sure that it is gone."""
        if not self.is_open:
            return
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self._close()

    def _ending(self) -> str:
        """Say how it ended; it has, for it has nothing more to say."""
        _, status = os.waitpid(self.pid, 0)
        self._close()
        code = os.waitstatus_to_exitcode(status)
        return f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"

    def _close(self) -> None:
        self.is_open = False
        os.close(self.read_from)
        os.close(self.write_to)


def _start(work: Callable[[Agree], bytes], copies: list[_Copy]) -> None:
    read_from, write_back = os.pipe()
    read_orders, write_to = os.pipe()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    with _uninterrupted():
        pid = os.fork()
        if pid == 0:
            _close_all(read_from, write_to, *(end for copy in copies for end in (copy.read_from, copy.write_to)))
            _work(work, read_orders, write_back)
        copies.append(_Copy(pid, read_from, write_to))
    _close_all(write_back, read_orders)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait, so that none comes to a copy that does not yet know that it is one."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(work: Callable[[Agree], bytes], orders: int, back: int) -> NoReturn:
    """Do a copy's work and leave, past every handler of the process it is a copy of."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        code = _do(work, orders, back)
    finally:
        os._exit(code)


def _do(work: Callable[[Agree], bytes], orders: int, back: int) -> int:
    def agree(asked: bool) -> bool:
        _write_message(back, _ASKS, _YES if asked else _NO)
        if not (answer := os.read(orders, 1)):
            os._exit(1)  # nobody waits for the result any more
        return answer == _YES

    try:
        _write_message(back, _DONE, work(agree))
    except OutsideError as error:
        _write_message(back, _REFUSED, json.dumps([error.message, error.help]).encode())
    except Exception:  # noqa: BLE001 - the process that waits raises it again
        _write_message(back, _BROKE, traceback.format_exc().encode("utf-8", "backslashreplace"))
    return 0


def _write_message(descriptor: int, kind: bytes, content: bytes) -> None:
    _write_all(descriptor, kind + len(content).to_bytes(_LENGTH_BYTES))
    _write_all(descriptor, content)


def _write_all(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _read_message(descriptor: int) -> tuple[bytes, bytes]:
    """Read one message: its kind and what it says; an empty kind where it breaks off."""
    head = _read_all(descriptor, 1 + _LENGTH_BYTES)
    content = _read_all(descriptor, int.from_bytes(head[1:]))
    is_whole = len(head) == 1 + _LENGTH_BYTES and len(content) == int.from_bytes(head[1:])
    return (head[:1], content) if is_whole else (b"", b"")


def _read_all(descriptor: int, length: int) -> bytes:
    parts: list[bytes] = []
    while length and (part := os.read(descriptor, min(length, 1 << 20))):
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def _close_all(*descriptors: int) -> None:
    for descriptor in descriptors:
        os.close(descriptor)
