"""The user's patches on what was built; a patch that fits nothing, or undoes what was derived, is a finding."""

from __future__ import annotations

from dataclasses import replace

from trimtab.findings.finding import Finding, Severity
from trimtab.findings.path import Path
from trimtab.kube.manifests import Built
from trimtab.kube.patching import PatchRefused, is_target, patch_manifest
from trimtab.pipeline.state import ClusterState, State
from trimtab.settings.ways_out import Patch


def patch_clusters(state: State) -> State:
    """Apply the user's patches to every generated object they name."""
    clusters = []
    for cluster in state.clusters:
        patched, findings = _patch(cluster)
        clusters.append(patched)
        state = state.found(*findings)
    return replace(state, clusters=tuple(clusters))


def _patch(cluster: ClusterState) -> tuple[ClusterState, list[Finding]]:
    objects = {name: list(built) for name, built in cluster.objects.items()}
    findings: list[Finding] = []
    patches = cluster.settings.patches if cluster.settings else {}
    for name, patch in sorted(patches.items()):
        matched = False
        for application, built in objects.items():
            for position, one in enumerate(built):
                if is_target(patch.target, application, one.manifest):
                    matched = True
                    built[position], problems = _patch_one(cluster, name, patch, one)
                    findings += problems
        if not matched:
            path = ("patches", name, "target")
            message = f"the patch '{name}' has no target: no generated object is like this"
            findings.append(_error(cluster, path, "patch-without-target", message, "see dist/ for what there is"))
    return replace(cluster, objects={name: tuple(built) for name, built in objects.items()}), findings


def _patch_one(cluster: ClusterState, name: str, patch: Patch, one: Built) -> tuple[Built, list[Finding]]:
    path: Path = ("patches", name)
    try:
        manifest = patch_manifest(one.manifest, patch)
    except PatchRefused as refused:
        what = f"{one.manifest['kind']} {one.manifest['metadata']['name']}"
        return one, [_error(cluster, path, "patch-refused", f"the patch '{name}' does not fit {what}: {refused}")]
    patched = replace(one, manifest=manifest, origin=(*one.origin, f"patches.{name}"))
    undone = [reason for at, reason in one.reasons.items() if _get(manifest, at) != _get(one.manifest, at)]
    return patched, [
        replace(
            _error(cluster, path, "derived-value-overridden", f"the patch '{name}' undoes a derived value: {reason}"),
            soft=True,
        )
        for reason in undone
    ]


def _get(value: object, path: Path) -> object:
    for key in path:
        try:
            value = value[key]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _error(cluster: ClusterState, path: Path, code: str, message: str, advice: str | None = None) -> Finding:
    place = cluster.loaded.merged.place_of(path)[0]
    return Finding(
        code=code,
        severity=Severity.ERROR,
        message=message,
        help=advice,
        path=path,
        place=place,
        cluster=cluster.name,
    )
