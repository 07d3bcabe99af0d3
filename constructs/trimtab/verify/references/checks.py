"""Names that are nobody's."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from trimtab.findings.suggest import edits_between, suggest
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Other, Said, Unchecked
from trimtab.verify.entry import Entry
from trimtab.verify.reading import fields_of
from trimtab.verify.references import in_objects, in_pods
from trimtab.verify.references.known import Answer, Names
from trimtab.verify.references.reference import Reference
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_CODES = {
    "StorageClass": "unknown-storage-class",
    "IngressClass": "unknown-ingress-class",
    "GatewayClass": "unknown-gateway-class",
    "ClusterIssuer": "unknown-issuer",
    "Issuer": "unknown-issuer",
    "Secret": "secret-made-by-nobody",
}
_HOLDERS = {"ConfigMap": ("data", "binaryData"), "Secret": ("data", "stringData")}
_MANY = 6
_ELSEWHERE = (
    "a Secret, a class or another namespace's object that is made outside this tree, which holds nothing of the sort:"
    " name such in the file of `verify --config`, and those that are missing are found"
)


def check_references(tree: Tree, world: World) -> Iterator[Said]:
    """Find references to what nobody makes, and to keys that are not in it."""
    names = Names(tree, world)
    seen: dict[tuple[object, ...], Answer] = {}
    told: set[tuple[object, ...]] = set()
    for reference in chain(in_pods.iter_references(tree), in_objects.iter_references(tree)):
        if not reference.entry.is_written:
            continue
        asked = (reference.entry.cluster, reference.identity)
        answer = seen.get(asked)
        if answer is None:
            answer = seen[asked] = names.ask(reference)
        if answer is Answer.UNKNOWN:
            yield Unchecked(reason="a name that a chart may bring which is not rendered here, or the distribution")
        elif answer is Answer.ELSEWHERE:
            yield Unchecked(reason=_ELSEWHERE)
        elif answer is Answer.MISSING:
            if (reference.entry, reference.identity) not in told:
                told.add((reference.entry, reference.identity))
                yield _dangling(reference, names, world)
        elif reference.key:
            yield from _check_key(reference, names, world)


def _dangling(reference: Reference, names: Names, world: World) -> Complaint:
    there = names.names_of(reference)
    declared = [name for namespace, name in world.secrets if namespace == reference.namespace]
    near = suggest(reference.name, [*there, *(declared if reference.kind == "Secret" else ())])
    if near and reference.kind == "Secret" and world.foreign and not _is_slip(reference.name, near):
        near = None  # it may well be made outside Git, and only look like another one
    where = f" in the namespace '{reference.namespace}'" if reference.namespace else ""
    return Complaint(
        code=_CODES.get(reference.kind, "dangling-reference"),
        about=reference.entry,
        path=reference.path,
        message=f"{reference.entry} names the {reference.kind} '{reference.name}'{where}, which nobody makes",
        help=f"did you mean '{near}'?" if near else _cure(reference, there),
    )


def _is_slip(name: str, near: str) -> bool:
    """Say whether a name is another one with a slip of the finger in it: one letter in eight, and no digit."""
    return edits_between(name, near, max(1, len(name) // 8)) is not None


def _cure(reference: Reference, there: list[str]) -> str:
    if reference.kind == "Secret":
        return (
            "bring an ExternalSecret, SealedSecret or Certificate that makes it, or say that it is made outside Git:"
            " `applications.<name>.secrets` in settings, `secrets` in the file of `trimtab verify --config`"
        )
    if there:
        more = f" and {len(there) - _MANY} more" if len(there) > _MANY else ""
        return f"there are: {', '.join(there[:_MANY])}{more}"
    return f"add the {reference.kind}, or remove the reference"


def _check_key(reference: Reference, names: Names, world: World) -> Iterator[Complaint]:
    found = names.find(reference)
    if found is not None and reference.kind in _HOLDERS:
        held = [_keys_of(one, reference.kind) for one in names.find_all(reference)]
        if not all(held) or names.is_made(reference):  # somebody fills it in the cluster
            return
        keys = [key for one in held for key in one]
    elif reference.kind == "Secret" and found is None:
        keys = list(world.secrets.get((reference.namespace, reference.name), ()))
    else:
        return
    if keys and reference.key not in keys:
        near = suggest(reference.key, keys)
        yield Complaint(
            code="key-not-in-reference",
            about=reference.entry,
            path=(*reference.path[:-1], "key"),
            message=f"{reference.entry} wants the key '{reference.key}' of the {reference.kind} '{reference.name}',"
            " which has no such key",
            help=f"did you mean '{near}'?" if near else f"it has: {', '.join(sorted(keys)[:_MANY])}",
            others=(Other(entry=found, message="it is made here"),) if found else (),
        )


def _keys_of(entry: Entry, kind: str) -> list[str]:
    return [key for field in _HOLDERS[kind] for key in fields_of(entry.manifest, field)]


CHECKS = (
    Check(
        name="references",
        codes=(*sorted(set(_CODES.values())), "dangling-reference", "key-not-in-reference"),
        run=check_references,
    ),
)
