"""The Gateway API has no objects of ours: what uses it makes its own Gateways."""

from __future__ import annotations

from trimtab.components.gateway_api.settings import Settings
from trimtab.kube.manifests import Manifests
from trimtab.plan.facts import Facts


def build(_manifests: Manifests, _application: str, _settings: Settings, _facts: Facts) -> None:
    """Add nothing."""
