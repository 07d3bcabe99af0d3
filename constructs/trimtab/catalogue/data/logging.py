"""Elasticsearch and Kibana by Elastic's operator (ECK), whose version is the component's, and Fluent Bit."""

from __future__ import annotations

from types import MappingProxyType

from trimtab.catalogue.chart import KubernetesRange, Release
from trimtab.catalogue.data.make import build_charts, build_pin, build_range, build_sources

_ELASTIC = "https://helm.elastic.co"
# The OCI copy of this chart lies on ghcr.io and the index points at github.com: neither answers on IPv6.
_FLUENT = "https://fluent.github.io/helm-charts"
_REGISTRY = "docker.elastic.co"


def _release(version: str, kubernetes: KubernetesRange, *, stack: str, fluent_bit: tuple[str, str]) -> Release:
    chart, image = fluent_bit
    return Release(
        component="logging",
        version=version,
        charts=build_charts(
            crds=build_pin("logging", "eck-operator-crds", version, _ELASTIC),
            operator=build_pin("logging", "eck-operator", version, _ELASTIC),
            fluent_bit=build_pin("logging", "fluent-bit", chart, _FLUENT, app_version=image),
        ),
        kubernetes=kubernetes,
        images=MappingProxyType(
            {
                "elasticsearch": f"{_REGISTRY}/elasticsearch/elasticsearch:{stack}",
                "kibana": f"{_REGISTRY}/kibana/kibana:{stack}",
            }
        ),
        # Fluent Bit's image exists for 32-bit arm as well; Elastic's do not.
        architectures=("amd64", "arm64"),
        source=build_sources(
            charts="elastic/cloud-on-k8s deploy/eck-operator/charts/eck-operator-crds; fluent/helm-charts README.md",
            kubernetes=f"elastic/cloud-on-k8s@v{version} README.md:20",
            images=f"elastic/cloud-on-k8s@v{version} deploy/eck-stack/charts/eck-elasticsearch/values.yaml (version)",
            architectures="elastic/cloud-on-k8s .buildkite; fluent/fluent-bit .github/workflows",
        ),
    )


RELEASES = (
    _release("3.5.0", build_range("1.32", "1.36"), stack="9.5.0", fluent_bit=("0.58.1", "5.1.1")),
    _release("3.4.1", build_range("1.31", "1.36"), stack="9.4.2", fluent_bit=("0.57.9", "5.0.9")),
    _release("3.3.2", build_range("1.31", "1.35"), stack="9.3.0", fluent_bit=("0.56.0", "4.2.3")),
)
