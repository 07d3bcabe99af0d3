"""Upstream's CustomResourceDefinitions as a judge: is this custom resource one that the API server would take?

What judges is what `synth` and `verify` ask, so that upstream's data tries it too. It is stricter here in one thing:
a null where none is allowed is refused, which the API server drops from what is not applied on its side.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from trimtab.catalogue.kubernetes.structures import minors
from trimtab.findings.path import render_path
from trimtab.kube.manifests import Manifest
from trimtab.verify.complaint import Complaint
from trimtab.verify.custom.definitions import Definitions, Version, Versions
from trimtab.verify.custom.judging import iter_refusals
from trimtab.verify.custom.validators import find_validator
from trimtab.verify.entry import make_entry
from trimtab.verify.kubernetes.explain import iter_faults
from trimtab.verify.tree import Tree
from trimtab.verify.world import World
from upstream_support.documents import read_documents
from upstream_support.folder import CHECKOUT, upstream_folder

Kind = tuple[str, str]

_CACHE = CHECKOUT / "build" / "upstream-crds"
_FORM = 2
"""Counts up when the shape of the cache changes."""
_NAMES = ("properties", "labels", "annotations")
_PROSE = ("description", "example", "externalDocs")


@dataclass(frozen=True)
class CrdSet:
    """Definitions that stand in one cluster together."""

    definitions: Mapping[Kind, Manifest]

    @cached_property
    def known(self) -> Definitions:
        """The same as the product reads them."""
        return Definitions(Tree(()), World(kubernetes=minors()[-1], definitions=tuple(self.definitions.values())))

    @property
    def groups(self) -> frozenset[str]:
        """The API groups that these definitions serve."""
        return frozenset(group for group, _ in self.definitions)

    def find(self, group: str, kind: str) -> Versions | None:
        """Give the versions of a kind that are served; nothing where no definition speaks of it."""
        return self.known.find("", group, kind)

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
    return parse_crds(crd for name in names for crd in _load_file(folder / name))


def validate(manifest: Manifest, crds: CrdSet) -> list[str]:
    """Say all that the API server would refuse about a custom resource; nothing when it is right.

    What no definition covers is an error, so that a test cannot pass by checking nothing: ask `CrdSet.covers` first
    where built-in kinds may come along.
    """
    group, version, kind = _split(manifest)
    versions = crds.find(group, kind)
    if versions is None:
        return [f"no matches for kind {kind!r} in group {group!r}"]
    if version not in versions:
        return [f"version {version!r} of {kind!r} is not served, only {', '.join(sorted(versions))}"]
    problems = [*_iter_problems(manifest, versions[version])]
    if crds.definitions[group, kind]["spec"]["scope"] == "Cluster" and "namespace" in manifest.get("metadata", {}):
        problems.append(f"metadata.namespace: {kind} belongs to the cluster, not to a namespace")
    return problems


def validate_spec(spec: object, crds: CrdSet, *, group: str, version: str, kind: str) -> list[str]:
    """Say what is wrong with the `spec` of a kind alone, for charts that copy values into one."""
    made = {"apiVersion": f"{group}/{version}", "kind": kind, "metadata": {"name": "default"}, "spec": spec}
    return validate(made, crds)


def parse_crds(documents: Iterable[Manifest | None]) -> CrdSet:
    """Take definitions from YAML documents; empty ones and other kinds are passed over."""
    crds = [d for d in documents if d and d.get("kind") == "CustomResourceDefinition"]
    return CrdSet({(crd["spec"]["group"], crd["spec"]["names"]["kind"]): crd for crd in crds})


def _load_file(file: Path) -> list[Manifest]:
    """Read a file of definitions; large ones take seconds, so what was read is kept until the file changes."""
    state = file.stat()
    stamp = f"{_FORM}-{state.st_mtime_ns}-{state.st_size}"
    kept = _CACHE / f"{file.parent.parent.name}-{file.parent.name}-{file.stem}-{stamp}.json"
    if not kept.is_file():
        crds = parse_crds(read_documents(file))
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}.part")
        part.write_text(json.dumps([_bare(crd) for crd in crds.definitions.values()]), encoding="utf-8")
        part.replace(kept)
    found: list[Manifest] = json.loads(kept.read_text(encoding="utf-8"))
    return found


def _bare(node: Any, *, names: bool = False) -> Any:
    """Leave out prose, which is most of the text; below `properties` every key is the name of a field."""
    if isinstance(node, list):
        return [_bare(item) for item in node]
    if not isinstance(node, dict):
        return node
    dropped = () if names else _PROSE
    return {
        key: value if key == "default" and not names else _bare(value, names=not names and key in _NAMES)
        for key, value in node.items()
        if key not in dropped
    }


def _split(manifest: Manifest) -> tuple[str, str, str]:
    group, _, version = str(manifest.get("apiVersion", "")).rpartition("/")
    return group, version, str(manifest.get("kind", ""))


def _iter_problems(manifest: Manifest, version: Version) -> Iterator[str]:
    for fault in iter_faults(minors()[-1], "meta.v1.ObjectMeta", manifest.get("metadata")):
        yield f"metadata.{render_path(fault.path)}: {fault.message}"
    validator = find_validator(version)
    completed = validator.complete(manifest, keeps_nulls=True)
    if completed is None:
        for fault in validator.iter_faults(manifest, keeps_nulls=True):
            yield f"{render_path(fault.path)}: {fault.message}"
        return
    for said in iter_refusals(make_entry(manifest, lambda _group, _kind: False), version, completed):
        if isinstance(said, Complaint):
            yield f"{said.about}: {said.message}"
