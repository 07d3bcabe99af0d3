"""What is wrong with kustomizations themselves: fields, names that lead nowhere, secrets, images that move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.findings.path import ROOT, Path
from trimtab.findings.suggest import edits_between, suggest
from trimtab.kube.manifests import split_api_version
from trimtab.kube.pins import is_moving_tag
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.files.folders import KUSTOMIZATIONS, folder_of, iter_above
from trimtab.verify.files.found import Found
from trimtab.verify.kustomize.fields import FIELDS, OLDER, Fields
from trimtab.verify.kustomize.graph import Graph
from trimtab.verify.kustomize.kustomization import GROUP, Kustomization, Listed
from trimtab.verify.reading import iter_fields, list_of, text_of
from trimtab.verify.secrets.words import is_kept_elsewhere

_SLIPS = 2
"""Slips of the finger in a file's name: another name is more than that."""


def check_kustomizations(graph: Graph, names: frozenset[str] | None) -> Iterator[Complaint]:
    """Look at each kustomization of a tree.

    Args:
        graph: The kustomizations.
        names: Every file of the tree, manifests or not; nothing where they are not at hand.
    """
    there = graph.list_all(names) if graph.by_folder else {}
    for one in graph.by_folder.values():
        entry = make_kustomization_entry(one)
        yield from _check_fields(entry, one.value, FIELDS, ROOT)
        if (f"{one.folder}/" if one.folder else "") + "Chart.yaml" not in there:  # what helm renders is put beside it
            yield from _check_names(entry, graph, one, there, is_whole=names is not None)
        yield from _check_secrets(entry)
        yield from _check_images(entry)


def make_kustomization_entry(one: Kustomization) -> Entry:
    """Make an entry of a kustomization, so that something can be said of it."""
    group, version = split_api_version(one.value.get("apiVersion"))
    return Entry(
        manifest={"metadata": {}, **one.value},
        group=group or GROUP,
        version=version,
        kind=str(one.value.get("kind") or "Kustomization"),
        namespace="",
        name=one.folder or ".",
        origin=Found(manifest=one.value, file=one.file, document=0),
    )


def _check_fields(entry: Entry, value: Mapping[str, Any], known: Fields, at: Path) -> Iterator[Complaint]:
    for key, inner in value.items():
        path = (*at, key)
        if key not in known:
            near = OLDER.get(key) or suggest(str(key), known)
            yield Complaint(
                code="unknown-field",
                about=entry,
                path=path,
                on_key=True,
                message=f"the kustomization of '{entry.name}' has the field '{key}', which kustomize does not know",
                help=f"did you mean '{near}'?" if near else "remove it: kustomize refuses the whole file",
            )
        elif below := known[key]:
            items = enumerate(inner) if isinstance(inner, list) else [(None, inner)]
            for position, item in items:
                if isinstance(item, Mapping):
                    yield from _check_fields(entry, item, below, path if position is None else (*path, position))


def _check_names(
    entry: Entry, graph: Graph, one: Kustomization, there: Mapping[str, bool], *, is_whole: bool
) -> Iterator[Complaint]:
    """Find what leads nowhere; a folder counts where a file lies in it, or below it."""
    for listed in (*one.iter_objects(), *one.iter_components(), *one.iter_parts(), *one.iter_inputs()):
        path = graph.resolve(one, listed)
        if path is None or listed.is_inline or "$" in listed.text or "{{" in listed.text:
            continue
        is_input = listed.path[0] in ("configMapGenerator", "secretGenerator", "helmCharts", "crds")
        if path not in there:
            # what is no manifest is only known where all names are; what lies behind a link is never known
            if (is_whole or not is_input) and not any(
                there.get(above) is False for above in iter_above(folder_of(path))
            ):
                yield _missing(entry, listed, path, there)
        elif listed.path[0] in ("resources", "bases", "components") and there[path] and not _holds(there, path):
            yield Complaint(
                code="kustomize-file-missing",
                about=entry,
                path=listed.path,
                message=f"the kustomization of '{entry.name}' builds upon the folder '{listed.text}', which holds no"
                " kustomization.yaml",
                help="add one there, or list its files",
            )


def _holds(there: Mapping[str, bool], folder: str) -> bool:
    """Say whether a folder holds a kustomization, a broken one too."""
    return any((f"{folder}/{name}" if folder else name) in there for name in KUSTOMIZATIONS)


def _missing(entry: Entry, listed: Listed, path: str, there: Mapping[str, bool]) -> Complaint:
    folder = folder_of(path)
    near = suggest(path, [one for one in there if folder_of(one) == folder])
    near = near if near and edits_between(path, near, _SLIPS) is not None else None
    return Complaint(
        code="kustomize-file-missing",
        about=entry,
        path=listed.path,
        message=f"the kustomization of '{entry.name}' names '{listed.text}', which is not there",
        help=f"did you mean '{near.rpartition('/')[2]}'?" if near else "add it, or take the line out",
    )


def _check_secrets(entry: Entry) -> Iterator[Complaint]:
    for position, generator in iter_fields(entry.manifest, "secretGenerator"):
        for at, literal in enumerate(list_of(generator, "literals")):
            key, _, value = literal.partition("=") if isinstance(literal, str) else ("", "", "")
            if key and not is_kept_elsewhere(value.strip("\"'")):
                yield Complaint(
                    code="secret-in-git",
                    about=entry,
                    path=("secretGenerator", position, "literals", at),
                    message=f"the Secret '{text_of(generator, 'name')}' that the kustomization of '{entry.name}'"
                    f" generates has the value of '{key}' in plain",
                    help="make it outside Git (`trimtab secrets`), or bring an ExternalSecret or a SealedSecret; then"
                    " change the values, for Git forgets nothing",
                    hide_source=True,
                )


def _check_images(entry: Entry) -> Iterator[Complaint]:
    for position, image in iter_fields(entry.manifest, "images"):
        tag = image.get("newTag")
        if isinstance(tag, str) and is_moving_tag(tag) and not image.get("digest"):
            yield Complaint(
                code="unpinned-source",
                about=entry,
                path=("images", position, "newTag"),
                message=f"the kustomization of '{entry.name}' gives an image a tag that moves: '{tag}'",
                help="name a version, or better a digest",
            )
