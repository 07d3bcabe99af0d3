"""MetalLB: addresses for Services of type LoadBalancer."""

from __future__ import annotations

from trimtab.catalogue.chart import Release
from trimtab.catalogue.data.make import build_charts, build_pin, build_range, build_sources

RELEASES = (
    Release(
        component="metallb",
        version="0.16.1",
        charts=build_charts(
            main=build_pin("metallb", "metallb", "0.16.1", "quay.io/metallb/chart", app_version="v0.16.1", oci=True)
        ),
        kubernetes=build_range("1.19"),
        source=build_sources(
            charts="metallb/metallb@v0.16.1 charts/metallb/Chart.yaml",
            kubernetes="metallb/metallb@v0.16.1 charts/metallb/Chart.yaml (kubeVersion)",
        ),
    ),
)
