"""The structure of Kubernetes' own kinds at each minor version, from the facts committed beside this module."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from trimtab.catalogue.chart_facts import Scope

Minor = tuple[int, int]
"""A minor version of Kubernetes: `(1, 35)`."""

Kind = tuple[str, str, str]
"""Group (empty for the core group), version and kind."""

Spec = str | list[Any]
"""What a field holds: a word (`string`, `int32`, `int64`, `number`, `boolean`, `quantity`, `int-or-string`, `time`,
`bytes`, `object`, `any`), the name of a type such as `core.v1.Container`, or a list that begins with `list` (what is in
it, and perhaps the keys that no two entries may share), `set` (what is in it), `map` (its values), `one-of` (texts)."""


@dataclass(frozen=True, slots=True)
class Structure:
    """The fields of a type."""

    fields: Mapping[str, Spec]
    """What each holds, by its name in JSON."""
    required: tuple[str, ...]
    """Those without which the API server refuses the object."""


def minors() -> tuple[Minor, ...]:
    """Give the minor versions that are known, oldest first."""
    return tuple((1, minor) for minor in _record()["minors"])


def is_known(minor: Minor) -> bool:
    """Say whether the kinds of a minor version are known."""
    return minor in minors()


@cache
def kinds_of(minor: Minor) -> Mapping[Kind, str]:
    """Give every kind that an API server of a minor version can serve, and the name of its type.

    Those of alpha and beta versions are among them: somebody may have switched them on.
    """
    found = ((_kind(key), _at(minor, history)) for key, history in _record()["kinds"].items())
    return {kind: name for kind, name in found if name is not None}


@cache
def scopes() -> Mapping[tuple[str, str], Scope]:
    """Give group and kind of all that a known minor version can serve, and what its objects belong to, by group.

    A kind never changes its scope, whatever its version: Kubernetes forbids it.
    """
    cluster_wide = {_group_kind(key) for key in _record()["cluster_wide"]}
    kinds = sorted({(group, kind) for group, _, kind in map(_kind, _record()["kinds"])})
    return {kind: "Cluster" if kind in cluster_wide else "Namespaced" for kind in kinds}


def find_structure(minor: Minor, name: str) -> Structure:
    """Give the fields of a type at a minor version; its name is one that `kinds_of` or a field gave.

    Raises:
        KeyError: There is no such type.
    """
    return _structures(minor)[name]


def find_minor_with_field(name: str, key: str) -> Minor | None:
    """Give the first minor version whose type has a field; nothing where none that is known has it."""
    for start, record in _record()["types"].get(name, ()):
        if record is not None and key in record["fields"]:
            return 1, start
    return None


def is_type(spec: Spec) -> bool:
    """Say whether a field holds a type with fields of its own."""
    return isinstance(spec, str) and "." in spec


class _Structures(dict[str, Structure]):
    """The types of one minor version, made when first asked for."""

    def __init__(self, minor: Minor) -> None:
        self._minor = minor

    def __missing__(self, name: str) -> Structure:
        record = _at(self._minor, _record()["types"].get(name, ()))
        if record is None:
            raise KeyError(name)
        self[name] = Structure(record["fields"], tuple(record.get("required", ())))
        return self[name]


@cache
def _structures(minor: Minor) -> _Structures:
    return _Structures(minor)


def _at(minor: Minor, history: Any) -> Any:
    value = None
    for start, since in history:
        if start <= minor[1]:
            value = since
    return value


def _kind(key: str) -> Kind:
    group_version, _, kind = key.rpartition("/")
    group, _, version = group_version.rpartition("/")
    return group, version, kind


def _group_kind(key: str) -> tuple[str, str]:
    group, _, kind = key.rpartition("/")
    return group, kind


@cache
def _record() -> Mapping[str, Any]:
    text = files("trimtab.catalogue.kubernetes").joinpath("structures.json").read_text("utf-8")
    record: Mapping[str, Any] = json.loads(text)
    return record
