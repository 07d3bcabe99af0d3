"""What a registry says a chart consists of."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trimtab.charts.errors import ChartError
from trimtab.charts.reference import shown_url

MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json"
CONFIG_TYPE = "application/vnd.cncf.helm.config.v1+json"
CONTENT_TYPES = ("application/vnd.cncf.helm.chart.content.v1.tar+gzip", "application/tar+gzip")
"""What Helm writes, and what it wrote before 3.7. Source: helm pkg/registry/constants.go."""

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """The one blob that is the archive."""

    digest: str
    size: int


def parse_manifest(body: bytes, url: str) -> Layer:
    """Find the archive in a manifest.

    Args:
        body: The manifest as the registry gave it.
        url: Where it came from, for people.

    Raises:
        ChartError: `no-chart-in-registry` where it is no manifest of a chart.
    """
    value = _mapping(body, url)
    config = value.get("config")
    if not isinstance(config, Mapping) or config.get("mediaType") != CONFIG_TYPE:
        kind = config.get("mediaType") if isinstance(config, Mapping) else value.get("mediaType")
        raise _no_chart(url, f"it holds {kind[:80] if isinstance(kind, str) else 'something else'}")
    layers = value.get("layers")
    found = [
        layer
        for layer in (layers if isinstance(layers, list) else [])
        if isinstance(layer, Mapping) and layer.get("mediaType") in CONTENT_TYPES
    ]
    if len(found) != 1:
        raise _no_chart(url, f"it has {len(found)} archives")
    digest, size = found[0].get("digest"), found[0].get("size")
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest) or not isinstance(size, int):
        raise _no_chart(url, "its archive has no SHA-256 or no size")
    return Layer(digest=digest, size=size)


def _mapping(body: bytes, url: str) -> Mapping[str, Any]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _no_chart(url, "its manifest is no JSON") from error
    if not isinstance(value, Mapping):
        raise _no_chart(url, "its manifest is no JSON object")
    return value


def _no_chart(url: str, why: str) -> ChartError:
    return ChartError(
        "no-chart-in-registry",
        f"{shown_url(url)} is no chart: {why}",
        "check the address: the chart's name is its last part, its version the tag",
    )
