"""Sealed Secrets: the chart sealed-secrets; its version is the chart's, not the controller's."""

from __future__ import annotations

from trimtab.catalogue.chart import Release
from trimtab.catalogue.data.make import build_charts, build_pin, build_range, build_sources

_INDEX = "https://bitnami-labs.github.io/sealed-secrets"

RELEASES = (
    Release(
        component="sealed-secrets",
        version="2.18.5",
        charts=build_charts(main=build_pin("sealed-secrets", "sealed-secrets", "2.18.5", _INDEX, app_version="0.36.6")),
        kubernetes=build_range("1.16"),
        architectures=("amd64", "arm", "arm64"),
        source=build_sources(
            charts="bitnami-labs/sealed-secrets@helm-v2.18.5 helm/sealed-secrets/Chart.yaml, README.md (Helm Chart)",
            kubernetes="bitnami-labs/sealed-secrets@helm-v2.18.5 helm/sealed-secrets/Chart.yaml (kubeVersion)",
            architectures="bitnami-labs/sealed-secrets@v0.36.6 README.md (Installation), .goreleaser.yml",
        ),
    ),
)
