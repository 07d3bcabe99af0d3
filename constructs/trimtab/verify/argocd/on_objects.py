"""Annotations of Argo CD's on any object: keys and values that it ignores without a word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trimtab.catalogue.argocd_fields import GROUP
from trimtab.catalogue.argocd_names import (
    ANNOTATIONS,
    COMPARE_OPTIONS,
    COMPARE_OPTIONS_OF_APPLICATIONS,
    COMPARE_OPTIONS_OF_OBJECTS,
    GENERATE_PATHS,
    HELM_PREFIX,
    HOOK,
    ONE_OF,
    ONLY_ANNOTATIONS,
    PREFIX,
    SYNC_OPTIONS,
    SYNC_WAVE,
)
from trimtab.findings.path import Path
from trimtab.findings.suggest import suggest
from trimtab.settings.words import join_or
from trimtab.verify.argocd.hooks import check_hook
from trimtab.verify.argocd.options import check_object_options
from trimtab.verify.argocd.texts import split_commas
from trimtab.verify.argocd.waves import check_wave
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import annotations_of, fields_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_AT: Path = ("metadata", "annotations")
_ALIKE = frozenset({SYNC_WAVE, SYNC_OPTIONS, HOOK, *ONE_OF})
_LOWER = {name.lower(): name for name in ANNOTATIONS}


def check_annotations(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find annotations that are meant for Argo CD and do nothing, on all objects that it applies."""
    fine: set[tuple[str, Any]] = set()
    for entry in tree.entries:
        if not entry.is_written:
            continue
        for key, value in annotations_of(entry.manifest).items():
            if not ("argo" in key or key.startswith(HELM_PREFIX)) or (isinstance(value, str) and (key, value) in fine):
                continue
            said = list(_check_annotation(entry, key, value))
            yield from said
            # These mean the same on every object.
            if not said and key in _ALIKE and isinstance(value, str):
                fine.add((key, value))
        yield from _check_labels(entry)


def _check_annotation(entry: Entry, key: str, value: Any) -> Iterator[Complaint]:
    path: Path = (*_AT, key)
    if key == SYNC_WAVE:
        yield from check_wave(entry, path, value)
    elif not isinstance(value, str):
        return  # the API server refuses it, and another check says so of all annotations
    elif key == SYNC_OPTIONS:
        yield from check_object_options(entry, path, value)
    elif key == COMPARE_OPTIONS:
        yield from _check_compare_options(entry, path, value)
    elif key == GENERATE_PATHS:
        yield from _check_paths(entry, path, value)
    elif key in ONE_OF:
        yield from _check_choice(entry, path, value)
    elif key.startswith(HELM_PREFIX) or key in ANNOTATIONS:
        yield from check_hook(entry, path, value)
    else:
        yield from _check_key(entry, path, key)


def _check_key(entry: Entry, path: Path, key: str) -> Iterator[Complaint]:
    """Find keys that come near one of Argo CD's; another one may be meant for somebody else."""
    known = _LOWER.get(key.lower()) or _find_near(key)
    if known is not None:
        said = f"{entry} has the annotation '{key}', which Argo CD does not know"
        yield _ignored(entry, path, said, f"did you mean '{known}'?", on_key=True)


def _find_near(key: str) -> str | None:
    domain, slash, name = key.partition("/")
    if not slash or (domain != PREFIX.rstrip("/") and not _is_slip(domain)):
        return None
    names = [known.removeprefix(PREFIX) for known in ANNOTATIONS]
    if name in names:
        return f"{PREFIX}{name}"
    near = suggest(name, names)
    return f"{PREFIX}{near}" if near else None


def _is_slip(domain: str) -> bool:
    """Say whether a domain is a slip for Argo CD's; other projects of its makers have domains of their own."""
    return domain in {"argocd.argoproj.com", "argocd.argoprojio", "argocd.argoproj", "argocd.argo.io", "argocd.io"}


def _check_compare_options(entry: Entry, path: Path, value: str) -> Iterator[Complaint]:
    is_application = (entry.group, entry.kind) == (GROUP, "Application")
    every = (*COMPARE_OPTIONS_OF_OBJECTS, *COMPARE_OPTIONS_OF_APPLICATIONS)
    for option in split_commas(value):
        if option not in every:
            near = suggest(option, every)
            help_ = f"did you mean '{near}'?" if near else f"the options are {join_or(every)}"
            yield _ignored(entry, path, f"{entry} has the compare option '{option}', and Argo CD ignores it", help_)
        elif option in COMPARE_OPTIONS_OF_APPLICATIONS and not is_application:
            said = f"{entry} has the compare option '{option}', and Argo CD ignores it here"
            yield _ignored(entry, path, said, "it counts on the Application, and goes for all of its objects")


def _check_paths(entry: Entry, path: Path, value: str) -> Iterator[Complaint]:
    if "," in value and ";" not in value:
        said = f"the paths in '{GENERATE_PATHS}' of {entry} are separated by commas"
        yield _ignored(entry, path, said, "separate them by ';': as one path they match no file, and no commit is seen")


def _check_labels(entry: Entry) -> Iterator[Complaint]:
    labels = fields_of(entry.manifest, "metadata", "labels")
    for key in sorted(ONLY_ANNOTATIONS.intersection(labels)):
        said = f"{entry} has the label '{key}', which Argo CD only reads as an annotation"
        yield _ignored(entry, ("metadata", "labels", key), said, "move it to metadata.annotations", on_key=True)


def _ignored(entry: Entry, path: Path, message: str, help_: str, *, on_key: bool = False) -> Complaint:
    return Complaint(
        code="ignored-argocd-annotation", about=entry, path=path, message=message, help=help_, on_key=on_key
    )


def _check_choice(entry: Entry, path: Path, value: str) -> Iterator[Complaint]:
    key = str(path[-1])
    if value not in ONE_OF[key]:
        said = f"the annotation '{key}' of {entry} is '{value}', and Argo CD only heeds true or false"
        yield _ignored(entry, path, said, 'write "true" in quotes, or leave it out')


CHECKS = (
    Check(
        name="annotations of Argo CD's",
        codes=("ignored-argocd-annotation", "ignored-sync-option", "sync-wave-form", "unknown-hook"),
        run=check_annotations,
    ),
)
