"""Upstream's CustomResourceDefinitions as a judge: is this custom resource one that the API server would take?"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml

from upstream_support.folder import CHECKOUT, upstream_folder
from upstream_support.structural import Schema, to_json_schema, to_object_schema

Kind = tuple[str, str]

_CACHE = CHECKOUT / "build" / "upstream-crds"
_FORM = 1
"""Counts up when the shape of the cache or the conversion changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What one CustomResourceDefinition says."""

    group: str
    kind: str
    scope: str
    versions: Mapping[str, Schema]
    """Served version to the structural schema of a whole object."""


@dataclass(frozen=True, slots=True)
class CrdSet:
    """Definitions that stand in one cluster together."""

    definitions: Mapping[Kind, Definition]
    _validators: dict[tuple[str, ...], Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def groups(self) -> frozenset[str]:
        """The API groups that these definitions serve."""
        return frozenset(group for group, _ in self.definitions)

    def covers(self, manifest: Mapping[str, Any]) -> bool:
        """Say whether the manifest's API group is one of ours, so that `validate` has something to say about it."""
        return _split(manifest)[0] in self.groups

    def __or__(self, other: CrdSet) -> CrdSet:
        return CrdSet({**self.definitions, **other.definitions})


def load_crds(component: str, version: str, *, file_names: tuple[str, ...] = ()) -> CrdSet:
    """Load the definitions of one upstream folder.

    Args:
        component: The folder's name, such as `calico` or `ceph-csi-operator`.
        version: The folder below it, such as `v3.32.1`.
        file_names: Only these files; all but the experimental ones unless named.

    Raises:
        FileNotFoundError: There is no such folder, or no definition in it.
    """
    folder = upstream_folder() / component / version
    names = file_names or tuple(sorted(f.name for f in folder.glob("crds*.yaml") if "experimental" not in f.name))
    if not names:
        raise FileNotFoundError(f"no definitions in {folder}")
    found = [definition for name in names for definition in _load_file(folder / name)]
    return CrdSet({(d.group, d.kind): d for d in found})


def validate(manifest: Mapping[str, Any], crds: CrdSet) -> list[str]:
    """Say all that the API server would refuse about a custom resource; nothing when it is right.

    CEL rules of the definition (`x-kubernetes-validations`) are not run. What no definition covers is an error, so
    that a test cannot pass by checking nothing: ask `CrdSet.covers` first where built-in kinds may come along.
    """
    group, version, kind = _split(manifest)
    definition = crds.definitions.get((group, kind))
    if definition is None:
        return [f"no matches for kind {kind!r} in group {group!r}"]
    if version not in definition.versions:
        return [f"version {version!r} of {kind!r} is not served, only {', '.join(sorted(definition.versions))}"]
    problems = _messages(_object_validator(definition, version, crds), manifest)
    if definition.scope == "Cluster" and "namespace" in manifest.get("metadata", {}):
        problems.append(f"metadata.namespace: {kind} belongs to the cluster, not to a namespace")
    return problems


def validate_spec(spec: object, crds: CrdSet, *, group: str, version: str, kind: str) -> list[str]:
    """Say what is wrong with the `spec` of a kind alone, for charts that copy values into one.

    Raises:
        KeyError: No definition covers the kind at that version.
    """
    key = (group, version, kind, "spec")
    if key not in crds._validators:
        whole = crds.definitions[group, kind].versions[version]
        crds._validators[key] = _compile(to_json_schema(whole["properties"]["spec"]))
    return _messages(crds._validators[key], spec)


