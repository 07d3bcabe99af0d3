"""One release of one Helm chart, with our values and why they are what they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from trimtab.catalogue.chart import ChartPin, GitPin
from trimtab.catalogue.versions import parse_version
from trimtab.findings.path import get_value
from trimtab.settings.component import Delivery

Values = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRelease:
    """A chart at a version, installed under a name with values."""

    pin: ChartPin
    release_name: str
    namespace: str
    values: Values = field(hash=False)
    """Values for exactly this version of the chart."""
    reasons: Mapping[tuple[str, ...], str] = field(default_factory=dict, hash=False)
    """Value paths that were derived for a reason, and the reason: overriding one is a finding."""
    api_versions: tuple[str, ...] = ()
    """API versions the chart is told of.

    Argo CD gives these in the place of what the cluster serves (argo-cd v3.4.4 pkg/apis/application/v1alpha1/types.go,
    GetAPIVersionsOrDefault); Helm adds built-in groups and versions, but no built-in kind.
    """
    skip_crds: bool = False
    """Whether the chart's `crds/` folder is left out, because another application brings them."""
    origins: tuple[str, ...] = ()
    """The settings paths and facts that the values were made from."""
    delivery: Delivery = Delivery.VALUES
    """Who renders it: Argo CD, or we do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GitFiles:
    """A folder of upstream's own manifests in Git, for what upstream publishes no chart of."""

    pin: GitPin
    origins: tuple[str, ...] = ()


Source = ChartRelease | GitFiles


def is_rendered(source: Source | None) -> bool:
    """Say whether Argo CD gets what a chart renders, and not the chart."""
    return isinstance(source, ChartRelease) and source.delivery is Delivery.RENDERED


@dataclass(frozen=True, slots=True, kw_only=True)
class Adaptation:
    """One upstream change, walked backwards: how values of the newest version look below it."""

    below: str
    """The version with the change: values for older ones are adapted."""
    adapt: Callable[[Values], Values]
    why: str
    source: str


def adapt_values(values: Values, version: str, adaptations: Sequence[Adaptation]) -> Values:
    """Take values for the newest version down to an older one, newest change first."""
    wanted = parse_version(version)
    for step in sorted(adaptations, key=lambda a: parse_version(a.below), reverse=True):
        if wanted < parse_version(step.below):
            values = step.adapt(values)
    return values


def match_reasons(reasons: Mapping[tuple[str, ...], str], values: Mapping[str, Any]) -> dict[tuple[str, ...], str]:
    """Give the reasons for the values that are there: of the others there is nothing to override."""
    return {path: why for path, why in reasons.items() if get_value(values, path) is not None}


def merge_values(low: Values, high: Mapping[str, Any]) -> Values:
    """Merge values as Helm does: maps by key, anything else is replaced."""
    merged = dict(low)
    for key, value in high.items():
        below = merged.get(key)
        merged[key] = merge_values(below, value) if isinstance(below, dict) and isinstance(value, Mapping) else value
    return merged


def set_value(values: Values, path: tuple[str, ...], value: Any) -> Values:
    """Give values in which one path has a new value; the maps on the way are made."""
    head, *rest = path
    below = values.get(head)
    inner = set_value(below if isinstance(below, dict) else {}, tuple(rest), value) if rest else value
    return {**values, head: inner}


def drop_value(values: Values, path: tuple[str, ...]) -> Values:
    """Give values without one path; maps that become empty go too."""
    head, *rest = path
    if head not in values:
        return values
    if rest and isinstance(values[head], dict):
        inner = drop_value(values[head], tuple(rest))
        return {**values, head: inner} if inner else {k: v for k, v in values.items() if k != head}
    return {k: v for k, v in values.items() if k != head}
