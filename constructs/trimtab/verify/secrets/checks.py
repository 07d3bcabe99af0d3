"""Secrets in plain anywhere in a tree but in Secrets: ConfigMaps, arguments, environments, values, addresses."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.findings.path import render_path
from trimtab.verify.argocd.scopes import DEFINITIONS
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.operators.charts import find_application, iter_sources
from trimtab.verify.reading import fields_of
from trimtab.verify.secrets.scan import (
    Spot,
    iter_arguments,
    iter_environment,
    iter_lines,
    iter_named,
    iter_spots,
)
from trimtab.verify.tree import Tree
from trimtab.verify.values.placing import Placed, iter_placed
from trimtab.verify.world import World

_ELSEWHERE = frozenset({("", "Secret"), DEFINITIONS, ("bitnami.com", "SealedSecret")})
"""Kinds that are looked at by another check, or that hold ciphertext or descriptions alone."""


def check_known_forms(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find keys, tokens and passwords in addresses, wherever they stand."""
    for entry in tree.entries:
        if entry.is_written and (entry.group, entry.kind) not in _ELSEWHERE:
            for spot in iter_spots(entry.manifest):
                yield _complaint(entry, spot)


def check_containers(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find secrets in arguments and variables of containers."""
    for pod in tree.pods:
        if pod.entry.is_written:
            for path, container in pod.iter_containers():
                for field in ("command", "args"):
                    yield from (
                        _complaint(pod.entry, spot) for spot in iter_arguments(container.get(field), (*path, field))
                    )
                for spot in iter_environment(container.get("env"), (*path, "env")):
                    yield _complaint(pod.entry, spot)


def check_config_maps(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find secrets in ConfigMaps: under a key of that name, or in a line of settings."""
    for entry in tree.of_kind("", "ConfigMap"):
        data = fields_of(entry.manifest, "data")
        if not entry.is_written:
            continue
        for key, text in data.items():
            if not isinstance(text, str):
                continue
            if "\n" in text:
                yield from (_complaint(entry, spot) for spot in iter_lines(text, ("data", key)))
            else:
                yield from (_complaint(entry, spot) for spot in iter_named({key: text}, ("data",)))


def check_values(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find secrets in the Helm values of Applications, those that lie in files of their own too."""
    for entry in tree.of_kind("argoproj.io", "Application"):
        if entry.is_written:
            for spot in iter_named(fields_of(entry.manifest, "spec"), ("spec",)):
                yield _complaint(entry, spot)
    for placed in iter_placed(tree, world):
        if placed.given.file or placed.given.is_text:  # others stand in the object, and have been looked at there
            for spot in _in_given(placed):
                yield _complaint(placed.about, spot)
    for use in world.charts:
        owner = None if use.given else find_application(tree, use)
        if owner is not None and not _holds_values(owner):
            for spot in (*iter_named(use.values), *iter_spots(use.values)):
                yield _complaint(owner, Spot(path=(), what=_say_where(spot)))


def _in_given(placed: Placed) -> Iterator[Spot]:
    """Look into a file of values, or into a text whose known forms have been looked for with the object's."""
    given = placed.given
    spots = iter_named(given.values) if given.is_text else (*iter_named(given.values), *iter_spots(given.values))
    for spot in spots:
        yield Spot(path=placed.at(spot.path), what=_say_where(spot))


def _say_where(spot: Spot) -> str:
    return f"{spot.what} (values: {render_path(spot.path)})"


def _holds_values(entry: Entry) -> bool:
    """Say whether the values stand in the Application itself, where they have been looked at."""
    return any(fields_of(source, "helm").get("valuesObject") for _, source in iter_sources(entry))


def _complaint(entry: Entry, spot: Spot) -> Complaint:
    by_whom = f" of the application '{entry.application}'" if entry.application else ""
    return Complaint(
        code="secret-in-git",
        about=entry,
        path=spot.path,
        message=f"{entry}{by_whom} holds {spot.what} in plain",
        help="put it into a Secret that is made outside Git (`trimtab secrets`, ExternalSecret, SealedSecret) and refer"
        " to that; then change the value, for Git forgets nothing",
        hide_source=True,
    )


CHECKS = (
    Check(name="secrets of known form", codes=("secret-in-git",), run=check_known_forms),
    Check(name="secrets of containers", codes=("secret-in-git",), run=check_containers),
    Check(name="secrets in ConfigMaps", codes=("secret-in-git",), run=check_config_maps),
    Check(name="secrets in values", codes=("secret-in-git",), run=check_values),
)
