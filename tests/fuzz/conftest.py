"""A repository whose one cluster is written anew for each example."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from repository_support.repository import write_repository
from trimtab.pipeline import build_stages, check_stages
from trimtab.pipeline.state import State, run_stages

FILE = "apps/clusters/lab.yaml"

Run = Callable[..., State]


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Give what checks the settings of a cluster, or builds and verifies all of its tree."""
    repository = write_repository(tmp_path_factory.mktemp("fuzz"), cluster=None, platform=None)

    def run_cluster(value: Any, *, is_built: bool = False) -> State:
        repository.write(FILE, json.dumps(value, indent=1, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        return run_stages(build_stages() if is_built else check_stages(), repository.options())

    return run_cluster
