"""local-path-provisioner: volumes that are folders of a node."""

from __future__ import annotations

from trimtab.catalogue.chart import Release
from trimtab.catalogue.data.make import build_charts, build_pin, build_range, build_sources

# Upstream publishes the chart here alone; the host does not answer on IPv6.
_REGISTRY = "ghcr.io/rancher/local-path-provisioner/charts"


def _release(version: str) -> Release:
    pin = build_pin("local-path", "local-path-provisioner", version, _REGISTRY, app_version=f"v{version}", oci=True)
    return Release(
        component="local-path",
        version=version,
        charts=build_charts(main=pin),
        kubernetes=build_range("1.12"),
        architectures=("amd64", "arm64"),
        source=build_sources(
            charts="rancher/local-path-provisioner .github/workflows/helm-release.yml",
            kubernetes="rancher/local-path-provisioner@v0.0.37 Chart.yaml (kubeVersion)",
            architectures="rancher/local-path-provisioner@v0.0.37 .github/workflows/build.yml:91",
        ),
    )


RELEASES = (_release("0.0.37"), _release("0.0.36"))
