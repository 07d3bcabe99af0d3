"""How the data files spell a release: less ink, same types."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from trimtab.catalogue.chart import ChartPin, KubernetesRange


def build_pin(
    component: str, chart: str, version: str, repo_url: str, *, app_version: str | None = None, oci: bool = False
) -> ChartPin:
    """Pin a chart; the application's version is the chart's own unless another is given."""
    return ChartPin(
        component=component,
        chart=chart,
        version=version,
        app_version=app_version or version,
        repo_url=repo_url,
        oci=oci,
    )


def build_charts(**charts: ChartPin) -> Mapping[str, ChartPin]:
    """Name the charts of a release by their role, in the order they are installed."""
    return MappingProxyType(charts)


def build_sources(**sources: str) -> Mapping[str, str]:
    """Say for each fact where it was read."""
    return MappingProxyType(sources)


def build_range(oldest: str, newest: str | None = None) -> KubernetesRange:
    """Give the Kubernetes minors from the oldest to the newest one, both included."""
    return KubernetesRange(oldest=oldest, newest=newest)
