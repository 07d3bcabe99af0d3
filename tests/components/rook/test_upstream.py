"""Every object against the CRDs of its release, every value against its chart."""

from __future__ import annotations

from typing import Any

import pytest

from rook_support.made import make_cluster
from trimtab.catalogue.components import releases
from trimtab.plan.offers import ApiGroup, MonitorSelector
from upstream_support.chart_values import value_errors
from upstream_support.crd_schemas import validate
from upstream_support.folder import MISSING, find_upstream
from upstream_support.releases import release_crds

pytestmark = pytest.mark.skipif(find_upstream() is None, reason=MISSING)

VERSIONS = [release.version for release in releases("rook")]
EC: dict[str, Any] = {"erasureCoded": {"dataChunks": 2, "codingChunks": 1}}
FULL: dict[str, Any] = {
    "discovery": {"interval": "10m"},
    "blockPools": {"b": {"compression": "passive", "deviceClass": "ssd", "storageClass": {"name": "b"}}, "e": EC},
    "filesystems": {"f": {"dataPools": {"bulk": EC, "two": {}}, "storageClass": {"name": "f"}}},
    "objectStores": {"o": {**EC, "bucketClass": {"name": "o"}}, "p": {}},
    "dashboard": {"service": "LoadBalancer", "port": 443},
    "snapshots": {},
    "toolbox": {},
    "network": {"hostNetwork": True},
    "resources": {"operator": {"limits": {"memory": "1Gi"}}},
    "priorities": {"mds": "high"},
}
BROUGHT = (ApiGroup(by="p", name="monitoring.coreos.com"), MonitorSelector(by="p", labels=(("release", "kps"),)))
SHAPES: dict[str, dict[str, Any]] = {
    "one node": {"hosts": [3], "net": "IPv6"},
    "many, tainted": {
        "hosts": [2, 2, 1, 1],
        "net": "dual",
        "nodeDefaults": {"taints": ["a=b:NoSchedule", "c:NoExecute"]},
    },
    "arm beside": {
        "net": "IPv4",
        "nodes": {
            a: {"address": f"192.0.2.{i}", "arch": a, "disks": [{"name": "sdb", "size": "1Gi"}]}
            for i, a in enumerate(("amd64", "arm64", "arm"), 1)
        },
    },
    "filter": {"hosts": [0, 0, 0], "net": "IPv6"},
}


@pytest.fixture(params=list(SHAPES))
def shape(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Give each shape of a cluster in turn."""
    return SHAPES[str(request.param)]


@pytest.mark.parametrize("version", VERSIONS)
def test_every_object_is_valid(version: str, shape: dict[str, Any]) -> None:
    """The API server of each release would take every custom resource, with nothing dropped."""
    devices = {"devices": {"deviceFilter": "^sd", "devicePathFilter": "^/dev"}} if shape is SHAPES["filter"] else {}
    made = make_cluster({**FULL, **devices, "version": version}, brought=BROUGHT, **shape)
    crds = release_crds("rook", version)
    judged = [built for built in made.built if crds.covers(built.manifest)]
    assert len(judged) >= 8
    assert [problem for built in judged for problem in validate(built.manifest, crds)] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_dead_helm_value_every_key_is_read(version: str, shape: dict[str, Any]) -> None:
    """Each chart reads every value that we write for it."""
    made = make_cluster({**FULL, "version": version}, brought=BROUGHT, **shape)
    for found in made.charts.values():
        assert value_errors(found.values, found.pin.chart, found.pin.version) == []
