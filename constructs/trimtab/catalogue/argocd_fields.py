"""The fields of Argo CD's own kinds, from the files beside this module, and where an object does not keep to them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from trimtab.findings.path import ROOT, Path

GROUP = "argoproj.io"
_NO_DIGIT = re.compile(r"[^0-9]")

Wrong = Literal["unknown", "type", "missing", "choice", "form"]
"""What is wrong at a place: a field nobody knows, a value of another type, a field that has to be there, a text that is
none of the choices, a text of another form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """One place at which an object is not what the API server takes."""

    wrong: Wrong
    path: Path
    """Where; for a missing field, the mapping that lacks it."""
    value: Any = None
    name: str = ""
    """The field that is unknown or missing."""
    wanted: tuple[str, ...] = ()
    """The fields or choices there are, or the type that is wanted."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fields:
    """The fields of every kind in one version of Argo CD."""

    version: str
    kinds: Mapping[str, int]
    shapes: tuple[Mapping[str, Any], ...]

    def iter_misfits(self, kind: str, manifest: Mapping[str, Any]) -> Iterator[Misfit]:
        """Give what the API server would refuse, or drop without a word; nothing for a kind it does not know."""
        shape = self.kinds.get(kind)
        if shape is not None:
            yield from self._compare(shape, manifest, ROOT)

    def has_field(self, kind: str, path: Path) -> bool:
        """Say whether a kind has a field at a path."""
        shape: Any = self.kinds.get(kind)
        for key in path:
            row = self.shapes[shape] if isinstance(shape, int) else {}
            shape = row.get("list" if isinstance(key, int) else "map", row.get("fields", {}).get(key))
        return shape is not None

    def _compare(self, shape: int | str, value: Any, path: Path) -> Iterator[Misfit]:
        # The API server takes null for a field that is not there.
        if value is None or shape == "any":
            return
        if isinstance(shape, str):
            if not _is_of_type(shape, value):
                yield Misfit(wrong="type", path=path, value=value, wanted=(shape,))
            return
        row = self.shapes[shape]
        if "fields" in row or "map" in row:
            yield from self._compare_mapping(row, value, path)
        elif "list" in row:
            yield from self._compare_list(row, value, path)
        else:
            yield from _compare_text(row, value, path)

    def _compare_mapping(self, row: Mapping[str, Any], value: Any, path: Path) -> Iterator[Misfit]:
        if not isinstance(value, Mapping):
            yield Misfit(wrong="type", path=path, value=value, wanted=("mapping",))
            return
        fields = row.get("fields")
        for name, inner in value.items():
            shape = row["map"] if fields is None else fields.get(name)
            if shape is None:
                yield Misfit(wrong="unknown", path=(*path, name), name=str(name), wanted=tuple(fields or ()))
            else:
                yield from self._compare(shape, inner, (*path, name))
        for name in row.get("required", ()):
            if value.get(name) is None:
                yield Misfit(wrong="missing", path=path, name=name)

    def _compare_list(self, row: Mapping[str, Any], value: Any, path: Path) -> Iterator[Misfit]:
        if not isinstance(value, list):
            yield Misfit(wrong="type", path=path, value=value, wanted=("list",))
            return
        for position, inner in enumerate(value):
            yield from self._compare(row["list"], inner, (*path, position))


@cache
def known_minors() -> tuple[str, ...]:
    """Name the minor versions of Argo CD whose fields are at hand, oldest first: `v3.5`."""
    names = (file.name.removesuffix(".json") for file in files("trimtab.catalogue").joinpath("argocd").iterdir())
    return tuple(sorted(names, key=_count_minor))


@cache
def argocd_fields(version: str = "") -> Fields:
    """Load the fields of a version of Argo CD.

    Args:
        version: The version, `v3.4.4`; nothing for the newest one at hand.

    Returns:
        The fields of its minor version; those of the nearest one at hand where there are none.
    """
    wanted = _count_minor(version) if re.match(r"v?\d+\.\d+", version) else _count_minor(known_minors()[-1])
    nearest = min(known_minors(), key=lambda minor: abs(_count_minor(minor) - wanted))
    return _load(nearest)


def _count_minor(version: str) -> int:
    major, minor = version.removeprefix("v").split(".")[:2]
    return int(major) * 1000 + int(_NO_DIGIT.sub("", minor) or 0)


@cache
def _load(minor: str) -> Fields:
    raw = json.loads(files("trimtab.catalogue").joinpath("argocd", f"{minor}.json").read_text(encoding="utf-8"))
    return Fields(version=raw["version"], kinds=raw["kinds"], shapes=tuple(raw["shapes"]))


def _is_of_type(shape: str, value: Any) -> bool:
    if shape == "text":
        return isinstance(value, str)
    if shape == "boolean":
        return isinstance(value, bool)
    if isinstance(value, bool):
        return False
    if shape == "integer or text":
        return isinstance(value, (int, str))
    if shape == "integer":
        return isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    return isinstance(value, (int, float))


def _compare_text(row: Mapping[str, Any], value: Any, path: Path) -> Iterator[Misfit]:
    if not isinstance(value, str):
        yield Misfit(wrong="type", path=path, value=value, wanted=("text",))
    elif "enum" in row and value not in row["enum"]:
        yield Misfit(wrong="choice", path=path, value=value, wanted=tuple(row["enum"]))
    elif "pattern" in row and not re.search(row["pattern"], value):
        yield Misfit(wrong="form", path=path, value=value, wanted=(row["pattern"],))
