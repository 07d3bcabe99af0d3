"""Values against upstream's own record of a chart, read apart from the catalogue so that the two can be compared."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from upstream_support.crd_schemas import CrdSet, load_crds, validate_spec
from upstream_support.folder import upstream_folder

Values = Mapping[str, Any]

COPIED_SPECS = {
    ("tigera-operator", "installation"): ("calico", "operator.tigera.io", "v1", "Installation", ("enabled",)),
    ("rook-ceph-cluster", "cephClusterSpec"): ("rook-ceph", "ceph.rook.io", "v1", "CephCluster", ()),
}
"""Charts that copy a map of their values into the spec of a custom resource.

Chart and key to: folder of the definitions, group, version, kind, keys that the chart keeps for itself.
"""


@cache
def find_record(chart: str, version: str) -> Path:
    """Find the folder that holds upstream's record of a chart version.

    Raises:
        LookupError: There is none.
    """
    for file in sorted(upstream_folder().glob(f"**/{version}/**/derived.json")):
        record = json.loads(file.read_text(encoding="utf-8"))
        if (record["chart"], record["version"]) == (chart, version):
            return file.parent
    raise LookupError(f"no record of chart {chart} {version}")


def value_errors(values: Values, chart: str, version: str) -> list[str]:
    """Say all that is wrong with a chart's values: keys nobody reads, and specs that the API server would refuse."""
    unknown = [f"{path}: unknown key" for path in unknown_value_keys(values, chart, version)]
    return unknown + copied_spec_errors(values, chart, version)


def unknown_value_keys(values: Values, chart: str, version: str) -> list[str]:
    """Give the dotted path of every key in `values` that the chart never reads, the topmost of each branch."""
    return list(iter_unknown_keys(_record(find_record(chart, version))["keys"], values))


def iter_unknown_keys(keys: Values, values: Values) -> Iterator[str]:
    """Do so for a record's keys: dotted path to whether it is `open`, and whether for items of any name (`each`)."""
    yield from _iter_unknown(keys, values, ("",), "")


def copied_spec_errors(values: Values, chart: str, version: str) -> list[str]:
    """Check the maps that a chart copies into a custom resource, laid over the chart's own defaults as Helm does."""
    problems = []
    for (of_chart, key), (folder, group, api, kind, kept) in COPIED_SPECS.items():
        if of_chart == chart and key in values:
            whole = merge_values(chart_defaults(chart, version).get(key) or {}, values[key])
            spec = {name: value for name, value in whole.items() if name not in kept}
            found = validate_spec(spec, _crds(folder, version), group=group, version=api, kind=kind)
            problems += [f"{key}: {problem}" for problem in found]
    return problems


def chart_defaults(chart: str, version: str) -> dict[str, Any]:
    """Read upstream's own values of a chart version; empty where they are not at hand."""
    file = find_record(chart, version) / "values.yaml"
    return _defaults(file) if file.is_file() else {}


def merge_values(below: Values, above: Values) -> dict[str, Any]:
    """Lay values over others as Helm does: maps merge, everything else replaces, null removes."""
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(old, Mapping):
            merged[key] = merge_values(old, value)
        else:
            merged[key] = value
    return merged


def _iter_unknown(keys: Values, values: Values, prefixes: tuple[str, ...], shown: str) -> Iterator[str]:
    """Walk the values beside all records that may speak of them: the exact one, and the one of any item."""
    for key, value in values.items():
        name = str(key).replace(".", "\\.")
        exact = [f"{prefix}{name}" for prefix in prefixes]
        anything = [f"{prefix}*" for prefix in prefixes if keys.get(prefix[:-1], {}).get("each")]
        here = [path for path in (*exact, *anything) if path in keys]
        if not here:
            yield f"{shown}{name}"
        elif isinstance(value, Mapping) and not any(_is_free(keys[path]) for path in here):
            yield from _iter_unknown(keys, value, tuple(f"{path}." for path in here), f"{shown}{name}.")


def _is_free(key: Values) -> bool:
    return bool(key.get("open")) and not key.get("each")


@cache
def _record(folder: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((folder / "derived.json").read_text(encoding="utf-8"))
    return record


@cache
def _defaults(file: Path) -> dict[str, Any]:
    return yaml.safe_load(file.read_bytes()) or {}


@cache
def _crds(folder: str, version: str) -> CrdSet:
    return load_crds(folder, version)
