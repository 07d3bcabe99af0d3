"""ingress-nginx has no objects of ours: its chart makes the class."""

from __future__ import annotations

from trimtab.components.ingress_nginx.settings import Settings
from trimtab.kube.manifests import Manifests
from trimtab.plan.facts import Facts


def build(_manifests: Manifests, _application: str, _settings: Settings, _facts: Facts) -> None:
    """Add nothing."""
