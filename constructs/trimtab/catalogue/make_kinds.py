"""Makes the committed structures of Kubernetes' kinds: `python -m trimtab.catalogue.make_kinds SCHEMAS TYPES`.

SCHEMAS holds `v1.<minor>.0-local/_definitions.json` for each minor (the wheel of kubernetes-validate carries it), TYPES
holds `1.<minor>/<group>/<version>/types.go` (kubernetes/api at the branch of each minor). Only names, types, scopes and
the texts that a field may hold are taken over. Defaults and what may be left out come from here: see `LEFT_OUT`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from trimtab.catalogue.go_enums import Place, build_enums
from trimtab.catalogue.go_scopes import iter_cluster_wide

FIRST_MINOR = 29
"""Older ones are out of support for years; without structures nothing is checked, and that is said."""

_PREFIXES = ("io.k8s.apimachinery.pkg.apis.", "io.k8s.api.", "io.k8s.kube-aggregator.pkg.apis.")
_EXTENSIONS = "io.k8s.apiextensions-apiserver.pkg.apis."
_WORDS = {
    "io.k8s.apimachinery.pkg.api.resource.Quantity": "quantity",
    "io.k8s.apimachinery.pkg.util.intstr.IntOrString": "int-or-string",
    "io.k8s.apimachinery.pkg.apis.meta.v1.Time": "time",
    "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime": "time",
    "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1": "object",
    "io.k8s.apimachinery.pkg.runtime.RawExtension": "object",
    f"{_EXTENSIONS}apiextensions.v1.JSON": "any",
    f"{_EXTENSIONS}apiextensions.v1.JSONSchemaPropsOrArray": "any",
    f"{_EXTENSIONS}apiextensions.v1.JSONSchemaPropsOrBool": "any",
    f"{_EXTENSIONS}apiextensions.v1.JSONSchemaPropsOrStringArray": "any",
}
_FORMATS = {"int32": "int32", "int64": "int64", "double": "number", "byte": "bytes", "date-time": "time"}
_NOT_WRITTEN = {"DeleteOptions", "WatchEvent", "Status", "APIGroup", "APIGroupList", "APIResourceList", "APIVersions"}

LEFT_OUT: Mapping[str, str] = {
    "apiextensions.v1.CustomResourceDefinitionVersion": "served storage",
    "apps.v1.ControllerRevision": "revision",
    "apps.v1.StatefulSetSpec": "serviceName",
    "core.v1.HTTPHeader": "value",
    "core.v1.ISCSIPersistentVolumeSource": "lun",
    "core.v1.ISCSIVolumeSource": "lun",
    "core.v1.LimitRangeSpec": "limits",
    "core.v1.PreferredSchedulingTerm": "preference",
    "core.v1.SleepAction": "seconds",
    "core.v1.Sysctl": "value",
    "core.v1.WeightedPodAffinityTerm": "podAffinityTerm",
    "discovery.v1.EndpointSlice": "endpoints",
    "networking.v1.NetworkPolicySpec": "podSelector",
    "rbac.v1.RoleRef": "apiGroup",
    "scheduling.v1.PriorityClass": "value",
    "storage.v1.CSIDriver": "spec",
    "storage.v1.CSINodeSpec": "drivers",
}
"""Fields that the schemas call required though the API server takes Go's zero value, or sets a default."""

_NEVER_REQUIRED = re.compile(
    r"(?:Status|Condition|SystemInfo|StateTerminated|EventSeries|\.Event)$|^(?:resource|events)\."
)

EXTRA_ENUMS: Mapping[Place, tuple[str, ...]] = {
    ("meta.v1.LabelSelectorRequirement", "operator"): ("DoesNotExist", "Exists", "In", "NotIn"),
    ("apiextensions.v1.CustomResourceDefinitionSpec", "scope"): ("Cluster", "Namespaced"),
    ("apiextensions.v1.CustomResourceConversion", "strategy"): ("None", "Webhook"),
    ("discovery.v1.EndpointSlice", "addressType"): ("FQDN", "IPv4", "IPv6"),
}
"""Choices of types outside kubernetes/api (apimachinery, apiextensions-apiserver), and one made of other constants."""


def build_structures(definitions: Mapping[str, Any], enums: Mapping[Place, tuple[str, ...]]) -> dict[str, Any]:
    """Take the structure of every type of one minor from its definitions."""
    known = {**enums, **EXTRA_ENUMS}
    return {
        _short(name): _build_type(_short(name), definition, known)
        for name, definition in sorted(definitions.items())
        if name not in _WORDS and not name.endswith("List")
    }


