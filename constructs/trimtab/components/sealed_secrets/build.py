"""Sealed Secrets has no objects of ours: its chart brings all, and SealedSecrets are the user's own manifests."""

from __future__ import annotations

from trimtab.components.sealed_secrets.settings import Settings
from trimtab.kube.manifests import Manifests
from trimtab.plan.facts import Facts


def build(_manifests: Manifests, _application: str, _settings: Settings, _facts: Facts) -> None:
    """Add nothing."""
