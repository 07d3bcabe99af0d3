"""What the committed facts of a release are, and how they are written; `trimtab.charts.make_facts` makes them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from trimtab.catalogue.components import iter_charts, iter_components, releases

FACTS = Path(__file__).parent / "facts"
"""The folder of all facts: `<chart>/<version>.json`."""

EXTRA_CHARTS = (
    ("projectcalico.org.v3", "v3.32.1"),
    ("rook-ceph-cluster", "v1.18.11"),
    ("rook-ceph-cluster", "v1.19.10"),
    ("rook-ceph-cluster", "v1.20.6"),
)
"""Charts that no release installs, but that tell what an older one read or what kinds another mode serves."""


def build_bare_record(
    name: str, version: str, manifests: Iterable[Mapping[str, Any]], rendered: Sequence[Sequence[Any]]
) -> dict[str, Any]:
    """Describe a release without a chart in the same shape as a chart.

    Args:
        name: The component.
        version: The release.
        manifests: All that belongs to it.
        rendered: A row for each kind among them, as a chart's facts have it.
    """
    definitions = [one for one in manifests if one["kind"] == "CustomResourceDefinition"]
    return {
        "chart": name,
        "version": version,
        "appVersion": version,
        "kubeVersion": None,
        "usesLookup": False,
        "random": [],
        "apiVersionsAsked": [],
        "images": [],
        "renders": list(rendered),
        "crds": sorted(one["metadata"]["name"] for one in definitions),
        "customKinds": build_custom_kinds(definitions),
        "keys": {},
    }


def build_custom_kinds(crds: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
    """Give group, kind, plural, scope, served versions and storage version of each definition, sorted."""
    rows = {}
    for crd in crds:
        spec = crd["spec"]
        served = [v["name"] for v in spec["versions"] if v["served"]]
        storage = next(v["name"] for v in spec["versions"] if v["storage"])
        names = spec["names"]
        rows[spec["group"], names["kind"]] = [names["plural"], spec["scope"], served, storage]
    return [[*key, *row] for key, row in sorted(rows.items())]


def render_facts(record: Mapping[str, Any]) -> str:
    """Write a record as JSON with one entry a line, so that a change of one fact is a change of one line."""
    return "{\n" + ",\n".join(f"{json.dumps(name)}: {_render(value)}" for name, value in record.items()) + "\n}\n"


def wanted_facts() -> tuple[tuple[str, str], ...]:
    """List chart and version of all facts the catalogue should hold, sorted; a release without charts counts as one."""
    pinned = {(pin.chart, pin.version) for pin in iter_charts()}
    every = (release for component in iter_components() for release in releases(component))
    bare = {(release.component, release.version) for release in every if release.files and not release.charts}
    return tuple(sorted(pinned | bare | set(EXTRA_CHARTS)))


def _render(value: object) -> str:
    if isinstance(value, Mapping) and value:
        return "{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in value.items()) + "\n}"
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(json.dumps(item) for item in value) + "\n]"
    return json.dumps(value)