def parse_crds(documents: Iterable[Mapping[str, Any] | None]) -> CrdSet:
    """Take definitions from YAML documents; empty ones and other kinds are passed over."""
    crds = [d for d in documents if d and d.get("kind") == "CustomResourceDefinition"]
    found = [_parse_definition(crd) for crd in crds]
    return CrdSet({(d.group, d.kind): d for d in found})


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads a lone `=` as text, as every Kubernetes tool does."""


_Loader.add_constructor("tag:yaml.org,2002:value", lambda loader, node: loader.construct_scalar(node))
# A time in an example must stay text: JSON has no other, and the cache is JSON.
_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: loader.construct_scalar(node))


def _load_file(file: Path) -> list[Definition]:
    """Read a file of definitions; large ones take seconds, so what was read is kept until the file changes."""
    state = file.stat()
    stamp = f"{_FORM}-{state.st_mtime_ns}-{state.st_size}"
    kept = _CACHE / f"{file.parent.parent.name}-{file.parent.name}-{file.stem}-{stamp}.json"
    if not kept.is_file():
        crds = parse_crds(yaml.load_all(file.read_bytes(), Loader=_Loader))
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}.part")
        part.write_text(json.dumps([_to_row(d) for d in crds.definitions.values()]), encoding="utf-8")
        part.replace(kept)
    rows = json.loads(kept.read_text(encoding="utf-8"))
    return [Definition(group=g, kind=k, scope=s, versions=v) for g, k, s, v in rows]


def _to_row(definition: Definition) -> list[Any]:
    return [definition.group, definition.kind, definition.scope, definition.versions]


def _parse_definition(crd: Mapping[str, Any]) -> Definition:
    spec = crd["spec"]
    served = {v["name"]: _bare(v["schema"]["openAPIV3Schema"]) for v in spec["versions"] if v["served"]}
    return Definition(group=spec["group"], kind=spec["names"]["kind"], scope=spec["scope"], versions=served)


def _bare(node: Any, *, names: bool = False) -> Any:
    """Leave out prose, which is most of the text; below `properties` every key is the name of a field."""
    if isinstance(node, list):
        return [_bare(item) for item in node]
    if not isinstance(node, dict):
        return node
    dropped = () if names else ("description", "default", "example", "x-kubernetes-validations")
    return {
        key: _bare(value, names=not names and key == "properties") for key, value in node.items() if key not in dropped
    }


def _split(manifest: Mapping[str, Any]) -> tuple[str, str, str]:
    group, _, version = str(manifest.get("apiVersion", "")).rpartition("/")
    return group, version, str(manifest.get("kind", ""))


def _object_validator(definition: Definition, version: str, crds: CrdSet) -> Any:
    key = (definition.group, version, definition.kind)
    if key not in crds._validators:
        crds._validators[key] = _compile(to_object_schema(definition.versions[version]))
    return crds._validators[key]


def _refuse(address: str) -> Any:
    raise ValueError(f"no reference is ever followed: {address}")


def _compile(schema: Schema) -> Any:
    """Build a validator whose patterns are read by an engine without look-around, as Go's are."""
    return jsonschema_rs.Draft202012Validator(
        schema,
        pattern_options=jsonschema_rs.RegexOptions(),
        validate_formats=True,
        formats={"cidr": _is_cidr, "byte": _is_base64, "duration": _is_duration},
        keywords={"x-list-map-keys": _ListMapKeys},
        retriever=_refuse,
    )


def _messages(validator: Any, value: object) -> list[str]:
    errors = validator.iter_errors(value)
    return sorted(f"{'.'.join(str(part) for part in e.instance_path) or 'object'}: {e.message}" for e in errors)


class _ListMapKeys:
    """Refuses two items of a list that Kubernetes reads as a map with the same key."""

    def __init__(self, _parent: object, value: list[str], _path: object) -> None:
        self._keys = value

    def validate(self, instance: object) -> None:
        """Raise for the first key that comes twice."""
        seen = set()
        for item in instance if isinstance(instance, list) else ():
            key = json.dumps([item.get(name) for name in self._keys] if isinstance(item, dict) else item)
            if key in seen:
                raise ValueError(f"two items with the key {key}")
            seen.add(key)


def _is_cidr(text: str) -> bool:
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return "/" in text


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode(text, validate=True)
    except binascii.Error:
        return False
    return True


def _is_duration(text: str) -> bool:
    return re.fullmatch(r"[-+]?(\d+(\.\d*)?(ns|us|µs|ms|s|m|h))+|0", text) is not None
