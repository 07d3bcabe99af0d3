"""Helm values in a tree: keys that the chart does not read, and types that it does not take."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.catalogue.value_types import iter_wrong_types
from trimtab.findings.path import Path
from trimtab.rules.dead_values import tell_dead_value
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Said, Unchecked
from trimtab.verify.tree import Tree
from trimtab.verify.values import collectors, crds
from trimtab.verify.values.placing import Placed, iter_placed
from trimtab.verify.world import World


def check_keys(tree: Tree, world: World) -> Iterator[Said]:
    """Find values that no template reads; those of settings have been looked at where they stand."""
    for placed in iter_placed(tree, world):
        known = placed.known
        if not known:
            yield from _iter_unchecked(placed)
            continue
        first, *others = known
        dead = [{*facts.iter_unknown_keys(placed.given.values)} for facts in others]
        for key in first.iter_unknown_keys(placed.given.values):
            if all(key in one for one in dead) and not _is_unsure(placed, key):
                message, help_ = tell_dead_value(first, key)
                yield _complaint("dead-helm-value", placed, key, message, help_, on_key=True)


def _is_unsure(placed: Placed, key: Path) -> bool:
    """Say whether a key lies in a value of which only its emptiness is known."""
    return any(facts.is_bare(key[:-1]) for facts in placed.known)


def _iter_unchecked(placed: Placed) -> Iterator[Unchecked]:
    for use in placed.uses:
        if use.facts is None:
            shown = f"{use.chart} {use.version}".strip()
            yield Unchecked(reason=f"which values the chart {shown} reads: nothing is known of it")


def check_types(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find values of a type with which templates fail, or that they read as the opposite."""
    for placed in iter_placed(tree, world):
        for facts in placed.known[:1]:
            for wrong in iter_wrong_types(facts, placed.given.values):
                yield _complaint("values-of-wrong-type", placed, wrong.path, wrong.message, wrong.help)


def _complaint(code: str, placed: Placed, key: Path, message: str, help_: str, *, on_key: bool = False) -> Complaint:
    return Complaint(
        code=code,
        about=placed.about,
        path=placed.at(key),
        message=f"{placed.about}: {message}",
        help=help_,
        on_key=on_key and not placed.given.parameter,
    )


CHECKS = (
    Check(name="keys of Helm values", codes=("dead-helm-value",), run=check_keys),
    Check(name="types of Helm values", codes=("values-of-wrong-type",), run=check_types),
    *collectors.CHECKS,
    *crds.CHECKS,
)
