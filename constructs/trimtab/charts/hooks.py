"""Helm's hooks in Argo CD's words, and those that are left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from trimtab.catalogue.argocd_names import (
    HELM_DELETE_POLICIES,
    HELM_DELETE_POLICY,
    HELM_HOOK,
    HELM_HOOKS,
    HELM_WEIGHT,
    HOOK,
    HOOK_DELETE_POLICY,
    SYNC_WAVE,
)
from trimtab.catalogue.harmful_hooks import find_harmful_hook
from trimtab.charts.rendering import Dropped, Manifest, identify

_HOOKS: Mapping[str, str] = {"crd-install": "PreSync", **HELM_HOOKS}
"""Source: argo-cd v3.5.1 gitops-engine/pkg/sync/hook/helm/type.go."""

_NOT_A_HOOK = "crd-install"
"""Alone it makes an ordinary object: a word of Helm 2 (argo-cd v3.5.1 gitops-engine/pkg/sync/hook/helm/hook.go)."""

_INTEGER = re.compile(r"[+-]?\d+\Z")


def is_hook(manifest: Manifest) -> bool:
    """Say whether Argo CD takes an object for a hook, after `translate_hook`."""
    return HOOK in _annotations(manifest)


def translate_hook(manifest: Manifest, chart: str) -> Manifest | Dropped:
    """Write a hook of Helm's as the hook that Argo CD would take it for; any other object comes back as it is.

    An object that has a hook of Argo CD's already keeps it, and Helm's are taken off: Argo CD looks at them no more
    (argo-cd v3.5.1 gitops-engine/pkg/sync/hook/hook.go).

    Returns:
        The object, or what was left out: a test, a hook that Argo CD has no twin of, one that does harm.
    """
    annotations = _annotations(manifest)
    written = annotations.get(HELM_HOOK)
    if written is None:
        return manifest
    hooks = _split(written)
    phases = list(dict.fromkeys(_HOOKS[hook] for hook in hooks if hook in _HOOKS))
    rest = {key: value for key, value in annotations.items() if key not in (HELM_HOOK, HELM_WEIGHT, HELM_DELETE_POLICY)}
    if HOOK in annotations or written == _NOT_A_HOOK:
        return _annotate(manifest, rest)
    if harmful := find_harmful_hook(chart, frozenset(hooks)):
        return Dropped(identity=identify(manifest), hook=written, why=f"it {harmful.why}", is_harmful=True)
    if not phases:
        return Dropped(identity=identify(manifest), hook=written, why=_why_no_twin(hooks))
    return _annotate(manifest, {**rest, HOOK: ",".join(phases), **_order(annotations), **_clean_up(annotations)})


def _why_no_twin(hooks: list[str]) -> str:
    if hooks and all(hook.startswith("test") for hook in hooks):
        return "it is a test of `helm test`, which Argo CD never runs"
    return "Argo CD has no such hook and would never apply it"


def _order(annotations: Mapping[str, str]) -> dict[str, str]:
    """Give the wave: its own where that is a number, else the weight (gitops-engine/pkg/sync/syncwaves/waves.go)."""
    if _INTEGER.match(annotations.get(SYNC_WAVE, "")):
        return {}
    weight = annotations.get(HELM_WEIGHT, "").strip()
    return {SYNC_WAVE: str(int(weight))} if _INTEGER.match(weight) and int(weight) else {}


def _clean_up(annotations: Mapping[str, str]) -> dict[str, str]:
    if HOOK_DELETE_POLICY in annotations:
        return {}
    policies = [
        HELM_DELETE_POLICIES[one]
        for one in _split(annotations.get(HELM_DELETE_POLICY, ""))
        if one in HELM_DELETE_POLICIES
    ]
    return {HOOK_DELETE_POLICY: ",".join(dict.fromkeys(policies))} if policies else {}


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _annotations(manifest: Manifest) -> dict[str, str]:
    metadata = manifest.get("metadata")
    found = metadata.get("annotations") if isinstance(metadata, dict) else None
    return {key: value for key, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}


def _annotate(manifest: Manifest, annotations: Mapping[str, str]) -> Manifest:
    metadata: dict[str, Any] = {key: value for key, value in manifest["metadata"].items() if key != "annotations"}
    if annotations:
        metadata["annotations"] = dict(annotations)
    return {**manifest, "metadata": metadata}
