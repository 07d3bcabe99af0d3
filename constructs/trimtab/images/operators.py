"""Images that Elastic's operator takes by itself: the object gives a version, and no image."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from trimtab.images.reference import find_reference
from trimtab.images.use import How, ImageUse

ELASTIC = "docker.elastic.co"
"""The registry, unless the operator's `container-registry` says another."""
_IMAGES: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("elasticsearch.k8s.elastic.co", "Elasticsearch"): "elasticsearch/elasticsearch",
        ("kibana.k8s.elastic.co", "Kibana"): "kibana/kibana",
        ("apm.k8s.elastic.co", "ApmServer"): "apm/apm-server",
        ("logstash.k8s.elastic.co", "Logstash"): "logstash/logstash",
    }
)
"""Group and kind to image (elastic/cloud-on-k8s v3.5.0 pkg/controller/common/container/container.go)."""


def iter_operator_images(manifest: Mapping[str, Any], elastic: str = ELASTIC) -> Iterator[ImageUse]:
    """Give the image that Elastic's operator takes for an object that gives its version alone.

    Args:
        manifest: The object, of any kind.
        elastic: What the operator puts before the names of Elastic's images.
    """
    group, _, _ = str(manifest.get("apiVersion", "")).rpartition("/")
    name = _IMAGES.get((group, str(manifest.get("kind", ""))))
    spec = manifest.get("spec")
    if name is None or not isinstance(spec, Mapping) or spec.get("image") or not spec.get("version"):
        return
    if reference := find_reference(f"{elastic}/{name}:{spec['version']}"):
        yield ImageUse(reference=reference, path=("spec", "version"), how=How.OPERATOR)
