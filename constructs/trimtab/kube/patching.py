"""The user's patches on generated objects: merge patches (RFC 7386) and JSON patches (RFC 6902)."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from trimtab.findings.path import get_value
from trimtab.kube.json_patch import PatchRefusedError, apply_step
from trimtab.kube.manifests import Manifest, split_api_version
from trimtab.settings.ways_out import Patch, Target

_IDENTITY: tuple[tuple[str, ...], ...] = (("apiVersion",), ("kind",), ("metadata", "name"))


def is_target(target: Target, application: str, manifest: Manifest) -> bool:
    """Say whether a patch is meant for an object."""
    metadata = manifest["metadata"]
    pairs = (
        (target.application, application),
        (target.group, split_api_version(manifest["apiVersion"])[0]),
        (target.kind, manifest["kind"]),
        (target.name, metadata["name"]),
        (target.namespace, metadata.get("namespace")),
    )
    return all(wanted is None or wanted == there for wanted, there in pairs)


def patch_manifest(manifest: Manifest, patch: Patch) -> dict[str, Any]:
    """Give an object with a patch applied; the object itself stays as it is.

    Raises:
        PatchRefusedError: A step names a place that is not there, a test fails, or what is left is no object.
    """
    patched: Any = deepcopy(dict(manifest))
    if patch.merge is not None:
        patched = merge_patch(patched, patch.merge)
    for step in patch.json_ or ():
        patched = apply_step(patched, step)
    return _check_object(patched)


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


def _check_object(patched: Any) -> dict[str, Any]:
    for path in _IDENTITY:
        found = get_value(patched, path)
        if not isinstance(found, str) or not found:
            raise PatchRefusedError(f"it leaves no {'.'.join(path)}, and without that there is no object")
    return dict(patched)
