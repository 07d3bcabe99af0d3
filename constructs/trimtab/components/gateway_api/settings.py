"""Settings of the Gateway API."""

from __future__ import annotations

from trimtab.settings.component import ComponentSettings


class Settings(ComponentSettings):
    """The Gateway API's CRDs (standard channel), which Gateways and HTTPRoutes are made of."""
