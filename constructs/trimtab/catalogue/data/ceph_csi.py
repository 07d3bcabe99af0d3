"""Ceph's CSI drivers by their own operator, for a Ceph outside the cluster; both charts have one version."""

from __future__ import annotations

from trimtab.catalogue.chart import KubernetesRange, Release
from trimtab.catalogue.data.make import build_charts, build_pin, build_range, build_sources

_INDEX = "https://ceph.github.io/ceph-csi-operator"


def _release(version: str, kubernetes: KubernetesRange | None = None) -> Release:
    operator, drivers = (
        build_pin("ceph-csi", chart, version, _INDEX, app_version=f"v{version}")
        for chart in ("ceph-csi-operator", "ceph-csi-drivers")
    )
    return Release(
        component="ceph-csi",
        version=version,
        charts=build_charts(operator=operator, drivers=drivers),
        kubernetes=kubernetes,
        architectures=("amd64", "arm64"),
        source=build_sources(
            charts="ceph/ceph-csi-operator docs/helm-charts/operator-chart.md, drivers-chart.md",
            kubernetes="ceph/ceph-csi-operator@v1.0.4 README.md:26 (v0.6.0 names none)",
            architectures="ceph/ceph-csi-operator Makefile:182, ceph/ceph-csi scripts/build-multi-arch-image.sh:31",
        ),
    )


RELEASES = (_release("1.0.4", build_range("1.32")), _release("0.6.0"))