def iter_kinds(definitions: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give every kind that a manifest may hold, such as `apps/v1/Deployment`, with its type."""
    for name, definition in sorted(definitions.items()):
        for served in definition.get("x-kubernetes-group-version-kind", ()):
            group, version, kind = served["group"], served["version"], served["kind"]
            if kind not in _NOT_WRITTEN and not kind.endswith("List"):
                yield "/".join(part for part in (group, version, kind) if part), _short(name)


def build_cluster_wide(kinds: Iterable[tuple[str, str]], cluster_wide: Iterable[str]) -> set[str]:
    """Tell which kinds belong to the cluster, such as `rbac.authorization.k8s.io/ClusterRole`; versions do not matter.

    Args:
        kinds: Every kind with its type, as `iter_kinds` gives them.
        cluster_wide: The types whose objects belong to the cluster.
    """
    types = set(cluster_wide)
    return {"/".join((*key.split("/")[:-2], key.rpartition("/")[2])) for key, name in kinds if name in types}


def merge_minors(minors: Mapping[int, Mapping[str, Any]]) -> dict[str, list[list[Any]]]:
    """Write each value once with the minor it starts at; nothing from the minor it is gone in."""
    merged: dict[str, list[list[Any]]] = {}
    for name in sorted({name for values in minors.values() for name in values}):
        last: Any = None
        for minor, values in sorted(minors.items()):
            value = values.get(name)
            if value != last:
                merged.setdefault(name, []).append([minor, value])
                last = value
    return merged


def _build_type(name: str, definition: Mapping[str, Any], enums: Mapping[Place, tuple[str, ...]]) -> dict[str, Any]:
    properties = sorted(definition.get("properties", {}).items())
    fields = {key: _build_field(schema, enums.get((name, key), ())) for key, schema in properties}
    left_out = LEFT_OUT.get(name, "").split()
    wanted = [] if _NEVER_REQUIRED.search(name) else definition.get("required", [])
    required = sorted(set(wanted) - set(left_out))
    return {"fields": fields} | ({"required": required} if required else {})


def _build_field(schema: Mapping[str, Any], choices: tuple[str, ...]) -> Any:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return _WORDS.get(name) or _short(name)
    types = schema.get("type", [])
    kind = next((one for one in ([types] if isinstance(types, str) else types) if one != "null"), "any")
    if kind == "array":
        return _build_list(schema, choices)
    if kind == "object":
        inner = schema.get("additionalProperties")
        return ["map", _build_field(inner, choices)] if isinstance(inner, Mapping) else "object"
    if kind == "string" and choices:
        return ["one-of", *choices]
    return _FORMATS.get(schema.get("format", ""), {"integer": "int64"}.get(kind, kind))


def _build_list(schema: Mapping[str, Any], choices: tuple[str, ...]) -> list[Any]:
    item = _build_field(schema["items"], choices)
    keys = schema.get("x-kubernetes-list-map-keys", [])
    if schema.get("x-kubernetes-list-type") == "set":
        return ["set", item]
    return ["list", item, *([keys] if keys else [])]


def _short(name: str) -> str:
    for prefix in (*_PREFIXES, _EXTENSIONS):
        name = name.removeprefix(prefix)
    return name


def _read_sources(types: Path, minor: int) -> dict[str, str]:
    paths = sorted((types / f"1.{minor}").glob("*/*/types.go"))
    return {f"{path.parts[-3]}.{path.parts[-2]}": path.read_text("utf-8") for path in paths}


def _read_minors(schemas: Path) -> Iterable[tuple[int, Mapping[str, Any]]]:
    for path in schemas.glob("v1.*.0-local/_definitions.json"):
        minor = int(path.parent.name.split(".")[1])
        if minor >= FIRST_MINOR:
            yield minor, json.loads(path.read_text("utf-8"))["$defs"]


def main(schemas: Path, types: Path, target: Path) -> None:
    """Write the structures of all minors as one file, a line a type."""
    minors = sorted(_read_minors(schemas))
    sources = {minor: _read_sources(types, minor) for minor, _ in minors}
    structures = {minor: build_structures(definitions, build_enums(sources[minor])) for minor, definitions in minors}
    kinds = {minor: dict(iter_kinds(definitions)) for minor, definitions in minors}
    cluster_wide = (build_cluster_wide(kinds[minor].items(), iter_cluster_wide(sources[minor])) for minor in sources)
    record = {
        "minors": [minor for minor, _ in minors],
        "kinds": merge_minors(kinds),
        "cluster_wide": sorted(set().union(*cluster_wide)),
        "types": merge_minors(structures),
    }
    lines = (f"{json.dumps(key)}:{_render(value)}" for key, value in record.items())
    target.write_text("{" + ",\n".join(lines) + "}\n", "utf-8")


def _render(value: Any) -> str:
    if not isinstance(value, dict):
        return json.dumps(value)
    rows = (f"{json.dumps(key)}:{json.dumps(row, separators=(',', ':'))}" for key, row in value.items())
    return "{\n" + ",\n".join(rows) + "}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(__file__).parent / "kubernetes" / "structures.json")
