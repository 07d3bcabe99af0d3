"""`make bench`: how long a fleet takes, against plain cdk8s and against the floor; each in a process of its own.

Run it on a quiet machine: `python tests/bench/run.py [--clusters N] [--runs N]`.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench_support.fleet import write_cluster, write_fleet
from bench_support.verifying import ALL, CORE, write_all, write_core

HERE = Path(__file__).resolve().parent
PACKAGE, SUPPORT = HERE.parents[1] / "constructs", HERE.parent / "support"
COMMAND = (sys.executable, "-c", "from trimtab.cli.start import run; run()")
ROW = "{:<44} {:>7} {:>9} {:>9} {:>9} {:>8} {:>9}"


@dataclass(frozen=True, kw_only=True)
class Timed:
    """One way of doing it, measured a few times."""

    name: str
    objects: int
    seconds: tuple[float, ...]
    cpu: tuple[float, ...]
    peak_mib: float

    @property
    def per_object_us(self) -> float:
        """The median, by object, in microseconds."""
        return statistics.median(self.seconds) / self.objects * 1e6


def measure(name: str, objects: int, runs: int, command: Sequence[str], before: Callable[[int], Path]) -> Timed:
    """Run a command a few times, each in the folder that `before` prepares, and note time and peak memory."""
    taken = [_run_once(command, before(number)) for number in range(runs)]
    return Timed(
        name=name,
        objects=objects,
        seconds=tuple(wall for wall, _, _ in taken),
        cpu=tuple(cpu for _, cpu, _ in taken),
        peak_mib=max(peak for _, _, peak in taken),
    )


def _run_once(command: Sequence[str], folder: Path) -> tuple[float, float, float]:
    """Give wall seconds, processor seconds, and the most memory in MiB, with those of children."""
    probe = (sys.executable, str(HERE / "probe.py"), *command)
    done = subprocess.run(probe, cwd=folder, env=_environment(folder), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed in {folder}:\n{done.stdout}\n{done.stderr}")
    wall, cpu, peak = map(float, done.stdout.splitlines()[-1].split())
    return wall, cpu, peak


def _environment(folder: Path) -> dict[str, str]:
    paths = os.pathsep.join([str(PACKAGE), str(SUPPORT)])
    kept = {
        key: value for key, value in os.environ.items() if key not in {"TRIMTAB_NO_CACHE", "PYTHONDONTWRITEBYTECODE"}
    }
    return {**kept, "XDG_CACHE_HOME": str(folder.parent / f"{folder.name}.cache"), "PYTHONPATH": paths}


def measure_all(top: Path, clusters: int, runs: int) -> list[Timed]:
    """Measure every way, in one go."""
    fleet = top / "fleet-0"

    def cold(number: int) -> Path:
        folder = top / f"fleet-{number}"
        write_fleet(folder, clusters)
        return folder

    def changed(number: int) -> Path:
        write_cluster(fleet, clusters // 2, first_as=65100 + number)
        return fleet

    def empty(number: int) -> Path:
        return Path(tempfile.mkdtemp(dir=top))

    synth = (*COMMAND, "synth")
    first = measure("cold", 1, runs, synth, cold)
    objects = sum(1 for path in (fleet / "dist").rglob("*.yaml") if path.name != "values.yaml")
    floor = (sys.executable, str(HERE / "floor.py"), str(fleet / "dist"))
    plain = (sys.executable, str(HERE / "plain_cdk8s.py"), str(fleet / "dist"), "2000")
    for preparing in (floor, plain):
        _run_once(preparing, fleet)
    return [
        Timed(name="cold", objects=objects, seconds=first.seconds, cpu=first.cpu, peak_mib=first.peak_mib),
        measure("nothing changed", objects, 2 * runs, synth, lambda _: fleet),
        measure("one setting of one cluster changed", objects, 2 * runs, synth, changed),
        measure("check, nothing changed since", objects, 2 * runs, (*COMMAND, "check"), lambda _: fleet),
        *measure_verify(top, runs),
        measure("floor: the same objects, written plainly", objects, runs, floor, empty),
        measure("plain cdk8s: ApiObject and JsonPatch", 2000, runs, plain, empty),
    ]


def measure_verify(top: Path, runs: int) -> list[Timed]:
    """Measure `verify` on trees that we did not make."""
    verify = (*COMMAND, "verify", "--kubernetes", "1.35")
    core, every = write_core(top / "core"), write_all(top / "every")
    return [
        measure("verify, core manifests", CORE, runs, verify, lambda _: core),
        measure("verify, with Applications", ALL, runs, verify, lambda _: every),
    ]


def measure_after_start(folder: Path, runs: int) -> dict[str, float]:
    """Measure what reading and schemas alone take for core manifests: the least processor seconds, by way."""
    script = str(HERE / "after_start.py")

    def once(way: str) -> float:
        command = (sys.executable, script, str(folder), "1.35", way)
        done = subprocess.run(command, env=_environment(folder), capture_output=True, text=True, check=True)
        return float(done.stdout)

    return {way: min(once(way) for _ in range(runs)) for way in ("exact", "libyaml")}


def render_after_start(seconds: Mapping[str, float]) -> str:
    """Write what `measure_after_start` found as a sentence."""
    ours, common = seconds["exact"], seconds["libyaml"]
    return (
        f"{CORE} core manifests after start, one process: {ours:.2f} s read exactly and held against the schemas; "
        f"{common:.2f} s ({common / ours:.1f} times) for libyaml to read them"
    )


def render(rows: Sequence[Timed]) -> str:
    """Write the table, with each way's time by object against the floor's."""
    floor = next(row for row in rows if row.name.startswith("floor"))
    head = ROW.format("", "objects", "min s", "median s", "cpu s", "MiB", "x floor")
    return "\n".join([head, *(_row(row, floor) for row in rows)])


def _row(row: Timed, floor: Timed) -> str:
    return ROW.format(
        row.name,
        row.objects,
        f"{min(row.seconds):.2f}",
        f"{statistics.median(row.seconds):.2f}",
        f"{min(row.cpu):.2f}",
        f"{row.peak_mib:.0f}",
        f"{row.per_object_us / floor.per_object_us:.2f}",
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clusters", type=int, default=100)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    top = Path(tempfile.mkdtemp(prefix="trimtab-bench-"))
    try:
        rows = measure_all(top, given.clusters, given.runs)
        after_start = measure_after_start(top / "core", given.runs)
    finally:
        shutil.rmtree(top)
    where = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    sys.stdout.write(f"{given.clusters} clusters; {where}\n{render(rows)}\n{render_after_start(after_start)}\n")


if __name__ == "__main__":
    main()
