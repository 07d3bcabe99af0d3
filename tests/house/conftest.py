"""What the tests of the house share: where the checkout is, and which files belong to it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the top of the checkout."""
    return Path(__file__).parents[2]


@pytest.fixture(scope="session")
def package(root: Path) -> Path:
    """Return the folder of the package's sources."""
    return root / "constructs" / "trimtab"


@pytest.fixture(scope="session")
def kept_files(root: Path) -> tuple[Path, ...]:
    """Return every file that is committed, or would be by adding everything."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout.decode().split("\0")
    return tuple(root / name for name in listed if name and (root / name).is_file())


@pytest.fixture(scope="session")
def texts(root: Path, kept_files: tuple[Path, ...]) -> dict[str, str]:
    """Return the text of every kept file that is text, by its path below the checkout."""
    found = {}
    for path in kept_files:
        content = path.read_bytes()
        if b"\0" not in content[:8000]:
            found[path.relative_to(root).as_posix()] = content.decode("utf-8", "replace")
    return found
