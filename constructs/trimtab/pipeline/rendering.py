"""What each application's chart renders: its objects as Argo CD would get them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path as File

from trimtab.catalogue.chart_facts import CustomKind
from trimtab.charts.capabilities import served_api_versions, tell_api_versions
from trimtab.charts.definition import parse_definition
from trimtab.charts.errors import ChartError
from trimtab.charts.folders import CACHE_NAME, ArchiveFolders
from trimtab.charts.helm_version import check_helm
from trimtab.charts.lockfile import LOCK_FILE, Lock
from trimtab.charts.reference import ChartKey
from trimtab.charts.render import render_releases
from trimtab.charts.render_cache import RenderCache, open_render_cache
from trimtab.charts.rendering import NotRendered, Rendered, RenderRequest
from trimtab.components.assemble import Plan
from trimtab.doors.cache import open_cache
from trimtab.doors.helm import Helm, HelmRunner, read_helm, run_helm
from trimtab.findings.finding import Finding, Severity
from trimtab.findings.path import Path
from trimtab.kube.release import ChartRelease
from trimtab.pipeline.locking import load_lock
from trimtab.pipeline.state import ClusterState

_LOCK = "run `trimtab lock`, and commit charts.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Renderer:
    """What charts are rendered with: archives, helm, and where renders are kept."""

    lock: Lock
    """Empty where the repository has none."""
    folders: ArchiveFolders
    helm: Helm | None
    cache: RenderCache | None
    run: HelmRunner = run_helm


def open_renderer(root: File, environment: Mapping[str, str]) -> Renderer:
    """Look for all that is needed to render charts; nothing here goes to the network.

    Args:
        root: The top of the repository, where `charts.lock` lies.
        environment: Says where helm and the user's caches are.

    Raises:
        ChartError: `chart-lock-unreadable`.
        OutsideError: The disk refuses, or helm cannot be run.
    """
    return Renderer(
        lock=load_lock(root) or Lock(),
        folders=ArchiveFolders(root=root, cache=open_cache(environment, CACHE_NAME)),
        helm=read_helm(environment),
        cache=open_render_cache(environment),
    )


def render_cluster(
    cluster: ClusterState, renderer: Renderer, names: Collection[str] | None = None
) -> Mapping[str, Rendered | NotRendered]:
    """Render charts of a cluster as its Argo CD would, whoever delivers them.

    Args:
        cluster: A cluster with a plan. Definitions among its objects count as served, where it has any yet.
        renderer: What to render with.
        names: The applications; all that have a chart where nothing is said.

    Returns:
        Application to what its chart renders, or to why it does not: no helm, no archive, or helm refuses. All
        findings have their cluster and place.

    Raises:
        OutsideError: helm cannot be run, or an archive cannot be read.
    """
    releases = {
        name: source
        for name, source in cluster.require_plan().sources.items()
        if isinstance(source, ChartRelease) and (names is None or name in names)
    }
    if not releases:
        return {}
    wrong = check_helm(renderer.helm)
    if renderer.helm is None or (wrong is not None and wrong.severity is Severity.ERROR):
        found: Mapping[str, Rendered | NotRendered] = {
            name: NotRendered(findings=(wrong,) if wrong else ()) for name in releases
        }
    else:
        found = _render(cluster, releases, renderer, renderer.helm)
    return {name: _place(cluster, name, found[name]) for name in releases}


def _render(
    cluster: ClusterState, releases: Mapping[str, ChartRelease], renderer: Renderer, helm: Helm
) -> Mapping[str, Rendered | NotRendered]:
    plan = cluster.require_plan()
    served = served_api_versions(plan.cluster.settings.kubernetes.version, iter_custom_kinds(cluster))
    found: dict[str, Rendered | NotRendered] = {}
    requests: dict[str, RenderRequest] = {}
    for name, release in releases.items():
        try:
            requests[name] = _plan_request(plan, name, release, renderer, served)
        except ChartError as error:
            found[name] = NotRendered(findings=(_tell(error),))
    answers = render_releases(tuple(requests.values()), helm=helm, cache=renderer.cache, run=renderer.run)
    return {**found, **dict(zip(requests, answers, strict=True))}


def iter_custom_kinds(cluster: ClusterState) -> Iterator[CustomKind]:
    """Give the kinds that a cluster's charts, upstream's files and the user's definitions add to it."""
    for source in cluster.require_plan().sources.values():
        yield from source.pin.facts.custom_kinds if source.pin.facts else ()
    for each in cluster.loaded.manifests:
        yield from (kind for one in each.documents if (kind := parse_definition(one.value)))


def _plan_request(
    plan: Plan, name: str, release: ChartRelease, renderer: Renderer, served: tuple[str, ...]
) -> RenderRequest:
    """Ask for what Argo CD would do: what it is told in `helm.apiVersions` stands in the place of what is served."""
    pin = release.pin
    entry = renderer.lock.find(pin.repo_url, pin.chart, pin.version)
    key = ChartKey(repo_url=pin.repo_url, chart=pin.chart, version=pin.version)
    if entry is None:
        raise ChartError("chart-not-locked", f"{LOCK_FILE} does not name {key}, which is to be rendered", _LOCK)
    content = renderer.folders.find(renderer.lock, entry)
    if content is None:
        raise ChartError("archive-missing", f"the archive of {key} is not at hand, and it is to be rendered", _LOCK)
    asked = pin.facts.api_versions_asked if pin.facts else None
    return RenderRequest(
        chart=pin.chart,
        version=pin.version,
        digest=entry.sha256,
        read_archive=lambda: content,
        release_name=release.release_name,
        namespace=release.namespace,
        values=release.values,
        kube_version=plan.cluster.settings.kubernetes.version,
        api_versions=release.api_versions or tell_api_versions(served, asked),
        include_crds=not release.skip_crds,
        at=plan.application(name).path,
    )


def _tell(error: ChartError) -> Finding:
    severity = Severity.ERROR
    return Finding(code=error.code, severity=severity, message=error.message, help=error.help, place=error.place)


def _place(cluster: ClusterState, name: str, answer: Rendered | NotRendered) -> Rendered | NotRendered:
    """Point all findings to the component that has the chart."""
    path: Path = cluster.require_plan().application(name).path
    place = cluster.loaded.merged.key_place_of(path)
    return replace(
        answer,
        findings=tuple(
            replace(one, path=path, place=one.place or place, cluster=cluster.name) for one in answer.findings
        ),
    )
