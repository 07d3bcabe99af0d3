"""Upstream's own files, where they are at hand; every test here says why it was skipped where they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from upstream_support.folder import MISSING, find_upstream


@pytest.fixture(scope="session", autouse=True)
def upstream() -> Path:
    """Return the folder with upstream's files, or skip."""
    folder = find_upstream()
    if folder is None:
        pytest.skip(MISSING)
    return folder
