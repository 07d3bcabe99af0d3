"""Argo CD has no objects beside its chart's: its Applications and the AppProject are the root's."""

from __future__ import annotations

from trimtab.components.argocd.settings import Settings
from trimtab.kube.manifests import Manifests
from trimtab.plan.facts import Facts


def build(_manifests: Manifests, _application: str, _settings: Settings, _facts: Facts) -> None:
    """Add nothing."""
