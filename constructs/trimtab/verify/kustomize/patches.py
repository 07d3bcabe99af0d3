"""Patches of a kustomization: whom they are for, and what an object says after them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trimtab.catalogue.kinds import is_built_in_group
from trimtab.findings.path import Path
from trimtab.kube.manifests import Manifest, split_api_version
from trimtab.verify.kustomize.pointers import NotFollowedError, apply_operations
from trimtab.verify.reading import fields_of, text_of

_DELETE, _REPLACE, _DIRECTIVE = "delete", "replace", "$patch"
_SELECTORS = ("labelSelector", "annotationSelector")


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """One patch."""

    target: Mapping[str, Any]
    """Which objects it is for: `group`, `version`, `kind`, `name`, `namespace` are regular expressions."""
    change: Any
    """A part of an object, a list of operations, or nothing where it is not at hand."""
    is_exact: bool = False
    """Whether its target is the one object with that very kind and name."""


class GoneError(Exception):
    """The object is taken away."""


def iter_wanted(patches: Iterable[Patch], manifest: Manifest) -> Iterator[Patch]:
    """Give the patches that are for an object, or may be: labels are not looked at."""
    group, version = split_api_version(manifest["apiVersion"])
    metadata = manifest["metadata"]
    for patch in patches:
        target = patch.target
        if patch.is_exact:
            same = (target.get("kind"), target.get("name")) == (manifest["kind"], metadata.get("name"))
            fits = same and target.get("group", group) == group
        else:
            fits = (
                _fits(target, "kind", manifest["kind"])
                and _fits(target, "name", metadata.get("name"))
                and _fits(target, "group", group)
                and _fits(target, "version", version)
                and (metadata.get("namespace") is None or _fits(target, "namespace", metadata["namespace"]))
            )
        if fits:
            yield patch


def _fits(target: Mapping[str, Any], key: str, value: object) -> bool:
    wanted = text_of(target, key)
    try:
        return not wanted or re.fullmatch(wanted, str(value or "")) is not None
    except re.error:
        return True


def apply_patch(manifest: Manifest, patch: Patch) -> tuple[Manifest, list[Path] | None]:
    """Lay a patch over an object.

    Returns:
        The object, and the paths that the patch wrote; nothing in their place where any may have been.

    Raises:
        GoneError: The patch takes the object away.
    """
    is_sure = not any(patch.target.get(key) for key in _SELECTORS)
    if isinstance(patch.change, list):
        try:
            made, written = apply_operations(manifest, patch.change)
        except NotFollowedError:
            return manifest, None
        return (made, written) if is_sure else (manifest, written)
    if not isinstance(patch.change, Mapping):
        return manifest, None
    if patch.change.get(_DIRECTIVE) == _DELETE:
        if is_sure:
            raise GoneError
        return manifest, None
    written = []
    by_name = is_built_in_group(split_api_version(manifest["apiVersion"])[0])
    change = {key: value for key, value in patch.change.items() if key not in ("apiVersion", "kind")}
    change["metadata"] = {
        key: value for key, value in fields_of(change, "metadata").items() if key not in ("name", "namespace")
    }
    made = _merge(manifest, change, (), written, by_name=by_name)
    return (made, written) if is_sure else (manifest, written)


def _merge(below: Any, change: Any, at: Path, written: list[Path], *, by_name: bool) -> Any:
    if isinstance(change, Mapping) and isinstance(below, Mapping) and change.get(_DIRECTIVE) != _REPLACE:
        made = dict(below)
        for key, value in change.items():
            if str(key).startswith("$"):
                written.append(at)
            elif value is None:
                made.pop(key, None)
                written.append((*at, key))
            elif key in made:
                made[key] = _merge(made[key], value, (*at, key), written, by_name=by_name)
            else:
                made[key] = value
                written.append((*at, key))
        return made
    if type(change) is type(below) and change == below:
        return below
    if by_name and _is_named(change) and _is_named(below):
        return _merge_named(below, change, at, written)
    written.append(at)
    if isinstance(change, Mapping):
        return {key: value for key, value in change.items() if not str(key).startswith("$")}
    return change


def _is_named(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, Mapping) and isinstance(one.get("name"), str) for one in value
    )


def _merge_named(below: list[Any], change: list[Any], at: Path, written: list[Path]) -> list[Any]:
    """Merge lists whose items have names, such as containers: Kubernetes' own kinds merge most of them so."""
    made = list(below)
    places = {one["name"]: position for position, one in enumerate(below)}
    for one in change:
        position = places.get(one["name"])
        if one.get(_DIRECTIVE) is not None:
            written.append(at)
        elif position is None:
            written.append((*at, len(made)))
            made.append(one)
        else:
            made[position] = _merge(made[position], one, (*at, position), written, by_name=True)
    return made
