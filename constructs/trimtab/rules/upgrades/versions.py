"""Rules on moves between versions: minors that are skipped, floors, and ways back that nobody promises."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.catalogue.components import find_release
from trimtab.catalogue.kubespray import find_tag
from trimtab.catalogue.ladder import Fault
from trimtab.catalogue.no_way_back import NO_WAY_BACK
from trimtab.findings.finding import Severity
from trimtab.rules.rule import Problem, Rule, Subject
from trimtab.rules.upgrades.moves import Move, iter_moves
from trimtab.settings.words import join_and

_NAMES = {"kubernetes": "Kubernetes"}


def check_skipped_minor(subject: Subject) -> Iterator[Problem]:
    """Find moves over a minor that upstream asks to stop at."""
    for move in iter_moves(subject):
        if move.fault is Fault.SKIPPED_MINOR:
            message = f"{_name(move)} goes from {move.old.version} to {move.new.version}, and skips {_skipped(move)}"
            yield Problem(path=move.path, message=message, help=_advice(move))


def check_below_upgrade_floor(subject: Subject) -> Iterator[Problem]:
    """Find moves from a version that upstream does not upgrade from."""
    for move in iter_moves(subject):
        if move.fault is Fault.BELOW_FLOOR:
            message = (
                f"{_name(move)} {move.new.version} can be reached from {move.new.floor} or newer,"
                f" and this cluster has {move.old.version}"
            )
            yield Problem(path=move.path, message=message, help=_advice(move))


def check_downgrade(subject: Subject) -> Iterator[Problem]:
    """Find moves back of what does not go back."""
    for move in iter_moves(subject):
        known = NO_WAY_BACK.get(move.name)
        if known and move.fault is Fault.DOWNGRADE:
            yield Problem(
                path=move.path,
                message=f"{_name(move)} goes back from {move.old.version} to {move.new.version}: {known.reason}",
                help=f"keep {move.old.version}, or {known.cure} ({known.source})",
            )


def _name(move: Move) -> str:
    return _NAMES.get(move.name, move.name)


def _skipped(move: Move) -> str:
    """Name what lies between: the minors that are walked, not always those of the version."""
    here, there = move.old.walk, move.new.walk
    if here.major != there.major:
        return f"what lies between {here.minor} and {there.minor}"
    minors = [f"{here.major}.{minor}" for minor in range(here.minor_number + 1, there.minor_number)]
    whose = f" of its application ({here} to {there})" if move.new.walked else ""
    return (join_and(minors) if len(minors) <= 4 else f"{len(minors)} minors") + whose


def _advice(move: Move) -> str:
    source = f" ({move.source})" if move.source else ""
    if not move.walk:
        return f"go to the newest release of the next minor first, which Trimtab no longer knows{source}"
    step = move.walk[0].version
    newest = "the newest patch of " if move.name == "kubernetes" and step.count(".") == 1 else ""
    then = " -> ".join(rung.version for rung in move.walk)
    whole = f"; the whole way is {move.old.version} -> {then}" if len(move.walk) > 1 else ""
    return f"go to {newest}{step} first{_brought(move, step)}, sync, and wait until it is healthy{whole}{source}"


def _brought(move: Move, step: str) -> str:
    """Say what else a step fixes or needs: a tag of kubespray brings its Kubernetes, a release supports a range."""
    if move.name == "kubespray":
        tag = find_tag(step)
        return f", which installs Kubernetes {tag.installs}, and none below {tag.kubernetes.oldest}" if tag else ""
    release = find_release(move.name, step, move.own)
    return f", which supports Kubernetes {release.kubernetes}" if release and release.kubernetes else ""


RULES = (
    Rule(
        code="skipped-minor",
        severity=Severity.ERROR,
        soft=True,
        needs_base=True,
        meaning="A version moves over a minor that must be walked.",
        why="Upstream tests each minor with the one before it, and migrations of one are gone from the next but one:"
        " Kubernetes (kubernetes.io, version skew policy), kubespray, Rook, Argo CD, cert-manager (the catalogue names"
        " the page of each).",
        cure="Set the version that the message names first, sync, wait until all is healthy, and go on from there. "
        "`trimtab upgrade` lists the whole way.",
        check=check_skipped_minor,
    ),
    Rule(
        code="below-upgrade-floor",
        severity=Severity.ERROR,
        soft=True,
        needs_base=True,
        meaning="A version is older than upstream upgrades from.",
        why="What an upgrade relies on is not there yet: Rook 1.19.5, for one, is the first to mark the CSI objects"
        " that 1.20 takes over (rook/rook Documentation/Upgrade/rook-upgrade.md:92-95).",
        cure="Set the version that the message names, sync, wait until all is healthy, and go on from there. "
        "`trimtab upgrade` lists the whole way.",
        check=check_below_upgrade_floor,
    ),
    Rule(
        code="downgrade",
        severity=Severity.ERROR,
        soft=True,
        needs_base=True,
        meaning="A version goes back, and what it keeps its data in does not.",
        why="Databases and the API server's storage are migrated forwards only (the message names the source).",
        cure="Keep the version that runs. To go back all the same, restore a backup from before the upgrade into a "
        "new installation.",
        check=check_downgrade,
    ),
)
