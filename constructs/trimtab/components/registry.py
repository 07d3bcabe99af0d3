"""All components, one a line, in alphabetical order."""

from __future__ import annotations

from trimtab.components.protocol import Component

COMPONENTS: tuple[Component, ...] = (
    Component("argocd", always=True),
    Component("calico"),
    Component("cert-manager"),
    Component("gateway-api"),
    Component("local-path"),
    Component("metallb"),
    Component("prometheus"),
    Component("rook"),
)

BY_NAME = {component.name: component for component in COMPONENTS}
