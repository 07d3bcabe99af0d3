"""The user's patches on generated objects: merge patches (RFC 7386) and JSON patches (RFC 6902)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from trimtab.kube.manifests import Manifest
from trimtab.settings.ways_out import JsonPatchStep, Patch, Target


class PatchRefused(ValueError):
    """A patch that does not fit its object; the message says which step and why."""


def is_target(target: Target, application: str, manifest: Manifest) -> bool:
    """Say whether a patch is meant for an object."""
    group, slash, _ = str(manifest["apiVersion"]).partition("/")
    metadata = manifest["metadata"]
    pairs = (
        (target.application, application),
        (target.group, group if slash else ""),
        (target.kind, manifest["kind"]),
        (target.name, metadata["name"]),
        (target.namespace, metadata.get("namespace")),
    )
    return all(wanted is None or wanted == there for wanted, there in pairs)


def patch_manifest(manifest: Manifest, patch: Patch) -> dict[str, Any]:
    """Give an object with a patch applied.

    Raises:
        PatchRefused: A step names a place that is not there, or a test fails.
    """
    patched: Any = deepcopy(dict(manifest))
    if patch.merge is not None:
        patched = merge_patch(patched, patch.merge)
    for step in patch.json_ or ():
        patched = _apply(patched, step)
    if not isinstance(patched, dict):
        raise PatchRefused("it leaves no object")
    return patched


def merge_patch(value: Any, patch: Any) -> Any:
    """Apply a merge patch: maps merge, null removes, anything else replaces (RFC 7386, section 2)."""
    if not isinstance(patch, Mapping):
        return deepcopy(patch)
    merged = dict(value) if isinstance(value, Mapping) else {}
    for key, part in patch.items():
        if part is None:
            merged.pop(key, None)
        else:
            merged[key] = merge_patch(merged.get(key), part)
    return merged


def _apply(document: Any, step: JsonPatchStep) -> Any:
    path = _keys(step.path)
    if step.op == "test":
        if _get(document, path, step.path) != step.value:
            raise PatchRefused(f"the test at {step.path} fails")
        return document
    if step.op == "remove":
        return _remove(document, path, step.path)
    if step.op in ("copy", "move"):
        source = _keys(step.from_ or "")
        value = deepcopy(_get(document, source, step.from_ or ""))
        document = _remove(document, source, step.from_ or "") if step.op == "move" else document
        return _set(document, path, value, step.path, insert=True)
    if step.op == "replace":
        _get(document, path, step.path)
    return _set(document, path, deepcopy(step.value), step.path, insert=step.op == "add")


def _keys(pointer: str) -> list[str]:
    return [key.replace("~1", "/").replace("~0", "~") for key in pointer.split("/")[1:]]


def _get(value: Any, path: Sequence[str], pointer: str) -> Any:
    for key in path:
        value = _child(value, key, pointer)
    return value


def _child(value: Any, key: str, pointer: str) -> Any:
    if isinstance(value, dict) and key in value:
        return value[key]
    if isinstance(value, list) and key.isdigit() and int(key) < len(value):
        return value[int(key)]
    raise PatchRefused(f"there is nothing at {pointer}")


def _remove(document: Any, path: Sequence[str], pointer: str) -> Any:
    if not path:
        raise PatchRefused("it removes the whole object")
    parent = _get(document, path[:-1], pointer)
    _child(parent, path[-1], pointer)
    del parent[int(path[-1]) if isinstance(parent, list) else path[-1]]
    return document


def _set(document: Any, path: Sequence[str], value: Any, pointer: str, *, insert: bool) -> Any:
    if not path:
        return value
    parent = _get(document, path[:-1], pointer)
    key = path[-1]
    if isinstance(parent, dict):
        parent[key] = value
    elif isinstance(parent, list):
        _set_item(parent, key, value, pointer, insert=insert)
    else:
        raise PatchRefused(f"nothing can be set at {pointer}")
    return document


def _set_item(parent: list[Any], key: str, value: Any, pointer: str, *, insert: bool) -> None:
    at = len(parent) if key == "-" else int(key) if key.isdigit() else -1
    if not 0 <= at <= len(parent) - (0 if insert else 1):
        raise PatchRefused(f"there is no place {key} in the list at {pointer}")
    parent[at : at if insert else at + 1] = [value]
