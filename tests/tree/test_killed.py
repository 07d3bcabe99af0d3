"""A run that is killed, refused by the disk or crowded out leaves every folder whole."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import warnings
from pathlib import Path
from typing import Any

import pytest

from repository_support.folders import read_tree, write_cluster
from trimtab.doors.errors import OutsideError
from trimtab.doors.folder_exchange import exchange_folders
from trimtab.doors.folder_lock import locked_folder
from trimtab.tree.file import FileSpec
from trimtab.tree.planning import plan_writing
from trimtab.tree.staging import write_recovered
from trimtab.tree.writing import write_all, write_plan

OLD = {"root.yaml": "1", "apps/a/values.yaml": "v"}
NEW = {"root.yaml": "2", "apps/b/values.yaml": "b", "apps/b/manifests/x.yaml": "x"}
STEPS = 40
"""More steps than writing two clusters has; the last of them are not reached, and the run ends by itself."""


def names(folder: Path) -> list[str]:
    """List what stands in a folder, sorted."""
    return sorted(path.name for path in folder.iterdir())


def as_read(files: list[FileSpec]) -> dict[str, bytes]:
    """Turn files into what reading them back gives."""
    return {file.path: file.content for file in files}


def fork() -> int:
    """Fork, threads of the test runner or not: the child writes, and ends without coming back to them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def run_killed_at(step: int, dist: Path, trees: dict[str, list[FileSpec]], *, exchanges: bool) -> bool:
    """Write in a process that kills itself at a step; say whether it came so far."""
    process = fork()
    if process == 0:
        left = iter(range(step, 0, -1))

        def on_step(_: str) -> None:
            if next(left, 0) == 1:
                os.kill(os.getpid(), signal.SIGKILL)

        exchange = exchange_folders if exchanges else lambda *_: False
        write_plan(plan_writing(dist, trees), exchange=exchange, on_step=on_step)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(process, 0)[1])


@pytest.mark.parametrize("exchanges", [True, False])
def test_a_kill_leaves_every_folder_whole(tmp_path: Path, make_tree: Any, exchanges: bool) -> None:
    """Killed after any step, each cluster is old or new once the next run has begun, and a foreign file is there."""
    old = {cluster: make_tree(OLD, cluster) for cluster in ("lab", "prod")}
    new = {cluster: make_tree(NEW, cluster) for cluster in ("lab", "prod")}
    killed = 0
    for step in range(1, STEPS):
        dist = tmp_path / str(step)
        write_all(dist, old)
        (dist / "lab/note").write_text("keep")
        killed += run_killed_at(step, dist, new, exchanges=exchanges)
        write_recovered(dist, ["lab", "prod"])
        assert names(dist) == ["lab", "prod"]
        assert (dist / "lab/note").read_text() == "keep"
        for cluster, files in old.items():
            found = {path: content for path, content in read_tree(dist, cluster).items() if path != "lab/note"}
            assert found in (as_read(files), as_read(new[cluster]))
    assert 15 < killed < STEPS - 1


@pytest.mark.parametrize("step", [1, 2])
def test_a_kill_while_clearing_up_is_cleared_up(dist: Path, make_tree: Any, step: int) -> None:
    """A second kill, while the first one's leftovers are cleared up, still leaves the folder whole."""
    write_cluster(dist, "lab", make_tree(OLD))
    for stage in ("new", "old", "gone"):
        shutil.copytree(dist / "lab", dist / f".lab.{stage}-1")
    left = iter(range(step, 0, -1))

    def on_step(_: str) -> None:
        if next(left, 0) == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_recovered(dist, ["lab"], on_step=on_step)
    write_recovered(dist, ["lab"])
    assert names(dist) == ["lab"]
    assert read_tree(dist, "lab") == as_read(make_tree(OLD))


def test_an_old_folder_alone_returns(dist: Path, make_tree: Any) -> None:
    """When a killed run left nothing but the old folder, it gets its name back."""
    write_cluster(dist, "lab", make_tree(OLD))
    (dist / "lab").rename(dist / ".lab.old-1")
    write_recovered(dist, ["lab"])
    assert read_tree(dist, "lab") == as_read(make_tree(OLD))


def test_a_run_begins_by_clearing_up(dist: Path, make_tree: Any) -> None:
    """A run that has nothing to write still finishes what a killed one left."""
    write_cluster(dist, "lab", make_tree(OLD))
    (dist / "lab").rename(dist / ".lab.new-1")
    shutil.copytree(dist / ".lab.new-1", dist / ".lab.old-1")
    assert write_cluster(dist, "lab", make_tree(OLD)).written["lab"].changed == ()
    assert names(dist) == ["lab"]


def test_every_folder_is_staged_before_one_is_swapped(dist: Path, make_tree: Any) -> None:
    """What fails while the last cluster is staged leaves the first one old."""
    write_cluster(dist, "lab", make_tree(OLD))
    steps: list[str] = []
    trees = {"lab": make_tree(NEW), "prod": make_tree(NEW, "prod")}
    write_plan(plan_writing(dist, trees), on_step=steps.append)
    assert steps.index("swapped") > max(at for at, step in enumerate(steps) if step == "file written")


