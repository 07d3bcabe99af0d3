"""Every object against the definitions of its release, every value against its chart."""

from __future__ import annotations

from typing import Any

import pytest

from logging_support.made import ALL, STORAGE, make_cluster
from trimtab.catalogue.components import releases
from upstream_support.chart_values import value_errors
from upstream_support.crd_schemas import validate
from upstream_support.folder import MISSING, find_upstream
from upstream_support.releases import release_crds

pytestmark = pytest.mark.skipif(find_upstream() is None, reason=MISSING)

VERSIONS = [release.version for release in releases("logging")]
FULL: dict[str, Any] = {
    "elasticsearch": {"size": "100Gi", "storageClass": "slow"},
    "kibana": {"host": "logs.example.org", "replicas": 2},
    "retention": "7d",
    "journal": True,
    "resources": {"operator": {"limits": {"memory": "1Gi"}}, "fluentBit": {"limits": {"memory": "1Gi"}}},
}
MIXED = {f"n{a}": {"address": f"192.0.2.{i}", "arch": a} for i, a in enumerate(("amd64", "arm64", "arm"), 1)}
SHAPES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "one machine": ({}, {"machines": 1, "brought": (STORAGE,)}),
    "many, everything": (FULL, {"net": "dual", "brought": ALL}),
    "IPv4, processors of three kinds": (FULL, {"net": "IPv4", "brought": ALL, "nodes": MIXED}),
    "arm64, large": ({}, {"size": "large", "nodeDefaults": {"arch": "arm64", "os": "alpine"}}),
}


@pytest.mark.parametrize("shape", list(SHAPES))
@pytest.mark.parametrize("version", VERSIONS)
def test_every_object_is_valid(version: str, shape: str) -> None:
    """The API server of each release would take every custom resource, with nothing dropped."""
    logging, cluster = SHAPES[shape]
    made = make_cluster({**logging, "version": version}, **cluster)
    crds = release_crds("logging", version)
    judged = [built for built in made.built if crds.covers(built.manifest)]
    assert {built.manifest["kind"] for built in judged} == {"Elasticsearch", "Kibana"}
    assert [problem for built in judged for problem in validate(built.manifest, crds)] == []


@pytest.mark.parametrize("shape", list(SHAPES))
@pytest.mark.parametrize("version", VERSIONS)
def test_dead_helm_value_every_key_is_read(version: str, shape: str) -> None:
    """Each chart reads every value that we write for it."""
    logging, cluster = SHAPES[shape]
    made = make_cluster({**logging, "version": version}, **cluster)
    assert len(made.charts) == 3
    for found in made.charts.values():
        assert value_errors(found.values, found.pin.chart, found.pin.version) == []


@pytest.mark.parametrize("shape", list(SHAPES))
def test_every_reason_stands_at_a_value(shape: str) -> None:
    """A reason for what is not there would be a promise that nobody keeps."""
    logging, cluster = SHAPES[shape]
    for built in make_cluster(logging, **cluster).built:
        for path in built.reasons:
            here: Any = built.manifest
            for key in path:
                here = here[key]
