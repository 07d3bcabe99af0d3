"""ingress-nginx: its last release. The repository is archived, and nothing will be mended any more."""

from __future__ import annotations

from trimtab.catalogue.chart import Release
from trimtab.catalogue.data.make import build_charts, build_pin, build_range, build_sources

_INDEX = "https://kubernetes.github.io/ingress-nginx"

RELEASES = (
    Release(
        component="ingress-nginx",
        version="4.15.1",
        charts=build_charts(main=build_pin("ingress-nginx", "ingress-nginx", "4.15.1", _INDEX, app_version="1.15.1")),
        kubernetes=build_range("1.31", "1.35"),
        architectures=("amd64", "arm", "arm64"),
        source=build_sources(
            charts="kubernetes/ingress-nginx@helm-chart-4.15.1 charts/ingress-nginx/README.md",
            kubernetes="kubernetes/ingress-nginx@helm-chart-4.15.1 README.md (Supported Versions table)",
            architectures="kubernetes/ingress-nginx@helm-chart-4.15.1 Makefile:249 (PLATFORMS)",
        ),
    ),
)
