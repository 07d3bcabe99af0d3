"""The steps of a JSON patch (RFC 6902) on plain values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from trimtab.settings.ways_out import JsonPatchStep

_INDEX = re.compile(r"(0|[1-9][0-9]*)\Z")
"""A list position as JSON pointers write it: no sign, no leading zero (RFC 6901, section 4)."""

_BAD_ESCAPE = re.compile(r"~(?![01])")


class PatchRefusedError(ValueError):
    """A patch that does not fit its object; the message says what is in the way."""


def apply_step(document: Any, step: JsonPatchStep) -> Any:
    """Apply one step.

    Args:
        document: The value; changed in place where that can be.
        step: The step.

    Returns:
        The changed value, which is another one where the step replaces the whole.

    Raises:
        PatchRefusedError: It names a place that is not there, its test fails, or it lacks a part.
    """
    path = _keys(step.path)
    if step.op == "remove":
        return _remove(document, path, step.path)
    if step.op in ("copy", "move"):
        return _transfer(document, path, step)
    if "value" not in step.model_fields_set:
        raise PatchRefusedError(f"the step '{step.op}' at {step.path} has no value")
    if step.op == "add":
        return _insert(document, path, deepcopy(step.value), step.path)
    found = _get(document, path, step.path)
    if step.op == "replace":
        return _replace(document, path, deepcopy(step.value))
    if not _is_equal(found, step.value):
        raise PatchRefusedError(f"the test at {step.path} fails")
    return document


def _keys(pointer: str) -> list[str]:
    if _BAD_ESCAPE.search(pointer):
        raise PatchRefusedError(f"{pointer} is no JSON pointer: '~' is written '~0'")
    return [key.replace("~1", "/").replace("~0", "~") for key in pointer.split("/")[1:]]


def _transfer(document: Any, path: list[str], step: JsonPatchStep) -> Any:
    if step.from_ is None:
        raise PatchRefusedError(f"the step '{step.op}' to {step.path} has no 'from'")
    source = _keys(step.from_)
    value = deepcopy(_get(document, source, step.from_))
    if step.op == "move":
        if source != path and path[: len(source)] == source:
            raise PatchRefusedError(f"{step.from_} cannot move into itself")
        document = _remove(document, source, step.from_) if source else document
    return _insert(document, path, value, step.path)


def _get(value: Any, path: Sequence[str], pointer: str) -> Any:
    for key in path:
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and _INDEX.match(key) and int(key) < len(value):
            value = value[int(key)]
        else:
            raise PatchRefusedError(f"there is nothing at {pointer}")
    return value


def _remove(document: Any, path: Sequence[str], pointer: str) -> Any:
    if not path:
        raise PatchRefusedError("it removes the whole object")
    _get(document, path, pointer)
    parent = _get(document, path[:-1], pointer)
    del parent[int(path[-1]) if isinstance(parent, list) else path[-1]]
    return document


def _replace(document: Any, path: Sequence[str], value: Any) -> Any:
    """Put a value in the place of one that is there."""
    if not path:
        return value
    parent = _get(document, path[:-1], "")
    parent[int(path[-1]) if isinstance(parent, list) else path[-1]] = value
    return document


def _insert(document: Any, path: Sequence[str], value: Any, pointer: str) -> Any:
    if not path:
        return value
    parent, key = _get(document, path[:-1], pointer), path[-1]
    if isinstance(parent, dict):
        parent[key] = value
    elif isinstance(parent, list):
        parent.insert(_position(parent, key, pointer), value)
    else:
        raise PatchRefusedError(f"nothing can be set at {pointer}")
    return document


def _position(parent: list[Any], key: str, pointer: str) -> int:
    at = len(parent) if key == "-" else int(key) if _INDEX.match(key) else -1
    if not 0 <= at <= len(parent):
        raise PatchRefusedError(f"there is no place '{key}' in the list at {pointer}")
    return at


def _is_equal(one: Any, other: Any) -> bool:
    """Compare as JSON does: true is not 1, and 1.0 is 1 (RFC 6902, section 4.6)."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_is_equal(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_is_equal, one, other))
    return bool(one == other)
