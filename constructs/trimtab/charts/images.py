"""The images that a chart's objects name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from trimtab.charts.placing import is_crd
from trimtab.charts.rendering import Manifest

_KEY = "image"
_REFERENCE = re.compile(
    r"(?:--?[A-Za-z0-9.-]+=)?"  # an argument such as --reloader-image=...
    r"((?:[a-z0-9-]+\.)+[a-z]{2,}(?::[0-9]+)?/[a-z0-9._/-]+:[A-Za-z0-9_][A-Za-z0-9_.-]*(?:@sha256:[0-9a-f]{64})?)"
)
"""With registry and tag, as a container's argument or environment has it; the form is that of the OCI distribution
specification (opencontainers/distribution-spec spec.md, Pulling manifests)."""


_INSIDE = re.compile(r"^\s*(?:- )?image:\s*[\"']?([^\s\"'{}]+)[\"']?\s*$", re.MULTILINE)
"""As a manifest inside a ConfigMap has it, such as the pod that a provisioner starts."""


def find_images(manifests: Iterable[Manifest]) -> list[str]:
    """Give the images that objects name in `image` fields, arguments, environment and manifests in texts, sorted."""
    found = {image for manifest in manifests if not is_crd(manifest) for image in _iter_images(manifest, "")}
    return sorted(found)


def _iter_images(value: Any, key: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _iter_images(item, str(name))
    elif isinstance(value, list):
        for item in value:
            yield from _iter_images(item, key)
    elif isinstance(value, str) and key == _KEY and value:
        yield value
    elif isinstance(value, str) and "\n" in value:
        yield from _INSIDE.findall(value)
    elif isinstance(value, str) and (match := _REFERENCE.fullmatch(value)):
        yield match[1]
