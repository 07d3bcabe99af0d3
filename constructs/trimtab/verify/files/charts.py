"""The charts that the Applications of a tree have rendered, with the values they are given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from trimtab.catalogue.chart_facts import ChartFacts, chart_facts
from trimtab.documents.document import Value
from trimtab.findings.path import get_value
from trimtab.verify.files.applications import Application
from trimtab.verify.files.given_values import iter_given
from trimtab.verify.files.parameters import set_parameter
from trimtab.verify.world import ChartUse, GivenValues

_OTHER_CHARTS = "bitnami"
"""A publisher of other charts under the same names: what is known of a name does not hold for them."""


def iter_charts(application: Application, cluster: str, files: Mapping[str, bytes], prefix: str) -> Iterator[ChartUse]:
    """Give the charts of an Application.

    Args:
        application: The Application.
        cluster: The cluster it applies to.
        files: The tree's files, among which values files are looked for.
        prefix: Where the tree lies in its repository.
    """
    for source in application.sources:
        if source.chart is not None:
            release = source.helm.get("releaseName")
            given = tuple(iter_given(application, source, files, prefix))
            yield ChartUse(
                application=application.name,
                cluster=cluster,
                chart=source.chart.rpartition("/")[2],
                version=source.revision,
                namespace=application.target,
                release_name=release if isinstance(release, str) and release else application.name,
                values=_merge_all(given),
                facts=find_facts(source.chart.rpartition("/")[2], source.revision, source.repo_url),
                origin=application.found,
                given=given,
            )


def find_facts(name: str, version: str, repository: str) -> ChartFacts | None:
    """Find what is known of a chart: Argo CD takes a version with a leading `v` and without one for the same.

    Args:
        name: Its name.
        version: Its version.
        repository: Where it comes from.
    """
    if _OTHER_CHARTS in repository:
        return None
    plain = version.removeprefix("v")
    return chart_facts(name, version) or chart_facts(name, plain) or chart_facts(name, f"v{plain}")


def _merge_all(given: Iterable[GivenValues]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for one in given:
        if one.parameter:
            merged = set_parameter(merged, one.parameter, get_value(one.values, one.parameter))
        else:
            merged = merge_values(merged, one.values)
    return merged


def merge_values(lower: Mapping[str, Value], upper: Mapping[str, Value]) -> dict[str, Value]:
    """Lay values over others as Helm does: mappings merge, everything else replaces, null removes."""
    merged = dict(lower)
    for key, value in upper.items():
        below = merged.get(key)
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge_values(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged
