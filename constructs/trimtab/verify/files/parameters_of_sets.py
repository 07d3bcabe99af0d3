"""Parameters that the generators of an ApplicationSet give, as far as the tree alone says them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

from trimtab.documents.values import parse_values
from trimtab.verify.argocd.globs import is_match
from trimtab.verify.files.charts import merge_values
from trimtab.verify.files.folders import folder_of, iter_above
from trimtab.verify.files.templates import fill_in
from trimtab.verify.reading import fields_of, iter_fields, list_of, text_of, texts_of

Parameters = Mapping[str, Any]

_MOST = 500
"""Applications of one set."""
_NOTHING: Sequence[Parameters] = ({},)
"""One Application of which nothing is known but its template."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What generators look at."""

    files: Mapping[str, bytes]
    folders: frozenset[str]
    prefix: str
    """Where the tree lies in its repository, with `/` at its end."""


def make_ground(files: Mapping[str, bytes], prefix: str) -> Ground:
    """Make what generators look at, of a tree's files."""
    return Ground(
        files=files, folders=frozenset(above for file in files for above in iter_above(folder_of(file))), prefix=prefix
    )


def list_parameters(generators: Sequence[Any], ground: Ground, *, uses_go: bool) -> list[Parameters]:
    """Give the parameters of each Application; one set without any stands for those that nobody can tell.

    Source: argo-cd v3.5.1 applicationset/generators.

    Args:
        generators: The field `generators`.
        ground: What they look at.
        uses_go: Whether the template is one of Go's, so that parameters nest.
    """
    found = (one for generator in generators for one in _iter_of(generator, ground, {}, uses_go=uses_go))
    return list(islice(found, _MOST))


def _iter_of(generator: Any, ground: Ground, given: Parameters, *, uses_go: bool) -> Iterator[Parameters]:
    generator = fill_in(generator, given, uses_go=uses_go) if given else generator
    if elements := list_of(generator, "list", "elements"):
        yield from (one if uses_go else _flatten(one) for one in elements if isinstance(one, Mapping))
    elif git := fields_of(generator, "git"):
        values = fields_of(git, "values")
        for one in _of_git(git, ground, uses_go=uses_go):
            yield {**one, **_values(fill_in(values, one, uses_go=uses_go), uses_go=uses_go)}
    elif matrix := list_of(generator, "matrix", "generators"):
        for one in _iter_of(matrix[0], ground, given, uses_go=uses_go):
            for other in _iter_of(matrix[1], ground, one, uses_go=uses_go) if len(matrix) > 1 else ():
                yield {**one, **other}
    elif merged := list_of(generator, "merge", "generators"):
        keys = texts_of(fields_of(generator, "merge"), "mergeKeys")
        several = [list(_iter_of(one, ground, given, uses_go=uses_go)) for one in merged]
        yield from _merge(several, keys, uses_go=uses_go)
    else:
        values = fields_of(generator, "clusters", "values")
        yield _values(values, uses_go=uses_go)


def _merge(several: Sequence[Sequence[Parameters]], keys: Sequence[str], *, uses_go: bool) -> Iterator[Parameters]:
    """Lay what later generators give over what the first one does, where some keys have the same values.

    What may be laid over and is not known, as of clusters that only Argo CD knows, leaves nothing of those names.

    Source: argo-cd v3.5.1 applicationset/generators/merge.go.
    """
    over: dict[str | None, Parameters] = {}
    for one in (one for later in several[1:] for one in later):
        key = _key_of(one, keys)
        over[key] = _lay(over.get(key, {}), one, uses_go=uses_go)
    unknown, every = frozenset(over.pop(None, ())), frozenset(name for other in over.values() for name in other)
    for one in several[0]:
        key = _key_of(one, keys)
        hidden = unknown | every if key is None else unknown
        known = {name: value for name, value in one.items() if name not in hidden}
        yield _lay(known, over.get(key, {}), uses_go=uses_go)


def _lay(lower: Parameters, upper: Parameters, *, uses_go: bool) -> Parameters:
    return merge_values(lower, upper) if uses_go else {**lower, **upper}


def _key_of(parameters: Parameters, keys: Sequence[str]) -> str | None:
    """Give what parameters are told apart by; nothing where one of the keys is not known."""
    found = [parameters.get(key) for key in keys]
    return None if None in found else repr(found)


def _values(values: Mapping[str, Any], *, uses_go: bool) -> Parameters:
    if uses_go:
        return {"values": values} if values else {}
    return {f"values.{key}": value for key, value in values.items()}


def _of_git(git: Mapping[str, Any], ground: Ground, *, uses_go: bool) -> Sequence[Parameters]:
    if directories := list(iter_fields(git, "directories")):
        wanted = [text_of(one, "path") for _, one in directories if one.get("exclude") is not True]
        unwanted = [text_of(one, "path") for _, one in directories if one.get("exclude") is True]
        found = [
            _path(folder, uses_go=uses_go)
            for folder in sorted(ground.prefix + one for one in ground.folders if one)
            if any(_fits(folder, one) for one in wanted) and not any(_fits(folder, one) for one in unwanted)
        ]
        return found or _NOTHING
    files = [text_of(one, "path") for _, one in iter_fields(git, "files")]
    found = [
        one
        for file in ground.files
        if any(is_match(pattern, ground.prefix + file, "/") for pattern in files)
        for one in _of_file(file, ground, uses_go=uses_go)
    ]
    return found or _NOTHING


def _fits(folder: str, pattern: str) -> bool:
    """Match a folder as Go's path.Match does: a star stops at a slash."""
    parts, wanted = folder.split("/"), pattern.strip("/").removeprefix("./").split("/")
    return len(parts) == len(wanted) and PurePosixPath(folder).match("/".join(wanted))


def _of_file(file: str, ground: Ground, *, uses_go: bool) -> Iterator[Parameters]:
    where = _path(ground.prefix + folder_of(file), uses_go=uses_go, filename=file.rpartition("/")[2])
    for value in parse_values(ground.files[file], file=file).values:
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Mapping):
                yield {**(one if uses_go else _flatten(one)), **where}


def _flatten(value: Mapping[str, Any], begin: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, inner in value.items():
        if isinstance(inner, Mapping):
            found |= _flatten(inner, f"{begin}{key}.")
        else:
            found[f"{begin}{key}"] = inner
    return found


def _path(folder: str, *, uses_go: bool, filename: str = "") -> Parameters:
    parts = folder.split("/")
    name = {"filename": filename} if filename else {}
    if uses_go:
        return {"path": {"path": folder, "basename": parts[-1], "segments": parts, **name}}
    flat = {"path": folder, "path.basename": parts[-1], **{f"path[{at}]": part for at, part in enumerate(parts)}}
    return {**flat, **{f"path.{key}": value for key, value in name.items()}}
