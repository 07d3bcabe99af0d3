"""All components, one a line, in alphabetical order."""

from __future__ import annotations

from trimtab.components.protocol import Component

COMPONENTS: tuple[Component, ...] = (
    Component("argocd", always=True),
    Component("calico"),
    Component("ceph-csi"),
    Component("cert-manager"),
    Component("csi-driver-nfs"),
    Component("external-secrets"),
    Component("gateway-api"),
    Component("harbor"),
    Component("ingress-nginx"),
    Component("local-path"),
    Component("logging"),
    Component("metallb"),
    Component("prometheus"),
    Component("rook"),
    Component("sealed-secrets"),
    Component("traefik"),
)
