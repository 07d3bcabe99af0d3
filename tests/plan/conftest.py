"""What the tests of plans share: a cluster made of a few settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from trimtab.plan.cluster import Cluster
from trimtab.settings.root import Settings

MakeCluster = Callable[..., Cluster]


@pytest.fixture
def cluster() -> MakeCluster:
    """Return a function that makes a cluster: keyword arguments replace settings at the top."""

    def make(
        *, kubernetes: Mapping[str, Any] | None = None, network: Mapping[str, Any] | None = None, **more: Any
    ) -> Cluster:
        settings = {
            "cluster": "lab",
            "kubernetes": {"version": "1.35", **(kubernetes or {})},
            "network": {"pods": ["10.1.0.0/16"], "services": ["10.2.0.0/16"], **(network or {})},
            "gitops": {"repoURL": "https://git.example.org/platform.git"},
            **more,
        }
        return Cluster(Settings.model_validate(settings))

    return make
