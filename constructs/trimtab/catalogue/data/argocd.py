"""Argo CD: the chart argo-cd; its version is the chart's, not the application's."""

from __future__ import annotations

from trimtab.catalogue.chart import KubernetesRange, Release
from trimtab.catalogue.data.make import build_charts, build_pin, build_range, build_sources

# The OCI copy of this chart lies on ghcr.io and the index points at github.com: neither answers on IPv6.
_INDEX = "https://argoproj.github.io/argo-helm"
_SOURCES = build_sources(
    charts="argoproj/argo-helm charts/argo-cd/Chart.yaml",
    kubernetes="argoproj/argo-cd@v3.5.1 docs/operator-manual/tested-kubernetes-versions.md",
    one_minor_at_a_time="argoproj/argo-cd@v3.5.1 docs/operator-manual/upgrading (a page for each pair of minors)",
)
_ARGO_CD_3_3_AND_3_4 = build_range("1.32", "1.35")


def _release(version: str, app_version: str, kubernetes: KubernetesRange) -> Release:
    return Release(
        component="argocd",
        version=version,
        charts=build_charts(main=build_pin("argocd", "argo-cd", version, _INDEX, app_version=app_version)),
        kubernetes=kubernetes,
        one_minor_at_a_time=True,
        walked=app_version,
        source=_SOURCES,
    )


RELEASES = (
    _release("10.1.1", "v3.4.4", _ARGO_CD_3_3_AND_3_4),
    _release("10.0.1", "v3.4.4", _ARGO_CD_3_3_AND_3_4),
    _release("9.7.1", "v3.4.4", _ARGO_CD_3_3_AND_3_4),
    _release("9.4.18", "v3.3.6", _ARGO_CD_3_3_AND_3_4),
)
