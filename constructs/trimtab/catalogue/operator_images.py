"""Where charts of operators let their image be overridden: the image must be of the release that the chart is of."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from trimtab.catalogue.chart import ChartPin

OPERATOR_TAGS: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "argo-cd": (
            ("global", "image", "tag"),
            ("controller", "image", "tag"),
            ("server", "image", "tag"),
            ("repoServer", "image", "tag"),
            ("applicationSet", "image", "tag"),
        ),
        "ceph-csi-operator": (("controllerManager", "manager", "image", "tag"),),
        "cert-manager": (("image", "tag"), ("webhook", "image", "tag"), ("cainjector", "image", "tag")),
        "eck-operator": (("image", "tag"),),
        "external-secrets": (("image", "tag"), ("webhook", "image", "tag"), ("certController", "image", "tag")),
        "kube-prometheus-stack": (("prometheusOperator", "image", "tag"),),
        "metallb": (("controller", "image", "tag"), ("speaker", "image", "tag")),
        "rook-ceph": (("image", "tag"),),
        "sealed-secrets": (("image", "tag"),),
        "tigera-operator": (("tigeraOperator", "version"),),
    }
)
"""Chart to the values that name the version of the operator whose CRDs and rights the chart brings."""

_COUNTS_BY_ITSELF = {"tigera-operator": "tigera/operator"}
"""Charts whose operator has a version of its own, and the end of its image's name."""


def operator_version(pin: ChartPin) -> str:
    """Give the version of the operator that a chart is made for; the application's, unless the operator has its own."""
    facts = pin.facts if pin.chart in _COUNTS_BY_ITSELF else None
    for image in facts.images if facts else ():
        name, _, tag = image.partition("@")[0].rpartition(":")
        if name.endswith(_COUNTS_BY_ITSELF[pin.chart]):
            return tag
    return pin.app_version
