"""Entries of lists that stand twice: refused on the server's side, or the last one wins."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.catalogue.kubernetes.structures import is_known, kinds_of
from trimtab.findings.path import Path, render_path
from trimtab.verify.api_server.applying import Applying
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.kubernetes.repeated import Repeat, has_repeats, iter_repeats
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_SAID_ELSEWHERE = {
    *("containers", "initContainers", "ephemeralContainers", "volumes", "volumeMounts", "volumeDevices"),
    "matchConditions",
}
"""Lists whose names are checked whatever way they are applied."""


def check_repeats(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find entries of one list that share their keys.

    Server-side apply refuses them (structured-merge-diff typed/validate.go); otherwise the API server takes most of
    them, and one entry hides the other.
    """
    if not is_known(world.kubernetes):
        return
    kinds, applying = kinds_of(world.kubernetes), Applying(tree)
    for entry in tree.entries:
        name = kinds.get((entry.group, entry.version, entry.kind))
        if name is not None and has_repeats(world.kubernetes, name, entry.manifest):
            is_refused = applying.is_server_side(entry) is True
            for repeat in iter_repeats(world.kubernetes, name, entry.manifest):
                if not repeat.keys:
                    yield from _refuse_null(entry, repeat.path) if is_refused else ()
                elif not _is_said_elsewhere(entry, repeat):
                    yield _complain(entry, repeat, refused=is_refused)


def _refuse_null(entry: Entry, path: Path) -> Iterator[Complaint]:
    what = f"has nothing in {render_path(path)}"
    cure = "take it away: its Application applies on the server's side, which refuses it"
    yield complain("missing-field", entry, path, what, cure)


def _is_said_elsewhere(entry: Entry, repeat: Repeat) -> bool:
    return repeat.field in _SAID_ELSEWHERE or (entry.kind, repeat.field) in (
        ("Service", "ports"),
        ("MutatingWebhookConfiguration", "webhooks"),
        ("ValidatingWebhookConfiguration", "webhooks"),
        ("CustomResourceDefinition", "versions"),
    )


def _complain(entry: Entry, repeat: Repeat, *, refused: bool) -> Complaint:
    shared = ", ".join(f"{key} {value}" if key else str(value) for key, value in repeat.keys.items())
    what = f"has {shared} twice in {render_path(repeat.path[:-1])}"
    if refused:
        cure = "leave one of them away: its Application applies on the server's side, which refuses them"
        return complain("duplicate-entry", entry, repeat.path, what, cure)
    return complain("shadowed-entry", entry, repeat.path, what, "leave one of them away: only one can count")
