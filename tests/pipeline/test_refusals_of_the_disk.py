"""A disk that refuses: one clear line, exit code 3, nothing half written."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from repository_support.repository import Repository

pytestmark = pytest.mark.unmeasured


@pytest.fixture
def close() -> Iterator[Callable[[Path, int], None]]:
    """Change the mode of a file or folder until the test ends."""
    before: dict[Path, int] = {}

    def change(path: Path, mode: int) -> None:
        before[path] = path.stat().st_mode
        path.chmod(mode)

    yield change
    for path, mode in before.items():
        path.chmod(mode)


def test_output_that_may_not_be_written_is_told(repository: Repository, close: Callable[[Path, int], None]) -> None:
    """A read-only `dist/`: exit code 3, the words of the system and a cure; the old tree stays whole."""
    repository.synth()
    before = repository.tree()
    repository.add("components: {gateway-api: {}}")
    close(repository.root / "dist", 0o555)
    done = repository.run("synth", powerless=True)
    assert done.returncode == 3, done.stderr
    assert "permission denied" in done.stderr
    assert "= help: " in done.stderr
    assert "Traceback" not in done.stderr
    assert repository.tree() == before


@pytest.mark.parametrize("folder", ["apps", "apps/clusters"])
def test_folder_that_may_not_be_read_is_told(
    repository: Repository, close: Callable[[Path, int], None], folder: str
) -> None:
    """An unreadable folder of settings: named, exit code 1 like every finding on settings, nothing written."""
    close(repository.root / folder, 0o000)
    done = repository.run("synth", powerless=True)
    assert done.returncode == 1, done.stderr
    assert "error[unreadable-file]" in done.stderr
    assert f"{folder}" in done.stderr
    assert "permission denied" in done.stderr
    assert not (repository.root / "dist").exists()


def test_file_that_may_not_be_read_is_told(repository: Repository, close: Callable[[Path, int], None]) -> None:
    """An unreadable settings file is a finding at that file."""
    close(repository.root / "apps/platform.yaml", 0o000)
    done = repository.run("check", powerless=True)
    assert done.returncode == 1, done.stderr
    assert "error[unreadable-file]" in done.stderr
    assert "apps/platform.yaml" in done.stderr


def test_full_disk_is_told_and_leaves_the_old_tree(repository: Repository, tmp_path: Path) -> None:
    """No space left: exit code 3; the clusters are whole as they were, nothing staged is left behind."""
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(small)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("this user may not mount a small file system")
    try:
        repository.synth(dist=small / "dist")
        before = {str(path): path.read_bytes() for path in small.rglob("*") if path.is_file()}
        assert before
        big = "".join(f"---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: m{n}}}\n" for n in range(100))
        repository.write("apps/manifests/lab/shop/a.yaml", big)
        done = repository.run("synth", "-o", str(small / "dist"))
        assert done.returncode == 3, done.stderr
        assert "the disk is full" in done.stderr
        assert {str(path): path.read_bytes() for path in small.rglob("*") if path.is_file()} == before
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_output_that_is_a_file_is_told(repository: Repository) -> None:
    """A file where the output folder has to be: exit code 3, and the file is as it was."""
    repository.write("dist", "mine")
    done = repository.run("synth")
    assert done.returncode == 3, done.stderr
    assert "cannot" in done.stderr
    assert (repository.root / "dist").read_text() == "mine"


def test_findings_are_told_although_the_disk_refuses(repository: Repository) -> None:
    """A warning that was found before the disk refused is not lost."""
    repository.write("apps/clusters/other.yml", "")
    repository.write("dist", "mine")
    assert "warning[misnamed-file]" in repository.run("synth").stderr
