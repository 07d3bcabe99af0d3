"""Settings of Sealed Secrets."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from trimtab.settings.component import ComponentSettings, Resources

Workload = Literal["controller"]
"""What can be given resources."""


class Settings(ComponentSettings):
    """The controller that opens SealedSecrets: values that lie in Git, sealed for this cluster's key alone."""

    key_renew_period: str | None = Field(
        None, title="a duration in Go's units, or 0", pattern=r"^(0|([0-9]+(ms|s|m|h))+)$", examples=["0"]
    )
    """How often a further key is made; old ones go on opening what was sealed for them. Default:
    every 30 days. `0`: never, so that one backup of the key lasts."""
    resources: dict[Workload, Resources] = Field({}, examples=[{"controller": {"requests": {"cpu": "20m"}}}])
    """Requests and limits by the name of the workload."""
