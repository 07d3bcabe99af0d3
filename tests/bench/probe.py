"""Runs one command and prints its wall seconds, processor seconds and peak memory in MiB, its children's included."""

from __future__ import annotations

import resource
import subprocess
import sys
import time

begin = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
wall = time.perf_counter() - begin
used = resource.getrusage(resource.RUSAGE_CHILDREN)
sys.stderr.buffer.write(done.stderr[-2000:] if done.returncode else b"")
sys.stdout.write(f"{wall} {used.ru_utime + used.ru_stime} {used.ru_maxrss / 1024}\n")
sys.exit(done.returncode)
