"""What decides what charts render is part of what decides a cluster's result."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from helm_support.made import config_map
from helm_support.vendored import use_helm, vendor_charts
from repository_support.repository import Repository
from trimtab.doors.cache import Cache
from trimtab.pipeline.fingerprint import read_inputs
from trimtab.pipeline.render_inputs import read_render_inputs


@pytest.fixture(autouse=True)
def helm(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The pinned helm, and an empty cache."""
    use_helm(monkeypatch, tmp_path / "cache")


def key(repository: Repository, *, with_charts: bool = False) -> str:
    """Give what decides the result of the one cluster."""
    inputs = read_inputs("synth", repository.options(with_charts=with_charts))
    assert inputs is not None
    return inputs.keys["lab"]


def vendor(repository: Repository, name: str) -> None:
    """Lock a chart with one object."""
    vendor_charts(repository, {"cert-manager": {"templates/one.yaml": config_map(name)}})


@pytest.mark.parametrize("with_charts", [False, True])
def test_lock_counts_where_charts_are_rendered(repository: Repository, with_charts: bool) -> None:
    """Other bytes of a chart are another result, where anybody looks at them."""
    if not with_charts:
        repository.add("{delivery: rendered}")
    vendor(repository, "one")
    before = key(repository, with_charts=with_charts)
    assert key(repository, with_charts=with_charts) == before
    vendor(repository, "two")
    assert key(repository, with_charts=with_charts) != before


def test_lock_does_not_count_where_argocd_renders(repository: Repository) -> None:
    """What nobody looks at changes nothing."""
    vendor(repository, "one")
    before = key(repository)
    vendor(repository, "two")
    assert key(repository) == before


def test_helm_counts(repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Another helm may render something else."""
    before = read_render_inputs(repository.root, os.environ)
    other = tmp_path / "bin/helm"
    other.parent.mkdir()
    other.write_text("#!/bin/sh\necho v4.9.9\n")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", str(other.parent), prepend=os.pathsep)
    assert read_render_inputs(repository.root, os.environ) != before


def test_archives_count(repository: Repository) -> None:
    """Once an archive is at hand, what could not be looked at can be."""
    vendor(repository, "one")
    before = key(repository, with_charts=True)
    for archive in (repository.root / "vendor/charts").iterdir():
        archive.unlink()
    assert key(repository, with_charts=True) != before


def test_to_look_at_charts_counts(repository: Repository) -> None:
    """A run that looked at fewer things is not taken for one that looked at all."""
    assert key(repository) != key(repository, with_charts=True)


def test_cache_of_archives_counts(repository: Repository, tmp_path: Path) -> None:
    """It does not matter whether an archive lies in the repository or in the user's cache."""
    vendor(repository, "one")
    before = read_render_inputs(repository.root, os.environ)
    (archive,) = (repository.root / "vendor/charts").iterdir()
    content = archive.read_bytes()
    archive.unlink()
    folder = tmp_path / "cache/trimtab/charts"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    Cache(folder).write(hashlib.sha256(content).hexdigest(), content)
    assert read_render_inputs(repository.root, os.environ) == before
