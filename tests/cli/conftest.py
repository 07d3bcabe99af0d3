"""A small repository for every test of this room."""

from __future__ import annotations

from pathlib import Path

import pytest

from repository_support.repository import Repository, write_repository


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with one cluster, `lab`."""
    return write_repository(tmp_path / "repository")
