"""Order, proven over all applications: nothing is applied before what it needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trimtab.catalogue.argocd_names import HELM_HOOK, HOOK, SYNC_WAVE
from trimtab.findings.path import ROOT, Path
from trimtab.kube.manifests import render_identity
from trimtab.verify.argocd.needs import Provider, Providers, Wanted, iter_needs, iter_pod_needs
from trimtab.verify.argocd.position import Owner, Positions, Rank, Step, describe_rank, get_rank
from trimtab.verify.argocd.scopes import DEFINITIONS
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Other
from trimtab.verify.entry import Entry
from trimtab.verify.reading import annotations_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_MOVED = (("", "Namespace"), DEFINITIONS)
"""Within an application Argo CD moves these before what needs them, across waves and phases (sync_tasks.go)."""


def check_order(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find objects that are applied before what they need: each with both ends."""
    prover = _Prover(tree, world)
    for entry in tree.entries:
        if entry.application:
            yield from prover.check(entry, iter_needs(entry))
    for pod in tree.pods:
        if pod.entry.application:
            yield from prover.check(pod.entry, iter_pod_needs(pod))


class _Prover:
    """Holds what each object needs against when that is there."""

    def __init__(self, tree: Tree, world: World) -> None:
        self._positions = Positions(tree)
        self._providers = Providers(tree, world, self._positions)
        self._is_ours = not world.foreign
        self._seen: set[tuple[object, ...]] = set()
        self._asked: set[tuple[Owner, Wanted]] = set()

    def check(self, entry: Entry, needs: Iterable[Wanted]) -> Iterator[Complaint]:
        """Find what comes too late for one object."""
        owner = self._positions.find_owner(entry.cluster, entry.application)
        for wanted in needs:
            # Within an application Argo CD sees to these by itself; across applications one object stands for all.
            if wanted[:2] in _MOVED:
                if (owner, wanted) in self._asked:
                    continue
                self._asked.add((owner, wanted))
            providers = self._providers.of(entry.cluster, wanted)
            # One that is there in time is enough; itself it cannot need.
            if providers and all(provider.entry is not entry for provider in providers) and get_rank(entry):
                late = [self._find_fault(entry, owner, wanted, provider) for provider in providers]
                if late[0] is not None and all(late) and self._is_new(owner, wanted, providers[0]):
                    yield late[0]

    def _is_new(self, owner: Owner, wanted: Wanted, provider: Provider) -> bool:
        """Say whether an application has not been told yet that it comes before another one."""
        key = (owner, provider.owner, wanted if provider.entry else wanted[:2])
        is_new = owner == provider.owner or key not in self._seen
        self._seen.add(key)
        return is_new

    def _find_fault(self, entry: Entry, owner: Owner, wanted: Wanted, provider: Provider) -> Complaint | None:
        if owner == provider.owner:
            return None if wanted[:2] in _MOVED else _check_within(entry, provider)
        parted = self._positions.compare(owner, provider.owner)
        if parted is None:
            return None
        ours, theirs = parted
        # In a tree of somebody else's, who gave no order may count on repeated tries.
        if theirs.rank < ours.rank or (theirs.rank == ours.rank and not self._is_ours):
            return None
        return _tell_across(entry, wanted, provider, ours, theirs, is_ours=self._is_ours)


def _check_within(entry: Entry, provider: Provider) -> Complaint | None:
    if provider.entry is None:
        return None
    rank, other = get_rank(entry), get_rank(provider.entry)
    if rank is None or other is None or other <= rank:
        return None
    when, then = describe_rank(rank, other=other), describe_rank(other, other=rank)
    return Complaint(
        code="applied-before-its-needs",
        about=entry,
        path=_place_of_rank(entry),
        message=f"{entry} is applied {when} and needs {provider.words}, which comes {then}",
        help=_help_within(rank, other),
        others=(Other(entry=provider.entry, message="this comes later", path=_place_of_rank(provider.entry)),),
    )


def _help_within(rank: Rank, other: Rank) -> str:
    if rank[0] != other[0]:
        return "make what it needs a hook of the same phase, in a lower wave"
    return f"give it a wave above {other[1]}, or what it needs one below {rank[1]}"


def _tell_across(
    entry: Entry, wanted: Wanted, provider: Provider, ours: Step, theirs: Step, *, is_ours: bool
) -> Complaint:
    after = f"name '{_name(theirs)}' in 'after' of the application '{_name(ours)}' in the settings"
    when, then = describe_rank(ours.rank, other=theirs.rank), describe_rank(theirs.rank, other=ours.rank)
    comes = f"comes {then}" if theirs.rank != ours.rank else "comes in the same one"
    others = [
        Other(entry=theirs.entry, message=f"'{_name(theirs)}' is applied here", path=_place_of_rank(theirs.entry))
    ]
    if provider.entry is not None:
        others.insert(0, Other(entry=provider.entry, message="this is what it needs"))
    return Complaint(
        code=_code(wanted),
        about=entry,
        message=f"{entry} of the application '{_name(ours)}' {when} needs {_needed(wanted, provider)}"
        f" of the application '{_name(theirs)}', which {comes}",
        help=after if is_ours else f"give '{_name(ours)}' a wave above {theirs.rank[1]}",
        others=tuple(others),
    )


def _name(step: Step) -> str:
    """Name an application as its owner does: in a tree of ours Argo CD's name has the cluster's before it."""
    cluster, name = step.child
    return name.removeprefix(f"{cluster}-") if cluster else name


def _needed(wanted: Wanted, provider: Provider) -> str:
    return provider.words if provider.entry is None or wanted[:2] == DEFINITIONS else render_identity(wanted)


def _code(wanted: Wanted) -> str:
    return "custom-resource-before-definition" if wanted[:2] == DEFINITIONS else "applied-before-its-needs"


def _place_of_rank(entry: Entry) -> Path:
    annotations = annotations_of(entry.manifest)
    for key in (SYNC_WAVE, HOOK, HELM_HOOK):
        if key in annotations:
            return ("metadata", "annotations", key)
    return ROOT


CHECKS = (
    Check(
        name="order of applications and objects",
        codes=("applied-before-its-needs", "custom-resource-before-definition"),
        run=check_order,
    ),
)
