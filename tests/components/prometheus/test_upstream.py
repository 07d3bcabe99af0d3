"""Every object against the CRDs of its release, every value against its chart."""

from __future__ import annotations

from typing import Any

import pytest

from prometheus_support.made import ALL, GATEWAY, STORAGE, make_cluster
from trimtab.catalogue.components import releases
from trimtab.plan.offers import Controller
from upstream_support.chart_values import chart_defaults, value_errors
from upstream_support.crd_schemas import validate
from upstream_support.folder import MISSING, find_upstream
from upstream_support.releases import release_crds

pytestmark = pytest.mark.skipif(find_upstream() is None, reason=MISSING)

VERSIONS = [release.version for release in releases("prometheus")]
WORKLOADS = ("prometheus", "alertmanager", "operator", "grafana", "kubeStateMetrics", "nodeExporter")
FULL: dict[str, Any] = {
    "replicas": 2,
    "host": "p.example.org",
    "storageClass": "fast",
    "scrapeInterval": "60s",
    "alertmanager": {"configSecret": "am", "host": "a.example.org"},
    "grafana": {"size": "1Gi", "host": "g.example.org"},
    "nagios": {"host": "n.example.org"},
    "resources": {workload: {"requests": {"memory": "1Gi"}} for workload in WORKLOADS},
}
NODES = {
    name: {
        "address": f"2001:db8::{i}",
        "arch": arch,
        "roles": ["control-plane" if i == 1 else "worker"],
        "taints": ["a:NoExecute"],
    }
    for i, (name, arch) in enumerate((("a", "amd64"), ("b", "arm64"), ("c", "arm")), 1)
}
CALICO = Controller(by="calico-operator", name="operator.tigera.io")
SHAPES: dict[str, dict[str, Any]] = {
    "kubeadm, IPv6, everything": {"net": "IPv6", "brought": (*ALL, CALICO), "nodes": NODES},
    "kubespray, both families": {"net": "dual", "brought": ALL, "distribution": "kubespray", "nodes": NODES},
    "k3s, IPv4, nothing else": {"net": "IPv4", "brought": (STORAGE,), "distribution": "k3s"},
    "one small node": {"net": "IPv6", "size": "small", "nodeCount": {"controlPlane": 1, "workers": 0}},
}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("shape", SHAPES)
def test_every_object_is_valid(version: str, shape: str) -> None:
    """The API server of each release would take every custom resource, with nothing dropped."""
    crds = release_crds("prometheus", version)
    judged = [
        one for one in make_cluster({**FULL, "version": version}, **SHAPES[shape]).built if crds.covers(one.manifest)
    ]
    assert len(judged) >= 2
    assert [problem for built in judged for problem in validate(built.manifest, crds)] == []


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("shape", SHAPES)
def test_dead_helm_value_every_key_is_read(version: str, shape: str) -> None:
    """Each version of the chart reads every value that we write."""
    for settings in (FULL, {**FULL, "gateway": GATEWAY}, {}, {"grafana": False}):
        made = make_cluster({**settings, "version": version}, **SHAPES[shape])
        for found in made.charts.values():
            assert value_errors(found.values, found.pin.chart, found.pin.version) == []


def test_parts_that_are_switched_off_for_the_crds_are_all_there_are() -> None:
    """A new part of the chart that renders by default would come twice; the switches of all are known here."""
    defaults = chart_defaults("kube-prometheus-stack", VERSIONS[0])
    on = {key for key, value in defaults.items() if isinstance(value, dict) and value.get("enabled") is True}
    scraped = {key for key in on if key.startswith(("kube", "core")) and "serviceMonitor" in defaults[key]}
    assert on - scraped - {"crds"} == set(make_cluster().charts["prometheus-crds"].values) - {"defaultRules"}
