"""Where the Gateway API's CRDs come from: upstream publishes files in Git and no chart."""

from __future__ import annotations

from trimtab.components.gateway_api.offers import APPLICATION
from trimtab.components.gateway_api.settings import Settings
from trimtab.components.releases import wanted_release
from trimtab.kube.release import GitFiles, Source
from trimtab.plan.facts import Facts


def charts(settings: Settings, _facts: Facts) -> dict[str, Source]:
    """Give the folder of the standard channel at the release's tag."""
    release = wanted_release("gateway-api", settings)
    return {APPLICATION: GitFiles(pin=release.files["crds"], origins=("components.gateway-api",))}
