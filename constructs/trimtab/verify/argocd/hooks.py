"""Hooks: phases that Argo CD does not have, so that an object is never applied, and delete policies that it ignores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.catalogue.argocd_names import (
    DELETE_POLICIES,
    HELM_DELETE_POLICIES,
    HELM_DELETE_POLICY,
    HELM_HOOK,
    HELM_HOOKS,
    HELM_HOOKS_UNHEEDED,
    HOOK,
    HOOK_DELETE_POLICY,
    HOOKS,
)
from trimtab.findings.path import Path
from trimtab.findings.suggest import suggest
from trimtab.settings.words import join_or
from trimtab.verify.argocd.texts import split_commas
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import annotations_of

_POLICIES = {HOOK_DELETE_POLICY: DELETE_POLICIES, HELM_DELETE_POLICY: tuple(HELM_DELETE_POLICIES)}


def check_hook(entry: Entry, path: Path, value: str) -> Iterator[Complaint]:
    """Find what is wrong with one annotation of a hook; other annotations have nothing wrong here."""
    key = path[-1]
    if key == HOOK:
        yield from _check_phases(entry, path, split_commas(value), HOOKS)
    elif key == HELM_HOOK and HOOK not in annotations_of(entry.manifest):
        yield from _check_phases(entry, path, split_commas(value), (*HELM_HOOKS, *HELM_HOOKS_UNHEEDED))
    elif key in _POLICIES:
        yield from _check_policies(entry, path, value)


def get_phases(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the phases in which Argo CD applies an object: `Sync` for one that is no hook, none where it never does."""
    annotations = annotations_of(manifest)
    if HOOK not in annotations and HELM_HOOK not in annotations:
        return ("Sync",)
    own = tuple(phase for phase in split_commas(annotations.get(HOOK)) if phase in HOOKS)
    if own:
        return () if own == ("Skip",) else own
    named = split_commas(annotations.get(HELM_HOOK))
    if HOOK not in annotations and "crd-install" in named:
        return ("Sync",)
    return tuple(dict.fromkeys(HELM_HOOKS[phase] for phase in named if phase in HELM_HOOKS))


def _check_phases(entry: Entry, path: Path, phases: list[str], known: tuple[str, ...]) -> Iterator[Complaint]:
    wrong = [phase for phase in phases if phase not in known]
    if not phases:
        wrong = [""]
    for phase in wrong:
        near = phase if phase in HELM_HOOKS else suggest(phase, known) or suggest(phase, HELM_HOOKS)
        end = "so it never applies the object" if not get_phases(entry.manifest) else "and leaves it out"
        yield Complaint(
            code="unknown-hook",
            about=entry,
            path=path,
            message=f"{entry} is a hook of the phase '{phase}', which Argo CD does not have, {end}",
            help=f"did you mean '{_own_name(near, known)}'?" if near else f"the phases are {join_or(known)}",
        )


def _own_name(near: str, known: tuple[str, ...]) -> str:
    """Give Argo CD's name of a phase where somebody wrote Helm's in its place."""
    return near if near in known else HELM_HOOKS[near]


def _check_policies(entry: Entry, path: Path, value: str) -> Iterator[Complaint]:
    known = _POLICIES[str(path[-1])]
    for policy in split_commas(value):
        if policy not in known:
            near = suggest(policy, known)
            yield Complaint(
                code="ignored-argocd-annotation",
                about=entry,
                path=path,
                message=f"{entry} has the hook delete policy '{policy}', which Argo CD does not have",
                help=f"did you mean '{near}'?" if near else f"the policies are {join_or(known)}",
            )
