"""The user's patches on what was built; a patch that fits nothing, or undoes what was derived, is a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from trimtab.findings.finding import Finding, Severity
from trimtab.findings.path import Path, get_value, render_path
from trimtab.findings.suggest import suggest
from trimtab.kube.json_patch import PatchRefusedError
from trimtab.kube.manifests import Built, object_identity, render_identity
from trimtab.kube.patching import is_target, patch_manifest
from trimtab.pipeline.state import ClusterState, State
from trimtab.settings.ways_out import Patch, Target


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
            findings.append(_without_target(cluster, name, patch.target, objects))
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
    undone = [at for at in one.reasons if not _is_kept(get_value(one.manifest, at), get_value(manifest, at))]
    return patched, [_overridden(cluster, name, at, one.reasons[at]) for at in undone]


def _is_kept(derived: object, patched: object) -> bool:
    """Tell whether a patch leaves a value: a key more in a mapping that we filled undoes nothing of ours."""
    if isinstance(derived, Mapping) and derived and isinstance(patched, Mapping):
        return all(key in patched and _is_kept(value, patched[key]) for key, value in derived.items())
    return derived == patched


def _without_target(cluster: ClusterState, name: str, target: Target, objects: dict[str, list[Built]]) -> Finding:
    message = f"the patch '{name}' has no target: no generated object is like this"
    at: Path = ("patches", name, "target")
    near = _suggest_target(target, objects)
    if near is not None:
        finding = _error(cluster, (*at, near[0]), "patch-without-target", message, f"did you mean '{near[1]}'?")
        return replace(finding, place=cluster.loaded.merged.place_of(finding.path)[0])
    advice = f"dist/{cluster.name}/apps/*/manifests/ holds what can be patched; what a chart renders takes 'values'"
    return _error(cluster, at, "patch-without-target", message, advice)


def _suggest_target(target: Target, objects: dict[str, list[Built]]) -> tuple[str, str] | None:
    """Find the one part of a target whose other spelling would fit an object, and that spelling."""
    for part in ("kind", "name", "namespace", "group"):
        wanted = getattr(target, part)
        rest = target.model_copy(update={part: None})
        there = {
            _part(one, part) for name, built in objects.items() for one in built if is_target(rest, name, one.manifest)
        }
        if wanted and (near := suggest(wanted, sorted(there))):
            return part, near
    return None


def _part(one: Built, part: str) -> str:
    group, kind, namespace, name = object_identity(one.manifest)
    return {"group": group, "kind": kind, "namespace": namespace, "name": name}[part] or ""


def _overridden(cluster: ClusterState, name: str, at: Path, reason: str) -> Finding:
    message = f"the patch '{name}' undoes a value that was derived: {render_path(at)}"
    finding = _error(cluster, ("patches", name), "derived-value-overridden", message, reason)
    place = cluster.loaded.merged.key_place_of(_written_at(cluster, ("patches", name, "merge"), at))
    return replace(finding, place=place, soft=True)


def _written_at(cluster: ClusterState, merge: Path, at: Path) -> Path:
    """Go down a merge patch as far as it speaks of the value."""
    said = [(*merge, *at[:length]) for length in range(len(at), -1, -1)]
    return next((path for path in said if cluster.loaded.merged.key_places(path)), merge[:2])


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
