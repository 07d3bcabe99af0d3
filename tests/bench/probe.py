"""Runs one command and prints its wall seconds, processor seconds and peak memory in MiB, its children's included."""

from __future__ import annotations

import resource
import subprocess
import sys
import threading
import time
from pathlib import Path

EVERY_S = 0.1
"""How often memory is looked at; the look itself costs a millisecond of the processor's time."""


def read_memory(pid: int) -> float:
    """Read what a process and all below it have in memory, in MiB; a page that several share counts once."""
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    own = sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return own + sum(read_memory(int(child)) for child in below)


def watch(pid: int, seen: list[float], done: threading.Event) -> None:
    """Note the memory until it is done."""
    while not done.wait(EVERY_S):
        seen.append(read_memory(pid))


def main() -> int:
    """Run it."""
    seen: list[float] = [0.0]
    done = threading.Event()
    begin = time.perf_counter()
    with subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        watcher = threading.Thread(target=watch, args=(process.pid, seen, done), daemon=True)
        watcher.start()
        _, told = process.communicate()
        wall = time.perf_counter() - begin
        done.set()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    sys.stderr.buffer.write(told[-2000:] if process.returncode else b"")
    sys.stdout.write(f"{wall} {used.ru_utime + used.ru_stime} {max(*seen, used.ru_maxrss / 1024)}\n")
    return process.returncode


if __name__ == "__main__":
    sys.exit(main())
