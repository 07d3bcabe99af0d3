"""An empty folder, and `trimtab init` in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from repository_support.repository import Repository, write_repository


@pytest.fixture
def empty(tmp_path: Path) -> Repository:
    """A folder with nothing in it."""
    return write_repository(tmp_path / "my-lab", cluster=None, platform=None)
