"""Small charts in the place of the real ones: packed, locked, and kept in a repository of settings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from chart_support.locked import lock_charts
from helm_support.made import find_helm, pack_chart
from repository_support.repository import Repository
from trimtab.charts.reference import ChartKey
from trimtab.pipeline import plan_stages
from trimtab.pipeline.locking import list_wanted
from trimtab.pipeline.state import run_stages


def vendor_charts(repository: Repository, charts: Mapping[str, Mapping[str, str]]) -> None:
    """Lock and vendor charts of ours under the names and versions of those that the settings want.

    Args:
        repository: The repository.
        charts: Name of the chart to its files; what is not named is not locked.
    """
    wanted = list_wanted(run_stages(plan_stages(), repository.options()))
    archives: dict[ChartKey, bytes] = {
        one.key: pack_chart(charts[one.key.chart], one.key.chart, one.key.version)
        for one in wanted
        if one.key.chart in charts
    }
    lock_charts(repository.root, archives)


def use_helm(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    """Put the pinned helm first on the path, and the user's caches where nobody else's are."""
    folder = Path(find_helm().path).parent
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))


def lose_helm(monkeypatch: pytest.MonkeyPatch, empty: Path) -> None:
    """Take helm off the path."""
    empty.mkdir(exist_ok=True)
    monkeypatch.setenv("PATH", str(empty))
