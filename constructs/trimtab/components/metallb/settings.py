"""Settings of MetalLB."""

from __future__ import annotations

from typing import Literal

from trimtab.settings.component import ComponentSettings, Resources


class Settings(ComponentSettings):
    """Addresses for Services of type LoadBalancer, from `network.loadBalancers`, announced on the nodes' own network."""

    interfaces: list[str] = []
    """Network interfaces that answer for the addresses. Default: all."""
    resources: dict[Literal["controller", "speaker"], Resources] = {}
    """Requests and limits by the name of the workload."""
