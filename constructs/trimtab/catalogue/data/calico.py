"""Calico by the Tigera operator; since 3.32 its CRDs are a chart of their own."""

from __future__ import annotations

from collections.abc import Mapping

from trimtab.catalogue.chart import ChartPin, KubernetesRange, Release
from trimtab.catalogue.data.make import build_charts, build_pin, build_range, build_sources

_REGISTRY = "quay.io/calico/charts"


def _pin(chart: str, version: str) -> ChartPin:
    return build_pin("calico", chart, version, _REGISTRY, oci=True)


def _release(
    version: str, charts: Mapping[str, ChartPin], kubernetes: KubernetesRange, *, floor: str | None = None
) -> Release:
    docs = f"tigera/docs calico_versioned_docs/version-{version[1:5]}"
    upgrade = f"{docs}/operations/upgrading/kubernetes-upgrade.mdx"
    sources = build_sources(
        charts="projectcalico/calico release/internal/registry/registry.go:29",
        kubernetes=f"{docs}/_includes/partials/_system-requirements.mdx",
        architectures="tigera/docs calico_versioned_docs/version-3.32/_includes/partials/_system-requirements.mdx:6",
        **({"floor": upgrade} if floor else {}),
    )
    return Release(
        component="calico",
        version=version,
        charts=charts,
        kubernetes=kubernetes,
        floor=floor,
        architectures=("amd64", "arm64"),
        source=sources,
    )


RELEASES = (
    _release(
        "v3.32.1",
        build_charts(
            # Of the two CRD charts this is the one that is no technical preview.
            crds=_pin("crd.projectcalico.org.v1", "v3.32.1"),
            operator=_pin("tigera-operator", "v3.32.1"),
        ),
        build_range("1.34", "1.36"),
        floor="v3.15.0",
    ),
    _release("v3.31.7", build_charts(operator=_pin("tigera-operator", "v3.31.7")), build_range("1.32", "1.35")),
    _release("v3.30.7", build_charts(operator=_pin("tigera-operator", "v3.30.7")), build_range("1.31", "1.35")),
)
