"""Makes the committed facts: `python -m trimtab.catalogue.make_facts FOLDER`, where FOLDER holds records on charts.

Below FOLDER lies a `derived.json` for each chart version (keys, rendered kinds, images), beside it or one folder up
`crds*.yaml` with the definitions that belong to the release. Only names, types and kinds are taken over.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from trimtab.catalogue.components import iter_charts, iter_components, releases
from trimtab.catalogue.key_tree import EACH_FLAG, OPEN_FLAG

EXTRA_CHARTS = (
    ("projectcalico.org.v3", "v3.32.1"),
    ("rook-ceph-cluster", "v1.18.11"),
    ("rook-ceph-cluster", "v1.19.10"),
    ("rook-ceph-cluster", "v1.20.6"),
)
"""Charts that no release installs, but that tell what an older one read or what kinds another mode serves."""

_POLICY = "admissionregistration.k8s.io/v1"
_GUARDS = [
    [_POLICY, "ValidatingAdmissionPolicy", False, [""], None],
    [_POLICY, "ValidatingAdmissionPolicyBinding", False, [""], None],
]
BESIDE_CRDS = {"gateway-api": _GUARDS}
"""Other kinds in a folder of definitions (kubernetes-sigs/gateway-api config/crd/standard, *_vap_safeupgrades.yaml)."""

_EXPERIMENTAL = "crds-experimental.yaml"

CRDS_BESIDE = {"eck-operator-crds": "eck-operator"}
"""Charts of definitions whose definitions lie in the folder of another chart, at the same version."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads a lone `=` as text: YAML 1.1 gives it a meaning that no Kubernetes tool shares."""


_Loader.add_constructor("tag:yaml.org,2002:value", lambda loader, node: loader.construct_scalar(node))


def build_record(derived: Mapping[str, Any], crds: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Take from a chart's record what the catalogue keeps, and from the definitions those that the chart installs."""
    wanted = set(derived["crds"])
    return {
        "chart": derived["chart"],
        "version": derived["version"],
        "appVersion": derived["appVersion"],
        "kubeVersion": derived["kubeVersion"],
        "usesLookup": derived["lookups"],
        "random": derived["random"],
        "apiVersionsAsked": derived["apiVersionsAsked"],
        "images": derived["images"],
        "renders": [_build_rendered(row) for row in derived["renders"]],
        "crds": sorted(wanted),
        "customKinds": build_custom_kinds(crd for crd in crds if crd["metadata"]["name"] in wanted),
        "keys": {path: _build_flags(key) for path, key in sorted(derived["keys"].items())},
    }


def build_crd_record(name: str, version: str, crds: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Describe a release that is nothing but definitions in the same shape as a chart."""
    kept = list(crds)
    crd_kind = ["apiextensions.k8s.io/v1", "CustomResourceDefinition", False, [""], None]
    return {
        "chart": name,
        "version": version,
        "appVersion": version,
        "kubeVersion": None,
        "usesLookup": False,
        "random": [],
        "apiVersionsAsked": [],
        "images": [],
        "renders": [*BESIDE_CRDS.get(name, []), crd_kind],
        "crds": sorted(crd["metadata"]["name"] for crd in kept),
        "customKinds": build_custom_kinds(kept),
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


def make_record(upstream: Path, chart: str, version: str) -> dict[str, Any]:
    """Read what FOLDER has on one chart version, or on a release of that name that is nothing but definitions.

    Raises:
        LookupError: FOLDER has nothing on it.
    """
    for file in sorted(upstream.glob(f"**/{version}/**/derived.json")):
        derived = json.loads(file.read_text(encoding="utf-8"))
        if derived["chart"] == chart and derived["version"] == version:
            return build_record(derived, _read_crds_near(file.parent, upstream, derived))
    crds = _read_crds(upstream / chart / version)
    if not crds:
        raise LookupError(f"nothing on {chart} {version} in {upstream}")
    return build_crd_record(chart, version, crds)


def main(upstream: Path, target: Path) -> int:
    """Write all facts below `target`; files of charts that are no longer wanted are removed.

    Returns:
        How many files were written.
    """
    written = set()
    for chart, version in wanted_facts():
        file = target / chart / f"{version}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(render_facts(make_record(upstream, chart, version)), encoding="utf-8")
        written.add(file)
    for stale in set(target.glob("*/*.json")) - written:
        stale.unlink()
    return len(written)


def _build_rendered(row: Mapping[str, Any]) -> list[Any]:
    api_version = f"{row['group']}/{row['version']}" if row["group"] else row["version"]
    return [api_version, row["kind"], row["namespaced"], row["namespaces"], row["hook"]]


def _build_flags(key: Mapping[str, Any]) -> str:
    flag = EACH_FLAG if key.get("each") else OPEN_FLAG if key.get("open") else ""
    return f"{key['type']}{flag}"


def _read_crds_near(folder: Path, upstream: Path, derived: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Read the definitions beside a chart, one folder up, and beside the charts it includes."""
    if not derived["crds"]:
        return []
    included = [upstream / chart["name"] / chart["version"] for chart in derived["dependencies"]]
    if derived["chart"] in CRDS_BESIDE:
        included.append(upstream / CRDS_BESIDE[derived["chart"]] / derived["version"])
    return [crd for place in (folder, folder.parent, *included) for crd in _read_crds(place)]


def _read_crds(folder: Path) -> list[Mapping[str, Any]]:
    found = []
    for file in sorted(folder.glob("crds*.yaml")):
        if file.name != _EXPERIMENTAL:
            found += [crd for crd in yaml.load_all(file.read_bytes(), Loader=_Loader) if crd]
    return found


def _render(value: object) -> str:
    if isinstance(value, Mapping) and value:
        return "{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in value.items()) + "\n}"
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(json.dumps(item) for item in value) + "\n]"
    return json.dumps(value)


if __name__ == "__main__":
    count = main(Path(sys.argv[1]), Path(__file__).parent / "facts")
    sys.stdout.write(f"{count} files of facts written\n")
