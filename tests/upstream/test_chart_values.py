"""The judge of chart values refuses keys that nobody reads and specs that the API server would not take."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from upstream_support.chart_values import chart_defaults, merge_values, unknown_value_keys, value_errors

pytestmark = pytest.mark.unmeasured

ALL_WITH_VALUES = [
    ("argo-cd", "10.1.1"),
    ("ceph-csi-drivers", "1.0.4"),
    ("cert-manager", "v1.21.1"),
    ("local-path-provisioner", "0.0.37"),
    ("metallb", "0.16.1"),
    ("rook-ceph", "v1.20.6"),
    ("rook-ceph-cluster", "v1.20.6"),
    ("tigera-operator", "v3.32.1"),
]


@pytest.mark.parametrize(("chart", "version"), ALL_WITH_VALUES)
def test_upstreams_own_values_are_right(chart: str, version: str) -> None:
    """A judge that refuses the chart's own defaults would be no judge."""
    defaults = chart_defaults(chart, version)
    assert defaults
    assert value_errors(defaults, chart, version) == []


@pytest.mark.parametrize(
    ("chart", "version", "values", "unknown"),
    [
        ("rook-ceph", "v1.20.6", {"csi": {"kubeletDirPath": "/k"}, "crds": {"enabled": True}}, ["csi.kubeletDirPath"]),
        ("rook-ceph", "v1.19.10", {"csi": {"kubeletDirPath": "/k"}}, []),
        ("cert-manager", "v1.21.1", {"webhook": {"replicas": 2}, "config": {"any": 1}}, ["webhook.replicas"]),
        ("argo-cd", "10.1.1", {"configs": {"cm": {"a.b": 1}, "c.d": {}}}, ["configs.c\\.d"]),
        (
            "argo-cd",
            "10.1.1",
            {"configs": {"clusterCredentials": {"me": {"servr": "x"}}}},
            ["configs.clusterCredentials.me.servr"],
        ),
    ],
)
def test_unknown_value_keys(chart: str, version: str, values: dict[str, Any], unknown: list[str]) -> None:
    """A key is known by version, below a free-form map, or as part of an item of any name."""
    assert unknown_value_keys(values, chart, version) == unknown


@pytest.mark.parametrize(
    ("chart", "version", "values", "said"),
    [
        ("tigera-operator", "v3.32.1", {"installation": {"calicoNetwork": {"bgpp": "Enabled"}}}, "bgpp"),
        ("tigera-operator", "v3.32.1", {"installation": {"controlPlaneReplicas": "1"}}, "controlPlaneReplicas"),
        ("rook-ceph-cluster", "v1.20.6", {"cephClusterSpec": {"mon": {"count": "3"}}}, "mon.count"),
        ("rook-ceph-cluster", "v1.20.6", {"cephClusterSpec": {"network": {"ipFamily": "ipv6"}}}, "ipFamily"),
    ],
)
def test_maps_that_become_a_spec_are_checked_as_one(
    chart: str, version: str, values: dict[str, Any], said: str
) -> None:
    """The chart takes anything there; the API server does not."""
    assert unknown_value_keys(values, chart, version) == []
    problems = value_errors(values, chart, version)
    assert len(problems) == 1
    assert said in problems[0]


@pytest.mark.parametrize(
    ("chart", "version", "file"),
    [
        ("ceph-csi-drivers", "1.0.4", "rook-ceph/v1.20.6/ceph-csi-drivers.values.yaml"),
        ("rook-ceph-cluster", "v1.20.6", "rook-ceph-cluster/v1.20.6/values-external.yaml"),
    ],
)
def test_upstreams_examples_are_right(upstream: Path, chart: str, version: str, file: str) -> None:
    """Values that upstream shows to its users pass as well."""
    values = yaml.safe_load((upstream / file).read_bytes())
    assert value_errors(values, chart, version) == []


def test_a_copied_map_is_checked_over_the_charts_defaults() -> None:
    """Null takes a default away before the spec is made, so it is no wrong type there."""
    assert value_errors({"cephClusterSpec": {"dataDirHostPath": None}}, "rook-ceph-cluster", "v1.20.6") == []


def test_values_merge_as_helm_merges_them() -> None:
    """Maps merge, lists replace, null removes."""
    below = {"a": {"x": 1, "y": 2}, "list": [1, 2], "gone": 1}
    assert merge_values(below, {"a": {"y": 3}, "list": [], "gone": None}) == {"a": {"x": 1, "y": 3}, "list": []}
