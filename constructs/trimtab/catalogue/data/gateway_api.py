"""Gateway API: CRDs of the standard channel and the policy that guards them, straight from upstream's repository."""

from __future__ import annotations

from types import MappingProxyType

from trimtab.catalogue.chart import GitPin, Release
from trimtab.catalogue.data.make import build_range, build_sources


def _release(version: str) -> Release:
    pin = GitPin(
        component="gateway-api",
        repo_url="https://github.com/kubernetes-sigs/gateway-api",
        revision=f"v{version}",
        path="config/crd/standard",
    )
    return Release(
        component="gateway-api",
        version=version,
        files=MappingProxyType({"crds": pin}),
        # The policy beside the definitions is of a kind that Kubernetes serves since 1.30.
        kubernetes=build_range("1.30"),
        source=build_sources(
            files=f"kubernetes-sigs/gateway-api@v{version} config/crd/standard",
            kubernetes=f"kubernetes-sigs/gateway-api@v{version} config/crd/standard, ValidatingAdmissionPolicy v1",
        ),
    )


RELEASES = (_release("1.6.1"), _release("1.5.1"))
