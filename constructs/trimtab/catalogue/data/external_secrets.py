"""External Secrets: the chart external-secrets, which brings its CRDs."""

from __future__ import annotations

from trimtab.catalogue.chart import Release
from trimtab.catalogue.data.make import build_charts, build_pin, build_range, build_sources

_INDEX = "https://charts.external-secrets.io"
_CHART = "external-secrets/external-secrets@v2.9.0 deploy/charts/external-secrets/Chart.yaml"

RELEASES = (
    Release(
        component="external-secrets",
        version="2.9.0",
        charts=build_charts(
            main=build_pin("external-secrets", "external-secrets", "2.9.0", _INDEX, app_version="v2.9.0")
        ),
        # Upstream tests one Kubernetes minor with each release and says of others only that they may work.
        kubernetes=build_range("1.19"),
        one_minor_at_a_time=True,
        architectures=("amd64", "arm64"),
        source=build_sources(
            charts=_CHART,
            kubernetes=f"{_CHART} (kubeVersion); docs/introduction/stability-support.md",
            one_minor_at_a_time="external-secrets/external-secrets@v2.9.0 docs/introduction/stability-support.md",
            architectures="external-secrets/external-secrets .github/workflows/ci.yml (publish-artifacts)",
        ),
    ),
)
