"""A tree whose objects are made by others: kustomizations one over the other, an umbrella chart, an ApplicationSet."""

from __future__ import annotations

from fuzz_support.verified import verify_bytes

_NAMES = (
    "base/kustomization.yaml",
    "base/a.yaml",
    "over/kustomization.yaml",
    "over/patch.yaml",
    "certs/Chart.yaml",
    "certs/values.yaml",
    "apps/set.yaml",
)


def fuzz(data: bytes) -> None:
    """Verify bytes as a tree of files, with zeros between them."""
    verify_bytes(data, _NAMES)
