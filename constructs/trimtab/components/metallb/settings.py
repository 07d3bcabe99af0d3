"""Settings of MetalLB."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from trimtab.settings.component import ComponentSettings, Resources

InterfaceName = Annotated[
    str,
    Field(
        pattern=r"^[^ \t\r\n/:]+$",
        max_length=15,
        json_schema_extra={"title": "a network interface", "examples": ["eth0"]},
    ),
]
"""A network interface by name (Linux allows 15 characters: include/uapi/linux/if.h)."""

Workload = Literal["controller", "speaker"]
"""What can be given resources."""


class Settings(ComponentSettings):
    """Addresses for Services of type LoadBalancer: `network.loadBalancers`, announced on the nodes' own network."""

    interfaces: list[InterfaceName] = Field([], examples=[["eth0"]])
    """Network interfaces of the nodes that answer for the addresses. Default: all."""
    resources: dict[Workload, Resources] = Field({}, examples=[{"speaker": {"limits": {"memory": "128Mi"}}}])
    """Requests and limits by the name of the workload."""
