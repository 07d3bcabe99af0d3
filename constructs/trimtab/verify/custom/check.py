"""Custom resources against the definitions that a tree brings or that are at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trimtab.catalogue.kinds import is_built_in_group
from trimtab.catalogue.kubernetes.structures import Minor, is_known, minors
from trimtab.findings.suggest import suggest
from trimtab.verify.api_server.applying import Applying
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Said, Unchecked
from trimtab.verify.custom import admission, defining
from trimtab.verify.custom.definitions import Definitions, Version, Versions
from trimtab.verify.custom.judging import iter_refusals
from trimtab.verify.custom.schema_form import is_schema
from trimtab.verify.custom.validators import find_validator
from trimtab.verify.entry import Entry
from trimtab.verify.kubernetes.explain import iter_faults
from trimtab.verify.kubernetes.fault import STRUCTURE_CODES, Fault
from trimtab.verify.kubernetes.schema import find_validator as find_structure_validator
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_METADATA = "meta.v1.ObjectMeta"
_LOOKED_AT_ELSEWHERE = ("argoproj.io", frozenset({"Application", "ApplicationSet", "AppProject"}))
"""Argo CD's own objects are checked field by field without a definition."""
_MOST_NAMED = 4


def check_custom(tree: Tree, world: World) -> Iterator[Said]:
    """Find custom resources that their definition refuses: its schema, and the rules in it."""
    definitions = Definitions(tree, world)
    minor = world.kubernetes if is_known(world.kubernetes) else minors()[-1]
    applying = Applying(tree)
    told: set[Version] = set()
    unknown: list[Entry] = []
    for entry in tree.entries:
        if is_built_in_group(entry.group):
            continue
        versions = definitions.find(entry.cluster, entry.group, entry.kind)
        if versions is None:
            unknown += [] if entry.is_proven else [entry]
        elif (version := versions.get(entry.version)) is None:
            if versions:  # a definition that serves none is wrong itself, and is told so
                yield _not_served(entry, versions)
        elif not is_schema(version.schema):
            yield Unchecked(reason=f"what the definition of {version} calls a schema is none")
        else:
            yield from _check(entry, version, minor, keeps_nulls=applying.is_server_side(entry) is True)
            yield from _tell_unread(version, told)
    yield from _tell_unknown(unknown)


def _check(entry: Entry, version: Version, minor: Minor, *, keeps_nulls: bool) -> Iterator[Said]:
    yield from _check_metadata(entry, minor)
    validator = find_validator(version)
    completed = validator.complete(entry.manifest, keeps_nulls=keeps_nulls)
    if completed is not None:
        yield from iter_refusals(entry, version, completed)
        return
    for fault in validator.iter_faults(entry.manifest, keeps_nulls=keeps_nulls):
        yield _complain(entry, fault)


def _check_metadata(entry: Entry, minor: Minor) -> Iterator[Complaint]:
    """Find what Kubernetes does not know in `metadata`, which no definition speaks of."""
    metadata = entry.manifest.get("metadata")
    if not isinstance(metadata, Mapping) or _has_structure(minor, metadata):
        return
    for fault in iter_faults(minor, _METADATA, metadata):
        yield _complain(entry, fault, ("metadata",))


def _has_structure(minor: Minor, metadata: Mapping[str, object]) -> bool:
    try:
        return find_structure_validator(minor, _METADATA)(metadata)
    except ValueError:  # no JSON, such as a key that is a number
        return False


def _complain(entry: Entry, fault: Fault, below: tuple[str, ...] = ()) -> Complaint:
    path = (*below, *fault.path)
    return complain(fault.code, entry, path, fault.message, fault.help, on_key=fault.on_key)


def _not_served(entry: Entry, versions: Versions) -> Complaint:
    what = f"is of {entry.group}/{entry.version}, which its definition does not serve"
    near = suggest(entry.version, versions)
    served = [f"{entry.group}/{near}"] if near else [f"{entry.group}/{name}" for name in versions]
    return complain("kind-not-served", entry, ("apiVersion",), what, f"write {' or '.join(served)}")


def _tell_unknown(entries: list[Entry]) -> Iterator[Unchecked]:
    """Say of which kinds no definition is at hand: one sentence, once for each object."""
    group, kinds = _LOOKED_AT_ELSEWHERE
    left = [entry for entry in entries if not (entry.group == group and entry.kind in kinds)]
    names = sorted({f"{entry.kind}.{entry.group}" for entry in left})
    more = f" and {len(names) - _MOST_NAMED} more" if names[_MOST_NAMED:] else ""
    listed = ", ".join(names[:_MOST_NAMED]) + more
    reason = (
        f"no schema at hand for {listed}: `synth --with-charts` has those of charts, `verify --config` takes others"
    )
    yield from (Unchecked(reason=reason) for _ in left)


def _tell_unread(version: Version, told: set[Version]) -> Iterator[Unchecked]:
    if version not in told:
        told.add(version)
        for pattern in find_validator(version).unread:
            yield Unchecked(reason=f"a pattern of {version} cannot be read: {pattern}")


CHECKS = (
    Check(
        name="custom resources",
        codes=(
            *STRUCTURE_CODES,
            "contradicting-fields",
            "duplicate-entry",
            "kind-not-served",
            "refused-by-rule",
        ),
        run=check_custom,
    ),
    *defining.CHECKS,
    *admission.CHECKS,
)
