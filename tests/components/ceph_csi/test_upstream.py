"""Every object against the CRDs of its release, every value against its chart."""

from __future__ import annotations

from typing import Any

import pytest

from ceph_csi_support.made import BLOCK, SHARED, make_csi, make_nodes
from trimtab.catalogue.components import find_release, releases
from upstream_support.chart_values import value_errors
from upstream_support.crd_schemas import validate
from upstream_support.folder import MISSING, find_upstream
from upstream_support.releases import release_crds

pytestmark = pytest.mark.skipif(find_upstream() is None, reason=MISSING)

FULL: dict[str, Any] = {
    **BLOCK,
    **SHARED,
    "subVolumeGroup": "csi",
    "snapshots": {},
    "resources": {name: {"limits": {"memory": "1Gi"}} for name in ("operator", "controller", "node")},
}
SHAPES: dict[str, dict[str, Any]] = {
    "one node": {"net": "IPv6", "nodes": make_nodes("amd64"), "size": "small"},
    "many, tainted": {"net": "dual", "nodes": make_nodes(*["arm64"] * 4, taints=["a=b:NoSchedule", "c:NoExecute"])},
    "arm beside": {"net": "IPv4", "nodes": make_nodes("amd64", "arm64", "arm")},
    "nothing said": {"net": "IPv4"},
}
EVERY = [(release.version, shape) for release in releases("ceph-csi") for shape in SHAPES]


@pytest.mark.parametrize(("version", "shape"), EVERY)
def test_every_object_is_valid(version: str, shape: str) -> None:
    """The API server of each release would take connection and profile, with nothing dropped."""
    made = make_csi({**FULL, "version": version}, **SHAPES[shape])
    crds = release_crds("ceph-csi", version)
    judged = [built.manifest for built in made.built if crds.covers(built.manifest)]
    assert {manifest["kind"] for manifest in judged} == {"CephConnection", "ClientProfile"}
    assert [problem for manifest in judged for problem in validate(manifest, crds)] == []


@pytest.mark.parametrize(("version", "shape"), EVERY)
def test_dead_helm_value_every_key_is_read(version: str, shape: str) -> None:
    """Each chart reads every value that we write for it."""
    made = make_csi({**FULL, "version": version}, **SHAPES[shape])
    release = find_release("ceph-csi", version)
    assert release is not None
    for name, role in (("ceph-csi-operator", "operator"), ("ceph-csi-drivers", "drivers")):
        found = made.chart(name)
        assert found.pin == release.charts[role]
        assert value_errors(found.values, found.pin.chart, version) == []


@pytest.mark.parametrize(("version", "shape"), EVERY)
def test_every_driver_is_valid(version: str, shape: str) -> None:
    """What the chart copies into a Driver is what its definition takes."""
    made = make_csi({**FULL, "version": version}, **SHAPES[shape])
    crds = release_crds("ceph-csi", version)
    for driver in ("rbd", "cephfs"):
        values = made.value("ceph-csi-drivers", f"drivers.{driver}")
        spec = {key: value for key, value in values.items() if key not in ("enabled", "name")}
        metadata = {"name": values["name"], "namespace": "n"}
        manifest = {"apiVersion": "csi.ceph.io/v1", "kind": "Driver", "metadata": metadata, "spec": spec}
        assert validate(manifest, crds) == []
