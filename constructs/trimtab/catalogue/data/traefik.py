"""Traefik: the chart traefik; its version is the chart's, not the application's."""

from __future__ import annotations

from trimtab.catalogue.chart import Release
from trimtab.catalogue.data.make import build_charts, build_pin, build_range, build_sources

RELEASES = (
    Release(
        component="traefik",
        version="41.3.0",
        charts=build_charts(
            main=build_pin("traefik", "traefik", "41.3.0", "https://traefik.github.io/charts", app_version="v3.7.11")
        ),
        kubernetes=build_range("1.25"),
        architectures=("amd64", "arm", "arm64", "s390x"),
        source=build_sources(
            charts="traefik/traefik-helm-chart@v41.3.0 traefik/README.md (Deploying)",
            kubernetes="traefik/traefik-helm-chart@v41.3.0 traefik/Chart.yaml (kubeVersion)",
            architectures="docker-library/official-images library/traefik (Architectures)",
        ),
    ),
)
