"""Finished files against those of the base revision: fields that must not change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from trimtab.documents.reader import parse_yaml
from trimtab.findings.finding import Finding
from trimtab.findings.path import Path
from trimtab.kube.manifests import Built, object_identity, render_identity
from trimtab.kube.release import ChartRelease, is_rendered
from trimtab.pipeline.delivering import is_chart_hook
from trimtab.pipeline.fields import find_field
from trimtab.pipeline.origins import find_path
from trimtab.pipeline.state import ClusterState, State
from trimtab.plan.application import OWN, Application
from trimtab.rules.codes import CODES
from trimtab.rules.upgrades.field import UNSAFE
from trimtab.rules.upgrades.objects import Change, iter_changes, iter_value_changes
from trimtab.tree.file import content_digest
from trimtab.tree.index import index_digests
from trimtab.tree.names import object_file_name
from trimtab.tree.paths import hooks_path, manifests_path, path_in_cluster, rendered_path, values_path
from trimtab.tree.revision import read_revision


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A thing that has changed: where it was in the base, and what it is now."""

    before: str
    """The path of its file in the base, relative to the output folder."""
    application: str
    built: Built | None = None
    release: ChartRelease | None = None


def compare_clusters(state: State) -> State:
    """Compare what every cluster's objects and values are with what they were.

    Digests are compared first; only files that have changed are read from Git, those of all clusters at once.
    """
    revision = state.options.base
    if revision is None:
        return state
    pairs = {cluster.name: tuple(_iter_changed(cluster)) for cluster in state.clusters if cluster.base}
    wanted = [pair.before for changed in pairs.values() for pair in changed]
    texts = read_revision(revision, wanted) if wanted else {}
    findings = (
        finding
        for cluster in state.clusters
        for pair in pairs.get(cluster.name, ())
        for finding in _compare(cluster, pair, texts.get(pair.before))
    )
    moved = (finding for cluster in state.clusters for finding in _find_moved(cluster))
    return state.found(*moved, *findings)


def _find_moved(cluster: ClusterState) -> Iterator[Finding]:
    """Find applications that are made anew under other names, and leave their data where it was."""
    plan = cluster.require_plan()
    had = {entry.name: entry for entry in cluster.base.index.applications} if cluster.base else {}
    for application in plan.applications:
        old, source = had.get(application.name), plan.sources.get(application.name)
        if old is None or application.component == OWN or not (application.holds_data or application.claims):
            continue
        release = source.release_name if isinstance(source, ChartRelease) else None
        if old.namespace != application.namespace:
            yield _moved(cluster, application, "namespace", old.namespace, application.namespace)
        if old.release_name and release and old.release_name != release:
            yield _moved(cluster, application, "releaseName", old.release_name, release)


def _moved(cluster: ClusterState, application: Application, setting: str, old: str, new: str) -> Finding:
    what = "in the namespace" if setting == "namespace" else "the release"
    message = (
        f"the application '{application.name}' was {what} {old} and is now {what} {new}: it begins anew, and what it"
        " held stays behind or goes"
    )
    advice = f"keep `{setting}: {old}`; allow this once its data is copied, or not wanted"
    change = Change(code=UNSAFE, path=(setting,), message=message, help=advice)
    return _finding(cluster, change, message, (*application.path, *change.path))


def _iter_changed(cluster: ClusterState) -> Iterator[_Pair]:
    plan, base = cluster.require_plan(), cluster.base
    old = index_digests(base.index) if base else {}
    new = {file.path: content_digest(file.content) for file in cluster.files}
    gone = {path.rpartition("/")[2]: path for path in old if f"{cluster.name}/{path}" not in new and _is_object(path)}
    for name, objects in cluster.objects.items():
        for built in objects:
            path = f"{_folder(cluster, name, built)}/{object_file_name(built.manifest)}"
            before = path_in_cluster(path)
            if before not in old:
                before = gone.get(path.rpartition("/")[2], "")  # it may have moved between applications
            if before and old[before] != new.get(path):
                yield _Pair(before=f"{cluster.name}/{before}", application=name, built=built)
    for name, source in plan.sources.items():
        path = values_path(cluster.name, name)
        digest = old.get(path_in_cluster(path))
        if isinstance(source, ChartRelease) and digest and digest != new.get(path):
            yield _Pair(before=path, application=name, release=source)


def _is_object(path: str) -> bool:
    return path.startswith("apps/") and ("/manifests/" in path or "/rendered/" in path)


def _folder(cluster: ClusterState, application: str, built: Built) -> str:
    if not is_rendered(cluster.require_plan().sources.get(application)):
        return manifests_path(cluster.name, application)
    return (hooks_path if is_chart_hook(built) else rendered_path)(cluster.name, application)


def _compare(cluster: ClusterState, pair: _Pair, content: bytes | None) -> Iterator[Finding]:
    old = _read(pair.before, content)
    if old is None:
        return
    if pair.built is not None:
        name = render_identity(object_identity(pair.built.manifest))
        path = find_path(pair.built.origin)
        for change in iter_changes(old, pair.built.manifest):
            found = _finding(cluster, change, f"{name}: {change.message}", path)
            yield replace(found, place=find_field(cluster, pair.built, change.path))
    elif pair.release is not None:
        path = cluster.require_plan().application(pair.application).values_path
        for change in iter_value_changes(pair.release.pin.chart, old, pair.release.values):
            message = f"the values of {pair.application}: {change.message}"
            yield _finding(cluster, change, message, (*path, *change.path))


def _read(file: str, content: bytes | None) -> Mapping[str, Any] | None:
    """Read a file of the base: our own writing, so that what cannot be read is not ours and is passed over."""
    documents = parse_yaml(content, file=file).documents if content is not None else ()
    value = documents[0].value if documents else None
    return value if isinstance(value, Mapping) else None


def _finding(cluster: ClusterState, change: Change, message: str, path: Path) -> Finding:
    code = CODES[change.code]
    return Finding(
        code=change.code,
        severity=code.severity,
        soft=code.soft,
        message=message,
        help=change.help,
        path=path,
        place=cluster.loaded.merged.key_place_of(path),
        cluster=cluster.name,
    )
