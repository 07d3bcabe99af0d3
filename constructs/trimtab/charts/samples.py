"""A chart rendered for its facts: with its own values, and with any others that show more of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trimtab.catalogue.chart_facts import CustomKind, known_charts
from trimtab.catalogue.kinds import custom_kinds
from trimtab.catalogue.sample_values import sample_values
from trimtab.charts.archive import read_archive
from trimtab.charts.capabilities import served_api_versions, tell_api_versions
from trimtab.charts.chart_tree import iter_parts
from trimtab.charts.rendering import Manifest, RenderRequest
from trimtab.charts.running_helm import Refused, run_twice
from trimtab.charts.template_scan import find_asked
from trimtab.doors.helm import Helm, HelmRunner, run_helm

SAMPLE_NAMESPACE = "trimtab-sample"
"""No object of any chart is put there unless the release is."""

NEWEST_KUBERNETES = "1.36"
"""The newest minor that the catalogue knows the kinds of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Samples:
    """What a chart rendered."""

    manifests: tuple[Manifest, ...]
    refused: tuple[str, ...]
    """Why some of the inputs did not render; some charts need values that they have no default of."""


def render_samples(
    content: bytes,
    helm: Helm,
    inputs: Sequence[Mapping[str, Any]] | None = None,
    *,
    kubernetes: str = NEWEST_KUBERNETES,
    run: HelmRunner = run_helm,
) -> Samples:
    """Render a chart with each input, for a cluster that serves all kinds of the catalogue, all objects together.

    Args:
        content: The bytes of the archive.
        helm: The helm to use.
        inputs: Values; the empty ones are the chart's own. Without any, those that the catalogue has for the chart.
        kubernetes: The version of Kubernetes that it is rendered for.
        run: Runs helm.

    Raises:
        OutsideError: helm cannot be run.
        ChartError: The bytes are no chart.
    """
    archive = read_archive(content)
    served = served_api_versions(kubernetes, _iter_known_kinds())
    asked = find_asked(list(iter_parts(archive)))
    manifests: list[Manifest] = []
    refused: list[str] = []
    for values in sample_values(archive.name) if inputs is None else inputs:
        request = RenderRequest(
            chart=archive.name,
            version=archive.version,
            digest=hashlib.sha256(content).hexdigest(),
            read_archive=lambda: content,
            release_name=archive.name.replace(".", "-")[:53],
            namespace=SAMPLE_NAMESPACE,
            values=values,
            kube_version=kubernetes,
            api_versions=tell_api_versions(served, asked),
        )
        renders = run_twice(request, helm, run)
        if isinstance(renders, Refused):
            refused += renders.reasons
        else:
            manifests += renders.first
    return Samples(manifests=tuple(manifests), refused=tuple(refused))


def _iter_known_kinds() -> Iterable[CustomKind]:
    return (kind for chart, version in known_charts() for kind in custom_kinds(chart, version))
