"""The user's patches on what was built; a patch that fits nothing, or undoes what was derived, is a finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trimtab.findings.finding import Finding, Severity
from trimtab.findings.path import Path
from trimtab.kube.json_patch import PatchRefusedError
from trimtab.kube.manifests import Built, object_identity, render_identity
from trimtab.kube.patching import is_target, patch_manifest
from trimtab.pipeline.state import ClusterState, State
from trimtab.settings.ways_out import Patch


def patch_clusters(state: State) -> State:
    """Apply the user's patches, in the order of their names, to every generated object they name."""
    clusters = []
    for cluster in state.clusters:
        patched, findings = _patch(cluster)
        clusters.append(patched)
        state = state.found(*findings)
    return replace(state, clusters=tuple(clusters))


def _patch(cluster: ClusterState) -> tuple[ClusterState, list[Finding]]:
    objects = {name: list(built) for name, built in cluster.objects.items()}
    findings: list[Finding] = []
    for name, patch in sorted(cluster.settings.patches.items() if cluster.settings else ()):
        targets = list(_iter_targets(objects, patch))
        for application, position in targets:
            patched, problems = _patch_one(cluster, name, patch, objects[application][position])
            objects[application][position] = patched
            findings += problems
        if not targets:
            findings.append(_without_target(cluster, name))
    return replace(cluster, objects={name: tuple(built) for name, built in objects.items()}), findings


def _iter_targets(objects: dict[str, list[Built]], patch: Patch) -> Iterator[tuple[str, int]]:
    for application, built in objects.items():
        for position, one in enumerate(built):
            if is_target(patch.target, application, one.manifest):
                yield application, position


def _patch_one(cluster: ClusterState, name: str, patch: Patch, one: Built) -> tuple[Built, list[Finding]]:
    try:
        manifest = patch_manifest(one.manifest, patch)
    except PatchRefusedError as refused:
        what = render_identity(object_identity(one.manifest))
        message = f"the patch '{name}' does not fit {what}: {refused}"
        return one, [_error(cluster, ("patches", name), "patch-refused", message)]
    patched = replace(one, manifest=manifest, origin=(*one.origin, f"patches.{name}"))
    undone = [reason for at, reason in one.reasons.items() if _get(manifest, at) != _get(one.manifest, at)]
    return patched, [_overridden(cluster, name, reason) for reason in undone]


def _get(value: object, path: Path) -> object:
    for key in path:
        try:
            value = value[key]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _without_target(cluster: ClusterState, name: str) -> Finding:
    message = f"the patch '{name}' has no target: no generated object is like this"
    advice = f"dist/{cluster.name}/apps/*/manifests/ holds what can be patched; what a chart renders takes 'values'"
    return _error(cluster, ("patches", name, "target"), "patch-without-target", message, advice)


def _overridden(cluster: ClusterState, name: str, reason: str) -> Finding:
    message = f"the patch '{name}' undoes a derived value: {reason}"
    advice = "leave it out, or allow it with a reason"
    return replace(
        _error(cluster, ("patches", name), "derived-value-overridden", message, advice),
        soft=True,
    )


def _error(cluster: ClusterState, path: Path, code: str, message: str, advice: str | None = None) -> Finding:
    return Finding(
        code=code,
        severity=Severity.ERROR,
        message=message,
        help=advice,
        path=path,
        place=cluster.loaded.merged.key_place_of(path),
        cluster=cluster.name,
    )
