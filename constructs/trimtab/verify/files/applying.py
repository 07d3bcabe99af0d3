"""Who applies what of a tree: Applications their folders, kustomizations the files they list, and nobody the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trimtab.kube.manifests import split_api_version
from trimtab.verify.files.application_sets import expand_sets
from trimtab.verify.files.applications import GROUP, Application, parse_applications
from trimtab.verify.files.builds import Brought, Builder
from trimtab.verify.files.folders import find_charts
from trimtab.verify.files.found import Found
from trimtab.verify.files.outer import iter_flux, read_outer
from trimtab.verify.files.owning import Owners, find_folder
from trimtab.verify.files.parameters_of_sets import make_ground
from trimtab.verify.kustomize.layers import Layer

_MOST_ROUNDS = 6
"""Applications that bring Applications that bring Applications: nobody goes deeper."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Applying:
    """Who applies what."""

    applications: tuple[Application, ...]
    owners: Owners
    built: tuple[tuple[Application, Brought], ...]
    """Kustomizations that Applications apply."""
    shared: tuple[Brought, ...]
    """Kustomizations that nobody applies here and that hold objects of Argo CD's: for all clusters."""
    overlays: tuple[Brought, ...]
    """The others that nobody applies here and nobody builds upon: each for a cluster of its own."""
    loose: tuple[Found, ...]
    """Objects of files that no kustomization lists."""


def find_applying(
    objects: Sequence[Found], files: Mapping[str, bytes], prefix: str | None, builder: Builder
) -> Applying:
    """Say who applies what.

    An Application may stand in a kustomization, and another one in what it applies: so this is asked until nothing new
    comes.
    """
    graph = builder.graph
    loose = tuple(found for found in objects if found.file not in graph.listed)
    said = tuple(filter(_is_argo, loose))
    by_flux = _find_flux(objects, builder, prefix)
    ground, charts = make_ground(files, prefix or ""), find_charts(files)
    outers: dict[str, Layer | None] = {}
    found: tuple[Application, ...] = ()
    applications = found
    shared: tuple[Brought, ...] = ()
    overlays: tuple[Brought, ...] = ()
    for _ in range(_MOST_ROUNDS):
        applications = found
        owners = Owners(applications, ground.folders, prefix, graph.by_folder, charts)
        built = tuple(
            (application, builder.build(folder, _read_once(source.kustomize, outers)))
            for application, source, folder in owners.kustomized
        )
        unowned = _build_unowned(builder, by_flux, {folder for _, _, folder in owners.kustomized})
        directly = [found for found in objects if found.file in graph.listed and owners.owners_of(found.file)]
        shared, overlays = _part(unowned)
        brought = [found for one in (*(each for _, each in built), *shared) for found in one.objects]
        there = dict.fromkeys((*said, *directly, *brought))
        found = parse_applications(there)
        found = (*found, *expand_sets(there, ground, found))
        if [(one.found, one.name) for one in found] == [(one.found, one.name) for one in applications]:
            break
    return Applying(
        applications=applications,
        owners=owners,
        built=built,
        shared=shared,
        overlays=overlays,
        loose=(*loose, *directly),
    )


def _read_once(fields: Mapping[str, Any], outers: dict[str, Layer | None]) -> Layer | None:
    """Give one layer for one text, in each round the same: what was built with it is known by it."""
    key = repr(fields)
    if key not in outers:
        outers[key] = read_outer(fields)
    return outers[key]


def _find_flux(objects: Iterable[Found], builder: Builder, prefix: str | None) -> dict[str, Layer]:
    """Find the kustomizations that Flux applies, by folder, and what it changes in each."""
    by_flux: dict[str, Layer] = {}
    for path, layer in iter_flux(objects):
        folder = find_folder(path, builder.graph.by_folder, prefix)
        if folder is not None:
            by_flux.setdefault(folder, layer)
    return by_flux


def _build_unowned(builder: Builder, by_flux: Mapping[str, Layer], owned: set[str]) -> tuple[Brought, ...]:
    folders = sorted({*(root.folder for root in builder.graph.roots), *by_flux} - owned)
    return tuple(builder.build(folder, by_flux.get(folder)) for folder in folders)


def _part(unowned: Iterable[Brought]) -> tuple[tuple[Brought, ...], tuple[Brought, ...]]:
    """Part those for all clusters from those for one of their own: of two that share an object one is for all."""
    taken: set[tuple[object, ...]] = set()
    shared, overlays = [], []
    for one in unowned:
        theirs = {_identify(found) for found in one.objects}
        if any(map(_is_argo, one.objects)) and not theirs & taken:
            taken |= theirs
            shared.append(one)
        else:
            overlays.append(one)
    return tuple(shared), tuple(overlays)


def _identify(found: Found) -> tuple[object, ...]:
    metadata = found.manifest["metadata"]
    return found.manifest["kind"], metadata.get("namespace"), metadata.get("name")


def _is_argo(found: Found) -> bool:
    return split_api_version(found.manifest["apiVersion"])[0] == GROUP
