"""cert-manager: certificates and their issuers."""

from __future__ import annotations

from trimtab.catalogue.chart import KubernetesRange, Release
from trimtab.catalogue.data.make import build_charts, build_pin, build_range, build_sources

_REGISTRY = "quay.io/jetstack/charts"


def _release(version: str, kubernetes: KubernetesRange) -> Release:
    return Release(
        component="cert-manager",
        version=version,
        charts=build_charts(main=build_pin("cert-manager", "cert-manager", version, _REGISTRY, oci=True)),
        kubernetes=kubernetes,
        one_minor_at_a_time=True,
        architectures=("amd64", "arm64"),
        source=build_sources(
            charts="cert-manager/website content/docs/installation/helm.md:21-37",
            kubernetes="cert-manager/website content/docs/releases/README.md:24-25,305",
            one_minor_at_a_time="cert-manager/website content/docs/installation/upgrade.md:16-22",
            architectures="cert-manager/cert-manager@v1.21.1 make/containers.mk:18",
        ),
    )


RELEASES = (
    _release("v1.21.1", build_range("1.33", "1.36")),
    _release("v1.20.3", build_range("1.32", "1.35")),
    _release("v1.19.6", build_range("1.31", "1.35")),
)
