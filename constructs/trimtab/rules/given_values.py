"""The Helm values that the user gives, wherever settings have a place for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.findings.path import Path
from trimtab.kube.release import ChartRelease
from trimtab.plan.application import OWN
from trimtab.rules.rule import Subject


def iter_given_values(subject: Subject) -> Iterator[tuple[Path, ChartRelease, Mapping[str, Any]]]:
    """Give values with their settings path, and the release as it is without them: of components, then of own charts.

    Values of what has no chart are left out.
    """
    for component, settings in subject.components.items():
        for application, values in settings.values.items():
            release = subject.derived.get(application)
            if release is not None:
                yield ("components", component, "values", application), release, values
    for application, own in subject.cluster.settings.applications.items():
        release = subject.derived.get(application)
        if own.values and release is not None and release.pin.component == OWN:
            yield ("applications", application, "values"), release, own.values
