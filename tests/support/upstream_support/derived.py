"""The record of a chart that somebody else's program made, in the words of the catalogue's facts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from trimtab.catalogue.key_tree import EACH_FLAG, OPEN_FLAG
from trimtab.catalogue.make_facts import build_bare_record, build_custom_kinds
from upstream_support.chart_values import find_record
from upstream_support.documents import read_documents

_EXPERIMENTAL = "crds-experimental.yaml"
_CRDS_BESIDE = {"eck-operator-crds": "eck-operator"}
"""Charts of definitions whose definitions lie in the folder of another chart, at the same version."""


def read_derived(upstream: Path, chart: str, version: str) -> dict[str, Any]:
    """Read the other record of a chart version, or of a release of that name that is nothing but definitions.

    Raises:
        LookupError: There is none.
    """
    bare = list(_read_crds(upstream / chart / version))
    try:
        folder = find_record(chart, version)
    except LookupError:
        if not bare:
            raise
        return build_bare_record(chart, version, bare, [_build_row(crd) for crd in bare[:1]])
    derived = json.loads((folder / "derived.json").read_text(encoding="utf-8"))
    installed = set(derived["crds"])
    crds = [crd for crd in _read_crds_near(folder, upstream, derived) if crd["metadata"]["name"] in installed]
    same = ("chart", "version", "appVersion", "kubeVersion", "random", "apiVersionsAsked", "images", "crds")
    return {
        **{name: derived[name] for name in same},
        "usesLookup": derived["lookups"],
        "renders": [_build_rendered(row) for row in derived["renders"]],
        "customKinds": build_custom_kinds(crds),
        "keys": {path: _build_flags(key) for path, key in derived["keys"].items()},
    }


def iter_differences(ours: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    """Name each fact that only one of two records has (`+` ours, `-` the other), or that they tell differently."""
    for name in ours:
        here, there = _by_name(ours[name]), _by_name(other[name])
        yield from (f"+ {name} {one}" for one in here if one not in there)
        yield from (f"- {name} {one}" for one in there if one not in here)
        yield from (
            f"~ {name} {one}: {there[one]}, {here[one]}" for one in here if there.get(one, here[one]) != here[one]
        )


def _by_name(value: object) -> Mapping[str, object]:
    if isinstance(value, Mapping):
        return value
    return {json.dumps(item): "" for item in value} if isinstance(value, list) else {"is": value}


def _build_row(manifest: Mapping[str, Any]) -> list[Any]:
    return [manifest["apiVersion"], manifest["kind"], False, [""], None]


def _build_rendered(row: Mapping[str, Any]) -> list[Any]:
    api_version = f"{row['group']}/{row['version']}" if row["group"] else row["version"]
    return [api_version, row["kind"], row["namespaced"], row["namespaces"], row["hook"]]


def _build_flags(key: Mapping[str, Any]) -> str:
    flag = EACH_FLAG if key.get("each") else OPEN_FLAG if key.get("open") else ""
    return f"{key['type']}{flag}"


def _read_crds_near(folder: Path, upstream: Path, derived: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Read the definitions beside a chart, one folder up, and beside the charts it includes."""
    included = [upstream / chart["name"] / chart["version"] for chart in derived["dependencies"]]
    if derived["chart"] in _CRDS_BESIDE:
        included.append(upstream / _CRDS_BESIDE[derived["chart"]] / derived["version"])
    for place in (folder, folder.parent, *included) if derived["crds"] else ():
        yield from _read_crds(place)


def _read_crds(folder: Path) -> Iterator[Mapping[str, Any]]:
    for file in sorted(folder.glob("crds*.yaml")):
        if file.name != _EXPERIMENTAL:
            yield from read_documents(file)
