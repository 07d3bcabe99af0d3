"""Traefik has no objects of ours: its chart makes the classes."""

from __future__ import annotations

from trimtab.components.traefik.settings import Settings
from trimtab.kube.manifests import Manifests
from trimtab.plan.facts import Facts


def build(_manifests: Manifests, _application: str, _settings: Settings, _facts: Facts) -> None:
    """Add nothing."""
