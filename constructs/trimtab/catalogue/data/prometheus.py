"""Prometheus: the chart kube-prometheus-stack, which is installed twice: its CRDs alone, then everything else."""

from __future__ import annotations

from trimtab.catalogue.chart import Release
from trimtab.catalogue.data.make import build_charts, build_pin, build_range, build_sources

# The OCI copy of this chart lies on ghcr.io and the index points at github.com: neither answers on IPv6.
_INDEX = "https://prometheus-community.github.io/helm-charts"


def _release(version: str, operator: str) -> Release:
    chart = "kube-prometheus-stack"
    return Release(
        component="prometheus",
        version=version,
        charts=build_charts(main=build_pin("prometheus", chart, version, _INDEX, app_version=operator)),
        kubernetes=build_range("1.25"),
        architectures=("amd64", "arm64"),
        source=build_sources(
            charts=f"prometheus-community/helm-charts@{chart}-{version} charts/{chart}/Chart.yaml",
            kubernetes=f"prometheus-community/helm-charts@{chart}-{version} charts/{chart}/Chart.yaml (kubeVersion)",
            # Some images exist for 32-bit arm as well, but Prometheus maps its blocks into memory.
            architectures="prometheus/prometheus Makefile (DOCKER_ARCHS), kube-state-metrics Makefile (ALL_ARCH)",
        ),
    )


RELEASES = (
    _release("88.5.3", "v0.93.1"),
    _release("87.21.0", "v0.92.1"),
    _release("86.3.2", "v0.91.0"),
)
