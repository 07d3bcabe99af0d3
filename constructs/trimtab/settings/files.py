"""Loads clusters: finds their files, lays them over each other, and says what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from trimtab.documents.document import Document
from trimtab.doors.errors import OutsideError
from trimtab.findings.finding import Finding, Place, Severity
from trimtab.findings.path import render_path
from trimtab.findings.suggest import suggest
from trimtab.settings.folders import (
    CLUSTERS,
    MANIFESTS,
    PLATFORM_FILE,
    PROFILES,
    Platform,
    find_platform,
    list_manifests,
)
from trimtab.settings.layers import Layer, Merged, merge_layers
from trimtab.settings.sources import Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestFile:
    """A file of extra manifests, as a user put it below `apps/manifests`."""

    file: str
    application: str
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedCluster:
    """One cluster's settings, merged and not yet checked."""

    name: str
    file: str
    merged: Merged
    manifests: tuple[ManifestFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """All that was asked for; a cluster with a file that cannot be used is left out, and `findings` says why."""

    clusters: tuple[LoadedCluster, ...]
    findings: tuple[Finding, ...]
    sources: Mapping[str, str]
    """The text of every file that was read."""
    known: tuple[str, ...] = ()
    """The names of all clusters there are, asked for or not."""


def load(root: Path, clusters: Sequence[str] | None = None) -> Loaded:
    """Load the settings of clusters.

    Args:
        root: The top of the repository.
        clusters: Their names; all there are where nothing is given.
    """
    sources = Sources(root)
    try:
        platform = find_platform(root)
    except OutsideError as error:
        return Loaded(clusters=(), findings=(_error("unreadable-file", error.message, error.help),), sources={})
    names, problems = _choose(platform, clusters)
    loaded = [_load_cluster(platform, name, sources, problems) for name in names]
    problems.extend(_warn_misnamed(file) for file in platform.misnamed)
    problems.extend(_warn_stray(path, platform) for path in platform.strays)
    return Loaded(
        clusters=tuple(cluster for cluster in loaded if cluster is not None),
        findings=(*sources.findings, *dict.fromkeys(problems)),
        sources=sources.texts,
        known=tuple(platform.clusters),
    )


def _choose(platform: Platform, asked: Sequence[str] | None) -> tuple[list[str], list[Finding]]:
    if not platform.found:
        return [], [_no_apps(platform.root)]
    if not platform.clusters:
        message = f"there is no cluster: '{CLUSTERS}' holds no .yaml file"
        return [], [_error("missing-file", message, f"write {CLUSTERS}/<name>.yaml")]
    if asked is None:
        return list(platform.clusters), []
    unknown = [name for name in asked if name not in platform.clusters]
    findings = [_missing("cluster", name, CLUSTERS, platform.clusters, None) for name in unknown]
    return [name for name in dict.fromkeys(asked) if name in platform.clusters], findings


def _load_cluster(platform: Platform, name: str, sources: Sources, problems: list[Finding]) -> LoadedCluster | None:
    file = platform.clusters[name]
    own = sources.read_layer(file)
    base = sources.read_layer(PLATFORM_FILE) if platform.has_platform_file else None
    profiles = _read_profiles(platform, [layer for layer in (own, base) if layer], sources, problems)
    manifests = _load_manifests(platform.root, name, sources, problems)
    if own is None or profiles is None or (base is None and platform.has_platform_file):
        return None
    problems.extend(_check_cluster_name(own, name))
    problems.extend(_check_misplaced(own, base, profiles))
    merged = merge_layers([*([base] if base else ()), *profiles, own])
    problems.extend(_warn_useless(merged, sources.findings))
    return LoadedCluster(name=name, file=file, merged=merged, manifests=manifests)


def _read_profiles(
    platform: Platform, namers: Sequence[Layer], sources: Sources, problems: list[Finding]
) -> list[Layer] | None:
    """Read the profiles in the order of the list; the cluster's list replaces the platform's, as lists do."""
    namer = next((layer for layer in namers if _profile_names(layer) is not None), None)
    names = _profile_names(namer) if namer else None
    if namer is None or not names:
        return []
    layers: list[Layer | None] = []
    for index, name in enumerate(names):
        if isinstance(name, str) and name in platform.profiles:
            layers.append(sources.read_layer(platform.profiles[name]))
        elif isinstance(name, str):
            place = namer.place(("profiles", index))
            problems.append(_missing("profile", name, PROFILES, platform.profiles, place))
            layers.append(None)
    usable = [layer for layer in layers if layer is not None]
    return usable if len(usable) == len(layers) else None


def _profile_names(layer: Layer) -> list[object] | None:
    value = layer.document.value
    names = value.get("profiles") if isinstance(value, dict) else None
    return list(names) if isinstance(names, list) else None


def _load_manifests(root: Path, cluster: str, sources: Sources, problems: list[Finding]) -> tuple[ManifestFile, ...]:
    try:
        found = list_manifests(root, cluster)
    except OutsideError as error:
        problems.append(_error("unreadable-file", error.message, error.help))
        return ()
    problems.extend(_warn_misnamed(file) for _, file in found if file.endswith(".yml"))
    files = [(application, file) for application, file in found if file.endswith(".yaml")]
    problems.extend(_warn_homeless(file) for application, file in files if not application)
    return tuple(
        ManifestFile(file=file, application=application, documents=sources.read_documents(file))
        for application, file in files
        if application
    )


def _check_cluster_name(layer: Layer, name: str) -> Iterable[Finding]:
    value = layer.document.value
    said = value.get("cluster") if isinstance(value, dict) else None
    if isinstance(said, str) and said != name:
        yield _error(
            "file-name-mismatch",
            f"the file is named for cluster '{name}', and says it is '{said}'",
            f"write 'cluster: {name}', or rename the file to {said}.yaml",
            layer.place(("cluster",)),
        )


def _check_misplaced(own: Layer, base: Layer | None, profiles: Sequence[Layer]) -> Iterable[Finding]:
    for layer, keys in [*((profile, ("cluster", "profiles")) for profile in profiles), (base, ("cluster",))]:
        for key in keys:
            if layer is not None and (place := layer.key_place((key,))) is not None:
                message = f"'{key}' has no meaning in {layer.file}"
                yield _error("misplaced-setting", message, f"move it to {own.file}", place)


def _warn_useless(merged: Merged, refused: Iterable[Finding]) -> Iterable[Finding]:
    # what could not be read, such as an alias of nothing, is null too
    unread = {(one.place.file, one.place.line) for one in refused if one.place}
    for path, place in merged.useless_nulls:
        if (place.file, place.line) in unread:
            continue
        yield Finding(
            code="null-removes-nothing",
            severity=Severity.WARNING,
            message=f"'{render_path(path)}' is null, which removes it, and no layer below sets it",
            help=f"write '{path[-1]}: {{}}' for an empty mapping, or remove the line",
            path=path,
            place=place,
        )


def _no_apps(root: Path) -> Finding:
    where = "here" if root == Path() else f"in {root}"
    advice = "run this at the top of the repository, or name it with -C; `trimtab init` makes a new one"
    return _error("missing-file", f"there is no folder 'apps' {where}", advice)


def _missing(what: str, name: str, folder: str, known: Iterable[str], place: Place | None) -> Finding:
    names = sorted(known)
    near = suggest(name, names)
    listed = f"there are: {', '.join(names)}" if names else f"write {folder}/{name}.yaml"
    help_text = f"did you mean '{near}'?" if near else listed
    return _error("missing-file", f"there is no {what} '{name}': {folder}/{name}.yaml does not exist", help_text, place)


def _warn_misnamed(file: str) -> Finding:
    return Finding(
        code="misnamed-file",
        severity=Severity.WARNING,
        message=f"{file} is not read, because its name ends in .yml",
        help=f"rename it to {file.removesuffix('.yml')}.yaml",
        place=Place(file=file, line=1, column=1, end_line=1, end_column=1),
    )


def _warn_stray(path: str, platform: Platform) -> Finding:
    name = path.rpartition("/")[2]
    near = suggest(name, sorted(platform.clusters))
    advice = f"did you mean '{near}'?" if near else f"move it to {MANIFESTS}/<cluster>/<application>/"
    is_file = path.endswith((".yaml", ".yml"))
    return _warn_unread(path, "it lies in no cluster's folder" if is_file else "that is no cluster's name", advice)


def _warn_homeless(file: str) -> Finding:
    why = "it lies in no application's folder"
    return _warn_unread(file, why, "move it to a folder named for the application that shall own it")


def _warn_unread(file: str, why: str, advice: str) -> Finding:
    return Finding(
        code="manifest-without-application",
        severity=Severity.WARNING,
        message=f"{file} is not read, because {why}",
        help=advice,
        place=Place(file=file, line=1, column=1, end_line=1, end_column=1),
    )


def _error(code: str, message: str, help_text: str | None, place: Place | None = None) -> Finding:
    return Finding(code=code, severity=Severity.ERROR, message=message, help=help_text, place=place)