def test_folders_of_others_are_no_leftovers(dist: Path) -> None:
    """Only names that this tool gives are cleared up; a link of such a name is not."""
    for name in (".git", ".lab.new-x", "lab.new-1", ".lab.new-1.bak", ".lab.old-20261122", ".notes.old-2026"):
        (dist / name).mkdir(parents=True)
    (dist / ".lab.old-3").symlink_to(".git")
    before = names(dist)
    write_recovered(dist, ["lab"])
    assert names(dist) == before


def test_a_run_leaves_folders_of_others_alone(dist: Path, make_tree: Any) -> None:
    """A folder that looks like a leftover, of a name that no cluster has, is neither removed nor renamed."""
    for name in (".notes.old-2026", ".venv.new-1"):
        (dist / name).mkdir(parents=True)
        (dist / name / "file").write_text("mine")
    write_all(dist, {"lab": make_tree(OLD)}, known=["prod"])
    assert names(dist) == [".notes.old-2026", ".venv.new-1", "lab"]


def test_a_full_disk_changes_nothing(dist: Path, make_tree: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full half way, what was staged is removed and the old folder is untouched."""
    write_cluster(dist, "lab", make_tree(OLD))
    calls = iter(range(100))
    write = os.write

    def filling(descriptor: int, content: bytes) -> int:
        if next(calls) > 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(descriptor, content)

    monkeypatch.setattr(os, "write", filling)
    with pytest.raises(OutsideError, match="the disk is full"):
        write_cluster(dist, "lab", make_tree(NEW))
    assert names(dist) == ["lab"]
    assert read_tree(dist, "lab") == as_read(make_tree(OLD))


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk takes root")
def test_a_disk_that_is_really_full(tmp_path: Path, make_tree: Any) -> None:
    """On a real disk of 256 KiB, a tree too large for it leaves the old one, and room to go on."""
    disk_path = tmp_path / "small"
    disk_path.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk_path], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no mount here: {mounted.stderr.decode().strip()}")
    try:
        write_cluster(disk_path / "dist", "lab", make_tree(OLD))
        with pytest.raises(OutsideError, match="the disk is full"):
            write_cluster(disk_path / "dist", "lab", make_tree({f"{i}.yaml": "x" * 9000 for i in range(40)}))
        assert names(disk_path / "dist") == ["lab"]
        assert read_tree(disk_path / "dist", "lab") == as_read(make_tree(OLD))
        assert write_cluster(disk_path / "dist", "lab", make_tree(NEW)).written
    finally:
        subprocess.run(["umount", disk_path], check=True)


def test_a_failed_swap_brings_the_old_folder_back(dist: Path, make_tree: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the system refuses the swap, the old folder stands and nothing is left beside it."""
    write_cluster(dist, "lab", make_tree(OLD))

    def refusing(one: Path, other: Path) -> bool:
        raise OutsideError("refused")

    with pytest.raises(OutsideError, match="refused"):
        write_plan(plan_writing(dist, {"lab": make_tree(NEW)}), exchange=refusing)
    assert names(dist) == ["lab"]
    assert read_tree(dist, "lab") == as_read(make_tree(OLD))


def test_two_runs_do_not_mix(dist: Path, make_tree: Any) -> None:
    """While one run holds dist/, another one waits, then says so; the lock is no file."""
    dist.mkdir()
    with locked_folder(dist), pytest.raises(OutsideError, match="another run is writing"):
        write_all(dist, {"lab": make_tree(OLD)}, wait_s=0)
    assert names(dist) == []
    assert write_all(dist, {"lab": make_tree(OLD)}, wait_s=0).written


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_read_only_folder_is_said_and_kept(make_tree: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A user without the right to write gets one sentence; when nothing would change, no right is needed."""
    base = Path(subprocess.run(["mktemp", "-d"], check=True, capture_output=True, text=True).stdout.strip())
    base.chmod(0o755)
    try:
        write_cluster(base / "dist", "lab", make_tree(OLD))
        assert run_as_nobody(base / "dist", make_tree(OLD)) == "written"
        refused = run_as_nobody(base / "dist", make_tree(NEW))
        assert refused.startswith("cannot make the folder")
        assert refused.endswith("permission denied")
        assert read_tree(base / "dist", "lab") == as_read(make_tree(OLD))
    finally:
        shutil.rmtree(base)


def run_as_nobody(dist: Path, files: list[FileSpec]) -> str:
    """Write as a user without rights, in a process of its own; give the error's message, or `written`."""
    reading, writing = os.pipe()
    process = fork()
    if process == 0:
        os.setgid(65534)
        os.setuid(65534)
        try:
            write_cluster(dist, "lab", files)
            os.write(writing, b"written")
        except OutsideError as error:
            os.write(writing, error.message.encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(process, 0)
    with os.fdopen(reading) as answer:
        return answer.read()


def test_the_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    """Two processes with different hash seeds write the same inventory."""
    code = textwrap.dedent("""
        from trimtab.tree.index import *
        names = {"c", "a", "b"}
        entries = tuple(ApplicationEntry(name=n, component=n, wave=0, namespace=n, needs=tuple(names)) for n in names)
        print(render_index(Index(version="0", cluster="lab", kubernetes="1.34", applications=entries)))
    """)
    path = os.pathsep.join(sys.path)
    environments = [{**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path} for seed in ("1", "2")]
    outputs = {subprocess.check_output([sys.executable, "-c", code], env=env) for env in environments}
    assert len(outputs) == 1
