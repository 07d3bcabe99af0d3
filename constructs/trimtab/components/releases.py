"""Which release of a component the settings mean."""

from __future__ import annotations

from trimtab.catalogue.chart import Release
from trimtab.catalogue.components import find_release, newest_release
from trimtab.settings.component import ComponentSettings


def wanted_release(component: str, settings: ComponentSettings) -> Release:
    """Give the release that the settings name, else the newest.

    A version that the catalogue does not know is a finding of its own (`unknown-release`); until it is mended the
    newest stands in, so that everything else can be checked in the same run.
    """
    known = settings.version and find_release(component, settings.version)
    return known or newest_release(component)
