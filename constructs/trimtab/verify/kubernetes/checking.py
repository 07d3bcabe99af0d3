"""Kubernetes' own kinds against their structure, as strict as Argo CD applies them."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.catalogue.kubernetes.structures import Minor, is_known, kinds_of, minors
from trimtab.findings.path import Path
from trimtab.verify.complaint import Complaint, Said, Unchecked
from trimtab.verify.entry import Entry
from trimtab.verify.kubernetes.explain import iter_faults
from trimtab.verify.kubernetes.fault import Fault
from trimtab.verify.kubernetes.schema import find_validator
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_METADATA = "meta.v1.ObjectMeta"


def check_structure(tree: Tree, world: World) -> Iterator[Said]:
    """Find fields that are unknown, missing, or hold what they cannot.

    Of kinds that are not Kubernetes' own only the metadata is looked at, which is the same for all.
    Argo CD applies with strict field validation (gitops-engine pkg/utils/kube/resource_ops.go, newApplyOptions), and
    server-side apply refuses unknown fields in any case.
    """
    if not is_known(world.kubernetes):
        yield Unchecked(reason=_say_unknown(world.kubernetes))
        return
    kinds = kinds_of(world.kubernetes)
    for entry in tree.entries:
        name = kinds.get((entry.group, entry.version, entry.kind))
        if name is None:
            yield from _check(entry, world.kubernetes, _METADATA, entry.manifest["metadata"], ("metadata",))
        else:
            yield from _check(entry, world.kubernetes, name, entry.manifest, ())


def _check(entry: Entry, minor: Minor, name: str, value: object, path: Path) -> Iterator[Complaint]:
    if _is_valid(minor, name, value):
        return
    hidden = (entry.group, entry.kind) == ("", "Secret")
    for fault in iter_faults(minor, name, value, path=path, hidden=hidden):
        if name != _METADATA or not _is_said_elsewhere(fault):
            yield _complain(entry, fault, hidden=hidden)


def _is_said_elsewhere(fault: Fault) -> bool:
    """Argo CD's own annotations on kinds that are not Kubernetes' have a check with more to say."""
    return len(fault.path) == 3 and str(fault.path[2]).startswith("argocd.argoproj.io/")


def _is_valid(minor: Minor, name: str, value: object) -> bool:
    try:
        return find_validator(minor, name)(value)
    except ValueError:  # no JSON, such as a key that is a number: what is wrong is told key by key
        return False


def _complain(entry: Entry, fault: Fault, *, hidden: bool) -> Complaint:
    return Complaint(
        code=fault.code,
        about=entry,
        path=fault.path,
        message=f"{entry} {fault.message}",
        help=fault.help,
        on_key=fault.on_key,
        hide_source=hidden,
    )


def _say_unknown(minor: Minor) -> str:
    known = minors()
    first, last = known[0], known[-1]
    return (
        f"the structures of Kubernetes {minor[0]}.{minor[1]} are not known,"
        f" only those of {first[0]}.{first[1]} to {last[0]}.{last[1]}"
    )
