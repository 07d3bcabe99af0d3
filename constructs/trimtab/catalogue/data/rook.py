"""Rook with the Ceph version each of its releases brings; since 1.20 the CSI drivers are a chart of their own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from trimtab.catalogue.chart import ChartPin, KubernetesRange, Release
from trimtab.catalogue.data.make import build_charts, build_pin, build_range, build_sources

_INDEX = "https://charts.rook.io/release"
_CSI_INDEX = "https://ceph.github.io/ceph-csi-operator"


def _operator(version: str) -> ChartPin:
    return build_pin("rook", "rook-ceph", version, _INDEX)


def _release(
    version: str, charts: Mapping[str, ChartPin], kubernetes: KubernetesRange, *, floor: str, ceph: str
) -> Release:
    return Release(
        component="rook",
        version=version,
        charts=charts,
        kubernetes=kubernetes,
        floor=floor,
        one_minor_at_a_time=True,
        images=MappingProxyType({"ceph": f"quay.io/ceph/ceph:{ceph}"}),
        architectures=("amd64", "arm64"),
        source=build_sources(
            charts="rook/rook Documentation/Helm-Charts/operator-chart.md:36, csi-drivers-chart.md:25",
            kubernetes="rook/rook Documentation/Getting-Started/maintenance-and-support.md:30-34",
            floor="rook/rook Documentation/Upgrade/rook-upgrade.md:15-28,92-95",
            images=f"rook/rook@{version} deploy/charts/rook-ceph-cluster/values.yaml (cephImage, cephVersion)",
            architectures="rook/rook Documentation/Getting-Started/Prerequisites/prerequisites.md:14",
        ),
    )


RELEASES = (
    _release(
        "v1.20.6",
        build_charts(
            operator=_operator("v1.20.6"),
            drivers=build_pin("rook", "ceph-csi-drivers", "1.0.4", _CSI_INDEX, app_version="v1.0.4"),
        ),
        build_range("1.31", "1.36"),
        # 1.19.5 is the first that stamps the CSI objects with the Helm release that owns them from 1.20 on.
        floor="v1.19.5",
        ceph="v20.2.4",
    ),
    _release(
        "v1.19.10",
        build_charts(operator=_operator("v1.19.10")),
        build_range("1.30", "1.35"),
        floor="v1.18.0",
        ceph="v19.2.6",
    ),
    _release(
        "v1.18.11",
        build_charts(operator=_operator("v1.18.11")),
        build_range("1.29", "1.34"),
        floor="v1.17.0",
        ceph="v19.2.3",
    ),
)
